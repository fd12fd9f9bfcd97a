package plan

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// lost says why an object is not wanted in the target any more (E-68, E-142).
func lost(s *cycle.Subject) string {
	if s.Object.Presence == directory.Deleted {
		return "deleted in the source for good"
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

// unmet words the conditions of scope that do not hold and count: an assignment does not
// where everybody is in scope, and without one there is no role either.
func unmet(s *cycle.Subject) []string {
	var why []string
	d := &s.Scope
	if !d.Active {
		why = append(why, "blocked or deleted in the source")
	}
	switch {
	case d.HasRole:
	case d.Assigned:
		why = append(why, "without a role that entitles")
	default:
		why = append(why, "not assigned to the application")
	}
	if !d.Passes {
		why = append(why, "not let through by the scoping filters (false: "+strings.Join(d.Untrue, "; ")+")")
	}
	return why
}

// skipped says why an object is passed over.
func skipped(e *cycle.Entry) string {
	if e.Skip.Reason == provlog.ReasonOutOfScope {
		return lost(&e.Subject)
	}
	return e.Skip.Because()
}

// failed is the reason of a failure without the times of retries, and with a name where
// the plan gave an id of its own.
func (w *Words) failed(l *cycle.Logged) string {
	f := l.Entry.Failure.Fault
	f.Retry = nil
	if id := f.About.TargetID; Planned(id) {
		f.About.TargetID = "an object that this plan creates"
		if o := w.object(l, "", &id); o.ID != "" {
			f.About.TargetID = o.Type + " " + o.Name
		}
	}
	return f.Sentence()
}
