package diff

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// membership is how members are added or removed by a step.
type membership struct {
	ids     []string
	largest int // members in one request
	first   recording.Operation
	keys    []string // of an element of the list
	byPath  bool     // members[value eq "…"]
}

func membershipOf(s step) membership {
	var m membership
	for i, x := range s {
		n := 0
		for j, o := range operations(x) {
			ids, keys, byPath := operated(o)
			m.ids = append(m.ids, ids...)
			n += len(ids)
			if i == 0 && j == 0 {
				m.first, m.keys, m.byPath = o, keys, byPath
			}
		}
		m.largest = max(m.largest, n)
	}
	slices.Sort(m.ids)
	return m
}

// operations are those of a PATCH with ids masked. Placeholders hold quotes, so they are
// escaped for the reading.
func operations(x *shot) []recording.Operation {
	masked := *x.Request
	masked.Body = []byte(escaped(x.body, string(x.Body)))
	return masked.Operations()
}

// escaped is the masked body as JSON that can be read; without a placeholder in it, the
// body itself.
func escaped(masked, plain string) string {
	if masked == plain {
		return plain
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(masked, "{{")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		inside, after, _ := strings.Cut(rest, ".id}}")
		quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
		// inside the quotes of a filter the outer ones are escaped already, which is the same to the reader
		b.WriteString("{{" + quote.Replace(inside) + ".id}}")
		masked = after
	}
}

// operated are the members that an operation names, and how.
func operated(o recording.Operation) (ids, keys []string, byPath bool) {
	if inside, ok := strings.CutPrefix(o.Path, "members["); ok {
		_, value, _ := strings.Cut(inside, `"`)
		if end := strings.LastIndexByte(value, '"'); end >= 0 {
			value = value[:end]
		}
		return []string{value}, nil, true
	}
	var list []map[string]any
	if json.Unmarshal(o.Value, &list) != nil {
		var one map[string]any
		if json.Unmarshal(o.Value, &one) != nil {
			return nil, nil, false
		}
		list = append(list, one)
	}
	for _, e := range list {
		id, _ := e["value"].(string)
		ids = append(ids, id)
		if keys == nil {
			for key := range e {
				keys = append(keys, key)
			}
			slices.Sort(keys)
		}
	}
	return ids, keys, false
}

// compareMembers compares how two steps change the members of a group.
func (c *comparison) compareMembers(p pair) {
	run, rec := membershipOf(p.run), membershipOf(p.rec)
	found := false
	differ := func(f finding) {
		found = true
		c.findings.add(f, p.run.where(), p.run[0].quote(), p.rec[0].quote())
	}
	same := slices.Equal(run.ids, rec.ids)
	if !same {
		found = true
		c.findings.add(finding{rule: "W-93", title: "which members change"}, p.run.where(), odd(p.run, rec.ids), odd(p.rec, run.ids))
	}
	if run.largest != rec.largest && (same || run.largest > 1 || rec.largest > 1) {
		differ(finding{rule: "W-71", title: "the number of members that one PATCH changes", option: "--set membersPerPatch=" + number(max(1, c.rec.largest()))})
	}
	c.compareOpCase(run.first.Op, rec.first.Op, differ)
	adding := p.run.kind() == recording.Add
	switch {
	case !adding && run.byPath != rec.byPath:
		rule := "W-70"
		if rec.byPath {
			rule = "W-82"
		}
		differ(finding{rule: rule, title: "how a member is removed", option: c.dialectOption()})
	case !strings.EqualFold(run.first.Op, rec.first.Op):
		f := finding{rule: "W-84", title: "the operation that adds a member", option: c.dialectOption()}
		if f.option == "" {
			f.option = "--set memberAdd=" + strings.ToLower(rec.first.Op)
		}
		differ(f)
	case !slices.Equal(run.keys, rec.keys):
		differ(finding{rule: "W-69", title: "other sub-attributes than value in an element of members", option: nullRef(p.run[0].body, p.rec[0].body)})
	}
	if !found && p.run[0].body != p.rec[0].body {
		c.addBytes(p)
	}
}

// odd is the first request of a step that names a member who is not among the others.
func odd(s step, others []string) string {
	for _, x := range s {
		for _, id := range membershipOf(step{x}).ids {
			if _, there := slices.BinarySearch(others, id); !there {
				return x.quote()
			}
		}
	}
	return ""
}

// largest is the most members that one request of the side changes.
func (s *side) largest() int {
	most := 0
	for _, x := range s.shots {
		if x.kind == recording.Add || x.kind == recording.Remove {
			most = max(most, membershipOf(step{x}).largest)
		}
	}
	return most
}

// compareOpCase compares the spelling of an operation (W-56, W-74).
func (c *comparison) compareOpCase(run, rec string, differ func(finding)) {
	if capital(run) == capital(rec) {
		return
	}
	rule := "W-56"
	if !capital(rec) {
		rule = "W-74"
	}
	differ(finding{rule: rule, title: "the spelling of operation names", option: c.dialectOption()})
}

func capital(op string) bool { return op != strings.ToLower(op) }

// addBytes adds a difference that only the bytes show.
func (c *comparison) addBytes(p pair) {
	if wildcard(p.run[0].body) || wildcard(p.rec[0].body) {
		return
	}
	c.findings.add(finding{rule: "W-28", title: "different bytes for equal values in a body"}, p.run.where(), p.run[0].quote(), p.rec[0].quote())
}

// wildcard reports whether something was redacted, which is equal to everything.
func wildcard(s string) bool { return strings.Contains(s, "REDACTED") }

// inTurn puts additions before removals where a cycle has both, and says which came first
// there; it is empty where no cycle has both.
func inTurn(steps []step) (sorted []step, first recording.Kind) {
	sorted = slices.Clone(steps)
	for from := 0; from < len(sorted); {
		to := from
		for to < len(sorted) && sorted[to][0].cycle == sorted[from][0].cycle && sorted[to].changesMembers() {
			to++
		}
		if to == from {
			from++
			continue
		}
		part := sorted[from:to]
		kind := part[0].kind()
		if first == "" && slices.ContainsFunc(part, func(s step) bool { return s.kind() != kind }) {
			first = kind
		}
		slices.SortStableFunc(part, func(a, b step) int { return count(a.kind() == recording.Remove) - count(b.kind() == recording.Remove) })
		from = to
	}
	return sorted, first
}

func (s step) changesMembers() bool { return s.kind() == recording.Add || s.kind() == recording.Remove }

// turns compares whether additions or removals of a group's members come first.
func (c *comparison) turns(name string, run, rec []step) (one, other []step) {
	one, ours := inTurn(run)
	other, theirs := inTurn(rec)
	if ours != "" && theirs != "" && ours != theirs {
		f := finding{rule: "A-23", title: "which memberships of a group are written first", option: "--set memberOrder=addsFirst"}
		if theirs == recording.Remove {
			f.option = "--set memberOrder=removalsFirst"
		}
		c.findings.add(f, name, string(ours), string(theirs))
	}
	return one, other
}
