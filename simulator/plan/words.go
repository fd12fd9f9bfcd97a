package plan

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Words turns the entries of a cycle into entries of a forecast: a cycle that a plan runs
// on a copy, or one that is compared with its plan.
type Words struct {
	// Offline means that the cycle runs without a target.
	Offline bool
	// Matching names the matching attributes of "User" and "Group".
	Matching map[string][]string
	// Resolve finds the source object of a target object; kind is "User" or
	// "Group", or "" for either.
	Resolve func(l *cycle.Logged, kind, targetID string) (Object, bool)
	// Hide redacts a reason; nil hides nothing.
	Hide func(string) string
}

// Entry converts one entry of a cycle.
func (w *Words) Entry(l *cycle.Logged) Entry {
	s, o := l.Summary, l.Entry
	e := Entry{
		Part:     l.Part,
		Object:   Object{Type: s.SourceIdentity.IdentityType, ID: s.SourceIdentity.ID, Name: s.SourceIdentity.DisplayName},
		TargetID: real(s.TargetIdentity.ID),
		Matched:  l.Part == cycle.PartObject && o.Found && !o.Linked && o.Object.Presence != directory.Deleted,
	}
	if upn := s.SourceIdentity.Details.Get("UserPrincipalName"); upn != "" && upn != e.Object.Name {
		e.Object.Name += " <" + upn + ">"
	}
	w.properties(&e, l)
	e.Action = w.action(e.Part, &o.Outcome)
	if e.Action == Create || e.Action == LookUp {
		e.TargetID = ""
	}
	w.explain(&e, l)
	return e
}

// real is an id of the target, "" for an id that a plan made up.
func real(id string) string {
	if Planned(id) {
		return ""
	}
	return id
}

// properties are the values that flow, and the references.
func (w *Words) properties(e *Entry, l *cycle.Logged) {
	for _, m := range l.Summary.ModifiedProperties {
		switch e.Part {
		case cycle.PartObject:
			e.Attributes = append(e.Attributes, Attribute{Name: m.DisplayName, Old: m.OldValue, New: m.NewValue})
		case cycle.PartManager:
			e.Manager, e.OldManager = w.object(l, "User", m.NewValue), w.object(l, "User", m.OldValue)
		case cycle.PartMembers:
			if o := w.object(l, "", m.NewValue); o != nil {
				e.Added = append(e.Added, *o)
			}
			if o := w.object(l, "", m.OldValue); o != nil {
				e.Removed = append(e.Removed, *o)
			}
		}
	}
	e.Unresolved = l.Entry.Unresolved
}

// object is the source object of a target id, or the id alone.
func (w *Words) object(l *cycle.Logged, kind string, targetID *string) *Object {
	if targetID == nil {
		return nil
	}
	if w.Resolve != nil {
		if o, ok := w.Resolve(l, kind, *targetID); ok {
			return &o
		}
	}
	return &Object{Type: kind, TargetID: real(*targetID)}
}

func (w *Words) action(part Part, o *cycle.Outcome) Action {
	switch o.Status {
	case provlog.Failure:
		return Fail
	case provlog.Skipped:
		switch {
		case o.Action == provlog.StagedDelete:
			return Hold // E-227
		case o.Skip.Reason == provlog.ReasonRedundant:
			return Unchanged
		}
		return Skip
	case provlog.Success, provlog.Warning:
	}
	switch part {
	case cycle.PartManager:
		return Manager
	case cycle.PartMembers:
		return Members
	case cycle.PartObject:
	}
	switch o.Action {
	case provlog.Create:
		if w.Offline {
			return LookUp
		}
		return Create
	case provlog.Disable:
		return Disable
	case provlog.Delete:
		return Delete
	case provlog.Update, provlog.Other, provlog.StagedDelete:
	}
	if w.Offline {
		return Compare
	}
	return Update
}

// explain sets the reason, a sentence without a full stop.
func (w *Words) explain(e *Entry, l *cycle.Logged) {
	matching := strings.Join(w.Matching[e.Object.Type], ", ")
	switch e.Action {
	case Create:
		e.Reason = "in scope, and no object in the target matches by " + matching
	case LookUp:
		e.Reason = "in scope and not linked: would be looked up by " + matching + ", and created if not found"
	case Compare:
		e.Reason = "changed or due, and linked: would be read and compared"
	case Update:
		e.Reason = "linked, and mapped attributes differ"
		if e.Matched {
			e.Reason = "found in the target by " + matching + ", and mapped attributes differ"
		}
	case Unchanged:
		e.Reason = "source and target agree"
		if e.Matched {
			e.Reason = "found in the target by " + matching + ", and nothing differs"
		}
	case Disable, Delete:
		e.Reason = w.hidden(lost(&l.Entry.Subject))
		if w.Offline {
			e.Reason += unless(e.Action)
		}
	case Manager:
		e.Reason = "the manager is in the target and not yet set"
		if w.Offline {
			e.Reason = "the manager would be compared, and set if it differs"
		}
	case Members:
		e.Reason = "the source differs from the members last written (members are never read)"
	case Skip, Hold:
		e.Code, e.Reason = l.Entry.Skip.Code(), w.hidden(skipped(l.Entry))
	case Fail:
		e.Code, e.Reason = l.Entry.Failure.Code, w.hidden(w.failed(l))
	}
}

func (w *Words) hidden(reason string) string {
	if w.Hide == nil {
		return reason
	}
	return w.Hide(reason)
}

func unless(a Action) string {
	if a == Delete {
		return "; counts as deleted if it is already gone"
	}
	return "; unless it is already disabled in the target"
}
