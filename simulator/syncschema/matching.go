package syncschema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/scimdrill/scimdrill/reports/nearest"
)

// WithMatching returns the schema with another attribute to match objects by, and the names of those
// that objects were matched by before (E-90). object is User or Group. All else stays as it was read.
func (s *Schema) WithMatching(object, attribute string) (changed *Schema, before []string, err error) {
	rule, m, err := s.mappingOf(object)
	if err != nil {
		return nil, nil, err
	}
	priorities := map[string]int{} // by place in the document
	var known []string
	found := false
	for i := range rule.ObjectMappings[m].AttributeMappings {
		a := &rule.ObjectMappings[m].AttributeMappings[i]
		known = append(known, a.TargetAttributeName)
		if a.MatchingPriority > 0 {
			before = append(before, a.TargetAttributeName)
		}
		place := fmt.Sprintf("/synchronizationRules/%d/objectMappings/%d/attributeMappings/%d", s.indexOf(rule), m, i)
		switch chosen := strings.EqualFold(a.TargetAttributeName, attribute); {
		case chosen:
			found, priorities[place] = true, 1
		case a.MatchingPriority > 0:
			priorities[place] = 0
		}
	}
	if !found {
		return nil, nil, nearest.Unknown("mapped attribute", attribute, known, "a matching attribute must be mapped")
	}
	text, err := withPriorities(s.raw, priorities)
	if err != nil {
		return nil, nil, fmt.Errorf("change the matching attribute: %w", err)
	}
	changed, err = Parse(text, s.name)
	return changed, before, err
}

// mappingOf finds the mapping of the users or groups of the rule that runs.
func (s *Schema) mappingOf(object string) (*Rule, int, error) {
	rule, _, err := s.Outbound()
	if err != nil {
		return nil, 0, err
	}
	m := slices.IndexFunc(rule.ObjectMappings, func(m ObjectMapping) bool { return m.Enabled && strings.EqualFold(m.SourceObjectName, object) })
	if m < 0 {
		return nil, 0, fmt.Errorf("the schema maps no %s", object)
	}
	return rule, m, nil
}

func (s *Schema) indexOf(rule *Rule) int {
	for i := range s.Rules {
		if &s.Rules[i] == rule {
			return i
		}
	}
	return -1
}

// withPriorities rewrites matchingPriority of the objects at some places of a document, and nothing else.
func withPriorities(raw []byte, priorities map[string]int) ([]byte, error) {
	if raw == nil {
		return nil, errors.New("the schema was built in code, so it has no document")
	}
	var out bytes.Buffer
	d := jsontext.NewDecoder(bytes.NewReader(raw))
	copied, left := int64(0), len(priorities)
	for {
		token, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		p, wanted := priorities[string(d.StackPointer())]
		if !wanted || token.Kind() != '{' {
			continue
		}
		out.Write(raw[copied:d.InputOffset()])
		body, err := withPriority(d, raw, p)
		if err != nil {
			return nil, err
		}
		out.Write(body)
		copied = d.InputOffset()
		left--
	}
	if left != 0 {
		return nil, errors.New("the document has another form than it was read with")
	}
	out.Write(raw[copied:])
	return out.Bytes(), nil
}

// withPriority reads the rest of an object, and returns it with a matchingPriority.
func withPriority(d *jsontext.Decoder, raw []byte, priority int) ([]byte, error) {
	var members [][]byte
	set := false
	for d.PeekKind() != '}' {
		from := d.InputOffset()
		name, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		mine := strings.EqualFold(name.String(), "matchingPriority")
		if err := d.SkipValue(); err != nil {
			return nil, err
		}
		member := bytes.TrimLeft(raw[from:d.InputOffset()], ", \t\r\n")
		if mine {
			set = true
			member = []byte(`"matchingPriority":` + strconv.Itoa(priority))
		}
		members = append(members, member)
	}
	if !set {
		members = append(members, []byte(`"matchingPriority":`+strconv.Itoa(priority)))
	}
	if _, err := d.ReadToken(); err != nil {
		return nil, err
	}
	return append(bytes.Join(members, []byte(",")), '}'), nil
}
