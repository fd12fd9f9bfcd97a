package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// Difference is one entry in which a run differs from its plan.
type Difference struct {
	Object Object `json:"object"`
	Part   Part   `json:"part"`
	Plan   string `json:"plan"`
	Run    string `json:"run"`
}

// String is the difference in a line.
func (d Difference) String() string {
	if d.Object.ID == "" {
		return fmt.Sprintf("planned %s; the run did %s", d.Plan, d.Run)
	}
	what := d.Object.Type + " " + d.Object.Name
	if d.Part != cycle.PartObject {
		what += " (" + string(d.Part) + ")"
	}
	return fmt.Sprintf("%s: planned: %s; done: %s", what, d.Plan, d.Run)
}

type place struct {
	kind, id string
	part     Part
}

// Differences compares the entries of a run with those of its plan, both in the order of
// their logs. Reasons are not compared, and the ids that a target gives to new objects
// cannot be compared.
func Differences(plan, run []Entry) []Difference {
	rest := map[place][]Entry{}
	for _, e := range run {
		p := at(&e)
		rest[p] = append(rest[p], e)
	}
	var out []Difference
	for _, planned := range plan {
		p := at(&planned)
		done := rest[p]
		if len(done) == 0 {
			out = append(out, Difference{Object: planned.Object, Part: p.part, Plan: planned.text(nil), Run: "nothing"})
			continue
		}
		rest[p] = done[1:]
		if !planned.same(&done[0]) {
			out = append(out, Difference{Object: planned.Object, Part: p.part, Plan: planned.text(&done[0]), Run: done[0].text(&planned)})
		}
	}
	for _, e := range run {
		p := at(&e)
		if len(rest[p]) > 0 {
			out = append(out, Difference{Object: e.Object, Part: p.part, Plan: "nothing", Run: rest[p][0].text(nil)})
			rest[p] = rest[p][1:]
		}
	}
	return out
}

func at(e *Entry) place { return place{e.Object.Type, e.Object.ID, e.Part} }

func (e *Entry) same(run *Entry) bool {
	return e.Action == run.Action && e.Matched == run.Matched && e.Code == run.Code &&
		(e.TargetID == "" || e.TargetID == run.TargetID) &&
		slices.EqualFunc(e.Attributes, run.Attributes, Attribute.equal) &&
		sameObject(e.Manager, run.Manager) && sameObject(e.OldManager, run.OldManager) &&
		slices.EqualFunc(e.Added, run.Added, Object.same) && slices.EqualFunc(e.Removed, run.Removed, Object.same) &&
		slices.Equal(e.Unresolved, run.Unresolved)
}

func (a Attribute) equal(b Attribute) bool {
	text := func(s *string) string {
		if s == nil {
			return "null"
		}
		return "=" + *s
	}
	return a.Name == b.Name && text(a.Old) == text(b.Old) && text(a.New) == text(b.New)
}

func sameObject(a, b *Object) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.same(*b)
}

// same ignores names, which may change while the object stays the same.
func (o Object) same(other Object) bool {
	return o.Type == other.Type && o.ID == other.ID && o.TargetID == other.TargetID
}

// text is an entry in one line. Next to an entry of the same action it names the differences
// from it; values of different actions cannot be compared.
func (e *Entry) text(other *Entry) string {
	parts := []string{string(e.Action)}
	if e.Matched {
		parts = append(parts, "matched")
	}
	if e.Code != "" {
		parts = append(parts, e.Code)
	}
	if e.Action == Fail && e.Reason != "" {
		parts = append(parts, strings.Join(strings.Fields(e.Reason), " "))
	}
	if other != nil && other.Action == e.Action {
		parts = append(parts, e.values(other)...)
	}
	return strings.Join(parts, ", ")
}

func (e *Entry) values(other *Entry) []string {
	var parts []string
	for _, a := range e.Attributes {
		if !slices.ContainsFunc(other.Attributes, a.equal) {
			parts = append(parts, a.String())
		}
	}
	for _, list := range []struct {
		sign        string
		mine, other []Object
	}{{"+", e.Added, other.Added}, {"-", e.Removed, other.Removed}} {
		for _, o := range list.mine {
			if !slices.ContainsFunc(list.other, o.same) {
				parts = append(parts, list.sign+o.label())
			}
		}
	}
	if e.Manager != nil && !sameObject(e.Manager, other.Manager) {
		parts = append(parts, "manager "+e.Manager.label())
	}
	if e.OldManager != nil && !sameObject(e.OldManager, other.OldManager) {
		parts = append(parts, "instead of "+e.OldManager.label())
	}
	if e.TargetID != other.TargetID {
		parts = append(parts, "target id "+e.TargetID)
	}
	for _, id := range e.Unresolved {
		if !slices.Contains(other.Unresolved, id) {
			parts = append(parts, "unresolved "+id)
		}
	}
	return parts
}

func (o Object) label() string {
	switch {
	case o.Name != "":
		return o.Name
	case o.ID != "":
		return o.ID
	}
	return o.TargetID
}

// String is the attribute for people: name, old value, new value.
func (a Attribute) String() string {
	if a.Old == nil {
		return fmt.Sprintf("%s: %s", a.Name, quoted(a.New))
	}
	return fmt.Sprintf("%s: %s → %s", a.Name, quoted(a.Old), quoted(a.New))
}

func quoted(s *string) string {
	if s == nil {
		return "(none)"
	}
	return fmt.Sprintf("%q", *s)
}
