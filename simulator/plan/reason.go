package plan

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// lost is the reason why an object no longer belongs in the target (E-68, E-142).
func lost(s *cycle.Subject) string {
	if s.Object.Presence == directory.Deleted {
		return "permanently deleted in the source"
	}
	var why []string
	if s.Scoped {
		why = unmet(s)
	}
	if len(why) == 0 {
		return "not in scope"
	}
	return strings.Join(why, ", ")
}

// unmet lists the conditions of scope that count and do not hold. An assignment does not count
// if everybody is in scope; without an assignment there is no role either.
func unmet(s *cycle.Subject) []string {
	var why []string
	d := &s.Scope
	if !d.Active {
		why = append(why, "blocked or deleted in the source")
	}
	switch {
	case d.HasRole:
	case d.Assigned:
		why = append(why, "assigned, but without an entitling role")
	default:
		why = append(why, "not assigned to the application")
	}
	if !d.Passes {
		why = append(why, "excluded by the scoping filters (false: "+strings.Join(d.Untrue, "; ")+")")
	}
	return why
}

// skipped is the reason why an object is skipped.
func skipped(e *cycle.Entry) string {
	if e.Skip.Reason == provlog.ReasonOutOfScope {
		return lost(&e.Subject)
	}
	return e.Skip.Because()
}

// failed is the reason of a failure, without retry times, and with a name instead of
// an id that the plan made up.
func (w *Words) failed(l *cycle.Logged) string {
	f := l.Entry.Failure.Fault
	if id := f.About.TargetID; Planned(id) {
		f.About.TargetID = "an object that this plan creates"
		if o := w.object(l, "", &id); o.ID != "" {
			f.About.TargetID = o.Type + " " + o.Name
		}
	}
	return f.Line()
}
