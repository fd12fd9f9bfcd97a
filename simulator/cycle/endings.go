package cycle

import (
	"errors"

	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// All the ways in which an entry can end: it is skipped, it fails, it is held back, or
// its write was sent. Each returns the step that says so; a failure of a request has none of
// its own. An entry without an ending (DecideNothing) is not logged.

// fail ends an entry at a failure.
func (e *Entry) fail(f *scimclient.Failure) { e.Failure, e.Status = f, provlog.Failure }

// unfail takes a failure back, for another way is tried.
func (e *Entry) unfail() { e.Failure, e.Status = nil, "" }

// skip ends an entry that is skipped.
func (e *Entry) skip(s provlog.Skip) provlog.Step {
	s.Subject = e.Named
	e.Skip, e.Status, e.Action = s, provlog.Skipped, provlog.Other
	return e.Skip.Step()
}

// skipAction ends an entry that the configuration keeps from acting.
func (e *Entry) skipAction(why provlog.Reason) provlog.Step {
	e.Decision = DecideSkip
	return e.skip(provlog.Skip{Reason: why})
}

// switchedOff ends an entry whose action is switched off (E-115). The log calls it Other, or by
// option what it would have been.
func (e *Entry) switchedOff(o *Options, action provlog.Action, why provlog.Reason) provlog.Step {
	step := e.skipAction(why)
	if o.NameSkipped {
		e.Action = action
	}
	return step
}

// skipUnmatchable ends an entry that has no matching value; scope is then not looked at (E-94).
func (e *Entry) skipUnmatchable() provlog.Step {
	e.Decision = DecideSkip
	var names []string
	for _, a := range e.Mapping.Matching() {
		names = append(names, a.Name)
	}
	return e.skip(provlog.Skip{Reason: provlog.ReasonNoMatchingValue, Matching: names})
}

// skipOutOfScope ends an entry that is not linked and not wanted: no request is sent (A-22,
// E-69). The log calls it a create that was skipped, or by option another action.
func (e *Entry) skipOutOfScope(o *Options) provlog.Step {
	e.Decision = DecideSkip
	skip := provlog.Skip{Reason: provlog.ReasonOutOfScope, Causes: e.Scope.Causes, Facts: e.Scope.Facts}
	if o.SkippedOther {
		skip.Facts = e.Scope.OldFacts
		return e.skip(skip)
	}
	step := e.skip(skip)
	e.Action = provlog.Create
	return step
}

// skipIncomplete ends an entry that cannot be created, for a required attribute has no value.
// Nothing is kept for a retry: the next change of the object brings it back (E-126, A-46).
func (e *Entry) skipIncomplete(required string) provlog.Step {
	step := e.skip(provlog.Skip{Reason: provlog.ReasonNoRequiredValue, Required: required})
	e.Action = provlog.Create
	return step
}

// skipExisting ends an entry whose object was in the target before this run and is not adopted.
func (e *Entry) skipExisting() provlog.Step {
	e.NewLink = false
	return e.skip(provlog.Skip{Reason: provlog.ReasonNotAdopted, Other: e.Target.ID})
}

// skipRedundant ends an entry whose two sides agree (E-317).
func (e *Entry) skipRedundant() provlog.Step {
	return e.skip(provlog.Skip{Reason: provlog.ReasonRedundant, Warnings: e.warned()})
}

// skipManager ends an entry whose manager is not provisioned (E-44).
func (e *Entry) skipManager() provlog.Step {
	e.Unresolved = []string{e.Object.ID}
	return e.skip(provlog.Skip{Reason: provlog.ReasonNoManager, Other: e.Object.ManagerID})
}

// lacks notes a member that is not provisioned (E-45); the entry goes on.
func (e *Entry) lacks(memberID string) provlog.Step {
	e.Skip = provlog.Skip{Reason: provlog.ReasonNoMember, Subject: e.Named, Other: memberID}
	e.Unresolved = append(e.Unresolved, memberID)
	return e.Skip.Step()
}

// filterFailed ends an entry whose filter could not be evaluated.
func (e *Entry) filterFailed(err error) provlog.Step {
	e.Decision = DecideFail
	f := provlog.Fault{Code: provlog.CodeScopingFilterError, Why: provlog.WhyFilter, About: provlog.About{Detail: err.Error()}}
	e.fail(scimclient.Failed(f))
	return e.Named.Unfiltered(&f)
}

// evaluationFailed ends an entry whose mapping could not be evaluated.
func (e *Entry) evaluationFailed(err error) provlog.Step {
	e.Decision = DecideFail
	f := provlog.Fault{Code: provlog.CodeMappingError, Why: provlog.WhyExpression, About: provlog.About{Detail: err.Error()}}
	if errors.Is(err, mapping.ErrSeveralValues) {
		f.Code, f.Why = provlog.CodeSeveralValues, provlog.WhySeveralValues
	}
	e.fail(scimclient.Failed(f))
	return e.Named.Unevaluated(&f)
}

// exported ends an entry whose write was sent; name is that of the step.
func (e *Entry) exported(name string, failure *scimclient.Failure) provlog.Step {
	e.Status = provlog.Success
	if failure != nil {
		e.fail(failure)
	}
	return e.exportStep(name, failure != nil)
}

// exportStep is the step of a write.
func (e *Entry) exportStep(name string, failed bool) provlog.Step {
	if e.plain || name == provlog.EntryExportDelete {
		return e.Named.Exported(name, nil, failed)
	}
	return e.Named.Exported(name, exportedValues(e.Modified), failed)
}

// membersExported ends an entry about the members of a group, of which so many were to be
// written. One with nothing but members that are not provisioned has said so already.
func (e *Entry) membersExported(written, all int) []provlog.Step {
	if all == 0 {
		e.Action, e.Status = provlog.Other, provlog.Skipped
		return nil
	}
	return []provlog.Step{e.Named.MembersExported(written, all, e.Failure != nil)}
}

// holdBack keeps the writes of an entry back until the end of the cycle; its reads are done.
func (e *Entry) holdBack(changes []mapping.Change) { e.gate = gate{held: true, changes: changes} }

// heldBack ends an entry whose write the prevention of accidental deletions keeps back (E-227).
func (e *Entry) heldBack(count, threshold int64) provlog.Step {
	why := provlog.ReasonHeldDelete
	if e.Decision == DecideDisable {
		why = provlog.ReasonHeldDisable
	}
	e.Modified = modified(e.gate.changes)
	step := e.skip(provlog.Skip{Reason: why, Count: count, Threshold: threshold})
	e.Action = provlog.StagedDelete
	return step
}
