package cycle

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// plan takes an object through import and scoping and decides what is to be done.
// It reads directory and state and sends nothing.
func (r *run) plan(ctx context.Context, o *directory.Object, m *mapping.Object) (*Entry, error) {
	r.result.Counts.Imported++
	e, err := r.importObject(ctx, o, m)
	if err != nil {
		return nil, err
	}
	if o.Presence == directory.Deleted {
		r.planDeleted(e)
		return e, nil
	}
	if err := r.scopeObject(ctx, e); err != nil {
		return nil, err
	}
	if err := r.evaluate(e, e.Scope.IsSoftDeleted); err != nil {
		e.evaluationFailed(err)
		return e, nil
	}
	if !e.hasMatchingValue() {
		e.importSkipped()
		return e, nil
	}
	e.scopingStep()
	r.decide(e)
	return e, nil
}

// planDeleted decides about an object that is gone from the directory for good (E-40 step 9, E-220).
func (r *run) planDeleted(e *Entry) {
	switch {
	case !e.Linked:
		e.Decision = DecideNothing
	case !e.Link.Managed:
		e.skipAction("the object had left scope before it was deleted, so the deletion is not passed on")
	case !e.Mapping.Flow.Delete:
		e.skipAction("the action Delete is switched off for this mapping")
	default:
		e.Decision, e.Action = DecideDelete, provlog.Delete
	}
}

// decide reads the table of actions (engine rules section 24, step 7).
func (r *run) decide(e *Entry) {
	wanted := e.Scope.InScope && !e.Scope.IsSoftDeleted
	group := e.Object.Kind == directory.Group
	switch {
	case !e.Linked && !wanted:
		e.skipOutOfScope()
	case !e.Linked:
		e.Decision, e.Action = DecideMatch, provlog.Create
	case wanted && !e.Mapping.Flow.Update:
		e.skipAction("the action Update is switched off for this mapping")
	case wanted:
		e.Decision, e.Action = DecideUpdate, provlog.Update
	case group && !r.Options.DeleteGroups, group && !e.Mapping.Flow.Delete:
		e.skipAction("groups are not deleted by this configuration")
	case group:
		e.Decision, e.Action = DecideDelete, provlog.Delete
	case r.Options.SkipOutOfScope && e.Scope.OutOfScope():
		e.skipAction("SkipOutOfScopeDeletions keeps accounts that leave scope as they are") // E-219
	case !r.Options.SoftDelete:
		e.Decision, e.Action = DecideDelete, provlog.Delete // E-218
	case e.Mapping.Soft() == nil:
		e.skipAction("no attribute is mapped from IsSoftDeleted, so leaving scope changes nothing") // E-217
	case !e.Mapping.Flow.Update:
		e.skipAction("the action Update is switched off for this mapping")
	default:
		e.Decision, e.Action = DecideDisable, provlog.Disable
	}
}

// skipAction ends an entry that the configuration keeps from acting.
func (e *Entry) skipAction(why string) {
	e.Decision = DecideSkip
	e.skip("EntrySynchronizationSkipped")
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Export, Status: provlog.Skipped,
		Description: fmt.Sprintf("The %s '%s' will be skipped: %s", e.kind(), e.Object.ID, why),
		Details: provlog.Details{
			{Key: "SkipReason", Value: "EntrySynchronizationSkipped"},
			{Key: "ReportableIdentifier", Value: e.Object.ID},
		},
	})
}

// evaluationFailed ends an entry whose mapping could not be evaluated.
func (e *Entry) evaluationFailed(err error) {
	e.Decision = DecideFail
	e.fail(&scimclient.Failure{Code: provlog.CodeMappingError, Reason: err.Error() + " (a code of this simulator, not of Microsoft)"})
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Processing, Status: provlog.Failure,
		Description: err.Error(),
		Details:     provlog.Details{{Key: "ReportableIdentifier", Value: e.Object.ID}},
	})
}
