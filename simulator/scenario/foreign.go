package scenario

import (
	"fmt"
	"slices"
	"strings"
)

// Foreign is the scenario for a target that is not embedded: what happens in the source and to the
// job stays, and what happens to the target is left out. It lists what was left out. Where that
// is anything, no expectation of the scenario holds any more; then the end state judges alone.
func (s *Scenario) Foreign() (*Scenario, []string) {
	f := *s
	var left []string
	leave := func(path, format string, args ...any) {
		left = append(left, s.place(path)+": "+fmt.Sprintf(format, args...))
	}
	f.Timeline = slices.Clone(s.Timeline)
	for i := range f.Timeline {
		e := &f.Timeline[i]
		at := fmt.Sprintf("$.timeline[%d]", i)
		for _, event := range e.Target {
			leave(at+".target", "the target event %s", event)
		}
		for _, fault := range e.Faults {
			leave(at+".faults", "the fault %s", fault)
		}
		if len(e.ByHand) > 0 {
			leave(at+".byHand", "a manual change in the target")
		}
		e.Target, e.Faults, e.ByHand = nil, nil, nil
		renews := func(what string) bool { return what == "credentials renewed" }
		if slices.ContainsFunc(e.Job, renews) {
			leave(at+".job", "renewed credentials")
			e.Job = slices.DeleteFunc(slices.Clone(e.Job), renews)
		}
		e.Second = nil
	}
	if s.Second != nil {
		leave("$.second", "the second job")
		f.Second = nil
	}
	if len(s.Target.Users)+len(s.Target.Groups) > 0 {
		leave("$.target", "the initial resources of the target")
	}
	if s.Target.Persona != "" {
		leave("$.target.persona", "the persona %s", s.Target.Persona)
	}
	for _, defect := range s.Target.Defects {
		leave("$.target.defects", "the defect %s", defect)
	}
	f.Target = Content{}
	if len(left) > 0 {
		f.Expect, f.Ends = nil, nil
		for i := range f.Timeline { // a restart repairs what the target did wrong, so that the end would hide it
			e := &f.Timeline[i]
			restarts := func(what string) bool { return strings.HasPrefix(what, "restart") }
			if slices.ContainsFunc(e.Job, restarts) {
				leave(fmt.Sprintf("$.timeline[%d].job", i), "the restart, which repairs the target")
				e.Job = slices.DeleteFunc(slices.Clone(e.Job), restarts)
			}
		}
		return &f, left
	}
	clauses := 0
	f.Expect = slices.Clone(s.Expect)
	for i := range f.Expect {
		e := &f.Expect[i]
		e.clauses = slices.DeleteFunc(slices.Clone(e.clauses), func(c clause) bool {
			looks := c.subject[0].name == "faults" || c.subject[0].name == "target"
			if looks {
				clauses++
			}
			return looks
		})
	}
	if clauses > 0 {
		leave("$.expect", "clauses about the target or its faults (%d)", clauses)
	}
	return &f, left
}
