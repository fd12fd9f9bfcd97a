package diff

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// shot is a request with everything that differs from run to run masked.
type shot struct {
	*recording.Request

	kind   recording.Kind
	object string // "Users ada@contoso.test"
	cycle  int    // from 1; 0 before the first probe
	path   string
	query  string
	body   string
	unread bool // an update of a user that was not read before in its cycle
}

// line is the request line as it is quoted.
func (s *shot) line() string {
	text := s.Method + " " + s.path
	if s.query != "" {
		text += "?" + s.query
	}
	return text
}

// quote is the request as it is quoted.
func (s *shot) quote() string {
	if s.body == "" {
		return s.line()
	}
	return s.line() + "\n" + s.body
}

// side is one of the two recordings.
type side struct {
	shots   []*shot
	cycles  int
	idle    int // cycles with nothing but probes
	dialect string
	signs   []recording.Sign
	ignored int // requests that are not about users or groups
}

// base is where a target is reached, in the URL of a reference.
var base = regexp.MustCompile(`"https?://[^"\s]*?(/(?:Users|Groups)/)\{\{`)

const probeMask = "{{random GUID}}"

func newSide(requests []*recording.Request, byExternalID bool) *side {
	s := &side{}
	names := recording.NewNames()
	names.ByExternalID = byExternalID
	guids := map[string]bool{}
	found := map[string]string{}
	signs := recording.NewSigns()
	for _, r := range requests {
		names.Learn(r)
		signs.See(r)
		noteCreated(r, names, guids, found)
	}
	s.dialect, s.signs = signs.Dialect()
	known := func(guid string) bool { return guids[guid] }
	unnamed := map[string]string{}
	begins, busy := recording.Beginning{}, true
	for i, r := range requests {
		if !r.SCIM() {
			s.ignored++
			continue
		}
		x := &shot{Request: r, kind: r.Kind(known), path: names.Path(r), query: names.Query(r), body: base.ReplaceAllString(names.Body(r), `"{{base}}$1{{`)}
		switch {
		case x.kind == recording.Set: // one side may add where the other replaces (W-84)
			x.kind = recording.Add
		case x.Method == http.MethodPut: // no engine writes so
			x.kind = recording.Other
		}
		x.object = r.Collection + " " + who(x, names, found, unnamed)
		if x.ID == "" && recording.Redacted(r) {
			x.object = r.Collection + " " + next(requests[i:], r.Collection, names)
		}
		if x.kind == recording.Probe {
			_, value, _ := r.Filtered()
			x.query = strings.Replace(x.query, value, probeMask, 1)
			if begins.Probe(r.Collection) {
				s.idle += count(!busy)
				s.cycles++
				busy = false
			}
		} else {
			busy, begins = true, recording.Beginning{}
		}
		x.cycle = s.cycles
		s.shots = append(s.shots, x)
	}
	s.idle += count(!busy)
	return s
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// noteCreated notes the values of a new object: what was asked for before is about it.
func noteCreated(r *recording.Request, names *recording.Names, guids map[string]bool, found map[string]string) {
	if r.Method != http.MethodPost || !r.SCIM() {
		return
	}
	var body map[string]any
	if json.Unmarshal(r.Body, &body) != nil {
		return
	}
	name := names.Sent(r)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			guids[v] = true
			key := r.Collection + " " + strings.ToLower(v)
			if _, taken := found[key]; !taken && name != "" {
				found[key] = name
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for key, e := range v {
				if key != "schemas" && key != "meta" {
					walk(e)
				}
			}
		}
	}
	walk(body)
	if name != "" { // nobody else's value may take it
		found[r.Collection+" "+strings.ToLower(name)] = name
	}
}

// who is the name of the object that a request is about.
func who(x *shot, names *recording.Names, found, unnamed map[string]string) string {
	if x.ID != "" {
		if name := names.Name(x.Request); name != "" {
			return name
		}
		key := x.Collection + "/" + x.ID
		if unnamed[key] == "" {
			unnamed[key] = fmt.Sprintf("#%d", len(unnamed)+1) // the order in which ids came is the best that can be known
		}
		x.path = strings.Replace(x.path, "/"+strings.Split(x.Path, "/")[2], "/"+recording.Placeholder(x.Collection, unnamed[key]), 1)
		return unnamed[key]
	}
	if name := names.Only(x.Request); name != "" {
		return name
	}
	_, value, ok := x.Filtered()
	if !ok {
		value = names.Sent(x.Request)
	}
	if name, ok := found[x.Collection+" "+strings.ToLower(value)]; ok {
		return name
	}
	return value
}

// next is the name of the object that is created next: what a redacted query asked for.
func next(requests []*recording.Request, collection string, names *recording.Names) string {
	for _, r := range requests {
		if name := names.Sent(r); r.Collection == collection && name != "" {
			return name
		}
		if name := names.Only(r); r.Collection == collection && name != "" {
			return name
		}
	}
	return exchange.Redacted
}

func (s *side) facts() Facts {
	f := Facts{Requests: len(s.shots), Cycles: s.cycles, Idle: s.idle, Dialect: s.dialect}
	for _, sign := range s.signs {
		f.Evidence = append(f.Evidence, sign.Dialect+": "+sign.String())
	}
	return f
}
