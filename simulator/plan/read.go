package plan

import (
	"strings"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Log reads entries of a provisioning log as a plan words them: that of a plan, or that
// of a run which is to be held against one.
type Log struct {
	// Offline says that the log was made without a target.
	Offline bool
	// Matching names the matching attributes of "User" and "Group".
	Matching map[string][]string
	// Resolve finds the source object that a target object belongs to; kind is "User" or
	// "Group", or "" for either.
	Resolve func(kind, targetID string) (Object, bool)
}

// Entry words one entry of the log.
func (l *Log) Entry(s *provlog.Summary) Entry {
	e := Entry{
		Part:     part(s),
		Object:   Object{Type: s.SourceIdentity.IdentityType, ID: s.SourceIdentity.ID, Name: s.SourceIdentity.DisplayName},
		TargetID: real(s.TargetIdentity.ID),
		Matched:  has(s, provlog.EntryImportAdd) && has(s, provlog.EntryImport),
	}
	if upn := s.SourceIdentity.Details.Get("UserPrincipalName"); upn != "" && upn != e.Object.Name {
		e.Object.Name += " <" + upn + ">"
	}
	l.properties(&e, s)
	e.Action = l.action(&e, s)
	if e.Part != PartObject {
		e.Matched = false
	}
	if e.Action == Create || e.Action == LookUp {
		e.TargetID = ""
	}
	l.explain(&e, s)
	return e
}

// real is an id of the target, "" for one that a plan gave.
func real(id string) string {
	if Planned(id) {
		return ""
	}
	return id
}

// part tells the entries of one object apart: only references have steps of that stage,
// and only memberships change the attribute members.
func part(s *provlog.Summary) Part {
	for _, m := range s.ModifiedProperties {
		if m.DisplayName == "members" {
			return PartMembers
		}
	}
	for _, step := range s.ProvisioningSteps {
		if step.Type != provlog.ReferenceResolution {
			continue
		}
		if s.SourceIdentity.IdentityType == "Group" {
			return PartMembers
		}
		return PartManager
	}
	return PartObject
}

func has(s *provlog.Summary, name string) bool {
	for _, step := range s.ProvisioningSteps {
		if step.Name == name {
			return true
		}
	}
	return false
}

func (l *Log) properties(e *Entry, s *provlog.Summary) {
	for _, m := range s.ModifiedProperties {
		switch e.Part {
		case PartObject:
			e.Attributes = append(e.Attributes, Attribute{Name: m.DisplayName, Old: m.OldValue, New: m.NewValue})
		case PartManager:
			e.Manager, e.OldManager = l.object("User", m.NewValue), l.object("User", m.OldValue)
		case PartMembers:
			if o := l.object("", m.NewValue); o != nil {
				e.Added = append(e.Added, *o)
			}
			if o := l.object("", m.OldValue); o != nil {
				e.Removed = append(e.Removed, *o)
			}
		}
	}
	for _, step := range s.ProvisioningSteps {
		if step.Type == provlog.ReferenceResolution && step.Status == provlog.Warning {
			e.Unresolved = append(e.Unresolved, step.Details.Get("ReportableIdentifier"))
		}
	}
}

// object is the source object of a target id, or what is known of it.
func (l *Log) object(kind string, targetID *string) *Object {
	if targetID == nil {
		return nil
	}
	if l.Resolve != nil {
		if o, ok := l.Resolve(kind, *targetID); ok {
			return &o
		}
	}
	return &Object{Type: kind, TargetID: real(*targetID)}
}

func (l *Log) action(e *Entry, s *provlog.Summary) Action {
	switch s.ProvisioningStatusInfo.Status {
	case provlog.Failure:
		return Fail
	case provlog.Skipped:
		if s.ProvisioningAction == provlog.StagedDelete {
			return Hold // E-227
		}
		if e.Part == PartObject && skipReason(s) == provlog.SkipRedundantExport {
			return Unchanged
		}
		return Skip
	case provlog.Success, provlog.Warning:
	}
	switch e.Part {
	case PartManager:
		return Manager
	case PartMembers:
		return Members
	case PartObject:
	}
	switch s.ProvisioningAction {
	case provlog.Create:
		if l.Offline {
			return LookUp
		}
		return Create
	case provlog.Disable:
		return Disable
	case provlog.Delete:
		return Delete
	case provlog.Update, provlog.Other, provlog.StagedDelete:
	}
	if l.Offline {
		return Compare
	}
	return Update
}

// skipReason is the last reason that a step gives.
func skipReason(s *provlog.Summary) string {
	reason := ""
	for _, step := range s.ProvisioningSteps {
		if text := step.Details.Get("SkipReason"); text != "" {
			reason = text
		}
	}
	return reason
}

// explain says why, in a sentence without a full stop.
func (l *Log) explain(e *Entry, s *provlog.Summary) {
	matching := strings.Join(l.Matching[e.Object.Type], ", ")
	switch e.Action {
	case Create:
		e.Reason = "in scope, and nothing in the target matches by " + matching
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
		e.Reason = lost(s)
		if l.Offline {
			e.Reason += unless(e.Action)
		}
	case Manager:
		e.Reason = "the manager is in the target and not yet set"
		if l.Offline {
			e.Reason = "the manager would be compared, and set if it differs"
		}
	case Members:
		e.Reason = "the source and what was last written differ (members are never read)"
	case Skip, Hold:
		e.Code, e.Reason = skipReason(s), skipText(s)
	case Fail:
		if info := s.ProvisioningStatusInfo.ErrorInformation; info != nil {
			e.Code, e.Reason = info.ErrorCode, l.named(info.Reason)
		}
	}
}

func unless(a Action) string {
	if a == Delete {
		return "; counts as deleted if it is gone already"
	}
	return "; unless the target has it disabled already"
}
