package recording

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// Rule says where a response tells an id that is not "id": in a header, or in a member of a resource. What it
// tells is called users["ada"].NAME.
type Rule struct {
	Name   string
	Header string   // or
	Path   []string // the members from the resource in; a number is an element of a list

	text string
}

var ruleName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// ParseRule reads licenseId=$.urn:acme.license.id, accountId=header:X-Account-Id or a rule without a name, which
// is called by the last part.
func ParseRule(text string) (Rule, error) {
	const hint = "hint: for example accountId=$.account.id, or accountId=header:X-Account-Id"
	name, where, named := strings.Cut(text, "=")
	if !named {
		name, where = "", text
	}
	r := Rule{Name: name, text: where}
	if header, ok := cutPrefixFold(where, "header:"); ok {
		r.Header = http.CanonicalHeaderKey(strings.TrimSpace(header))
	} else {
		var err error
		if r.Path, err = parsePath(where); err != nil {
			return r, fmt.Errorf("the rule %q: %w; %s", text, err, hint)
		}
	}
	if !named {
		r.Name = regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(where[strings.LastIndexAny(where, ":.")+1:], "")
	}
	if !ruleName.MatchString(r.Name) || r.Name == "id" || r.Header == "" && len(r.Path) == 0 {
		return r, fmt.Errorf("the rule %q has no name or no place; %s", text, hint)
	}
	return r, nil
}

func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

var step = regexp.MustCompile(`^(?:\.([^.\[\]'"]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\])`)

// parsePath reads the part of JSONPath that leads to one value: $.a.b, $.list[0].c, $['urn:x'].d.
func parsePath(text string) ([]string, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(text), "$")
	if !ok {
		return nil, fmt.Errorf("%q is neither a path that begins with $ nor a header", text)
	}
	var path []string
	for rest != "" {
		m := step.FindStringSubmatch(rest)
		if m == nil {
			return nil, fmt.Errorf("%q leads to no single value", rest)
		}
		path = append(path, m[1]+m[2]+m[3]+m[4])
		rest = rest[len(m[0]):]
	}
	return path, nil
}

// String is the place, as a stream keeps it.
func (r Rule) String() string { return r.text }

// Find is the value that a response tells of the resource of a name; "" where there is none. A response with one
// resource needs no name.
func (r Rule) Find(header http.Header, body []byte, name string) string {
	if r.Header != "" {
		return r.find(header, nil)
	}
	var one resource
	if json.Unmarshal(body, &one) != nil {
		return ""
	}
	var list struct{ Resources []resource }
	if json.Unmarshal(body, &list) != nil || list.Resources == nil {
		return r.find(header, one)
	}
	for _, o := range list.Resources {
		for _, attribute := range []string{"userName", "externalId", "displayName"} {
			if strings.EqualFold(o.text(attribute), name) {
				return r.find(header, o)
			}
		}
	}
	if len(list.Resources) == 1 {
		return r.find(header, list.Resources[0])
	}
	return ""
}

// find is the value that a response tells of one of its resources; "" where there is none.
func (r Rule) find(header http.Header, o resource) string {
	if r.Header != "" {
		return header.Get(r.Header)
	}
	raw := o[r.Path[0]]
	for _, name := range r.Path[1:] {
		raw = within(raw, name)
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	if number := strings.TrimSpace(string(raw)); number != "" && strings.Trim(number, "0123456789") == "" {
		return number
	}
	return ""
}

func within(raw json.RawMessage, name string) json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(raw, &object) == nil {
		return object[name]
	}
	var list []json.RawMessage
	if i, err := strconv.Atoi(name); err == nil && json.Unmarshal(raw, &list) == nil && i < len(list) {
		return list[i]
	}
	return nil
}
