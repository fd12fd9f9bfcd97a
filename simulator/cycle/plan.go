package cycle

import (
	"context"
	"errors"
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
	if o.Presence == directory.Deleted && !e.Linked {
		return e, nil // DecideNothing
	}
	switch goes, err := r.filtered(e); {
	case err != nil:
		e.filterFailed(err)
		return e, nil
	case !goes:
		return e, nil
	}
	if o.Presence == directory.Deleted {
		r.planDeleted(e)
		return e, nil
	}
	if err := r.scopeObject(ctx, e); err != nil || e.Decision == DecideFail {
		return e, err
	}
	return e, r.planScoped(ctx, e)
}

// planScoped evaluates the mapping and decides. An object without a matching value is
// skipped whatever its scope (E-94); one that is not wanted and not linked is skipped also
// when its mapping cannot be evaluated, for nothing of it would flow.
func (r *run) planScoped(ctx context.Context, e *Entry) error {
	env, err := r.environment(ctx, e)
	if err != nil {
		return err
	}
	e.Values, err = e.Mapping.Evaluate(env)
	switch {
	case err != nil && (e.Linked || !e.Scope.IsSoftDeleted):
		e.evaluationFailed(err)
		return nil
	case err == nil && !e.hasMatchingValue():
		e.importSkipped()
		return nil
	}
	e.scopingStep()
	r.decide(e)
	return r.planUnread(ctx, e)
}

// planDeleted decides about a linked object that is gone from the directory for good (E-40 step 9, E-220).
func (r *run) planDeleted(e *Entry) {
	switch {
	case !e.Link.Managed:
		e.skipAction("the object had left scope before it was deleted, so the deletion is not passed on")
	case e.Object.Kind == directory.Group && !r.Options.DeleteGroups:
		e.skipAction("groups are not deleted by this configuration")
	default:
		r.decideDelete(e)
	}
}

// decide reads the table of actions (engine rules section 24, step 7).
func (r *run) decide(e *Entry) {
	e.decided = true
	wanted := e.Scope.InScope && !e.Scope.IsSoftDeleted
	switch {
	case !e.Linked && !wanted && r.Options.MatchFirst:
		e.Decision = DecideLook
	case !e.Linked && !wanted:
		e.skipOutOfScope()
	case !e.Linked, wanted && !e.Link.Managed && r.Options.MatchReturning:
		e.Decision, e.Action = DecideMatch, provlog.Create
	case wanted && !e.Mapping.Flow.Update:
		r.switchedOff(e, provlog.Update, "the action Update is switched off for this mapping")
	case wanted:
		e.Decision, e.Action = DecideUpdate, provlog.Update
	case e.Object.Kind == directory.Group && !r.Options.DeleteGroups:
		e.skipAction("groups are not deleted by this configuration")
	case e.Object.Kind == directory.Group:
		r.decideDelete(e)
	case r.Options.SkipOutOfScope && (e.Scope.OutOfScope() || r.Options.SkipOutOfScopeAll):
		e.skipAction("SkipOutOfScopeDeletions keeps accounts that leave scope as they are") // E-219, A-13
	case !r.Options.SoftDelete:
		r.decideDelete(e) // E-218
	case e.Mapping.Soft() == nil:
		e.skipAction("no attribute is mapped from IsSoftDeleted, so leaving scope changes nothing") // E-217
	case !e.Mapping.Flow.Update:
		r.switchedOff(e, provlog.Disable, "the action Update is switched off for this mapping")
	default:
		e.Decision, e.Action = DecideDisable, provlog.Disable
	}
}

// decideDelete sends DELETE, unless the action is switched off (E-115, E-216).
func (r *run) decideDelete(e *Entry) {
	if !e.Mapping.Flow.Delete {
		r.switchedOff(e, provlog.Delete, "the action Delete is switched off for this mapping")
		return
	}
	e.Decision, e.Action = DecideDelete, provlog.Delete
}

// switchedOff ends an entry whose action is switched off (E-115). The log calls it Other, or by
// option what it would have been.
func (r *run) switchedOff(e *Entry, action provlog.Action, why string) {
	e.skipAction(why)
	if r.Options.NameSkipped {
		e.Action = action
	}
}

// skipAction ends an entry that the configuration keeps from acting.
func (e *Entry) skipAction(why string) {
	e.Decision = DecideSkip
	e.skip(provlog.SkipSynchronization)
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Export, Status: provlog.Skipped,
		Description: fmt.Sprintf("The %s '%s' will be skipped: %s", e.kind(), e.Object.ID, why),
		Details: provlog.Details{
			{Key: "SkipReason", Value: provlog.SkipSynchronization},
			{Key: "ReportableIdentifier", Value: e.Object.ID},
		},
	})
}

// evaluationFailed ends an entry whose mapping could not be evaluated.
func (e *Entry) evaluationFailed(err error) {
	e.Decision = DecideFail
	failure := provlog.Fault{Code: provlog.CodeMappingError, Why: provlog.WhyExpression, About: provlog.About{Detail: err.Error()}}
	if errors.Is(err, mapping.ErrSeveralValues) {
		failure.Code, failure.Why = provlog.CodeSeveralValues, provlog.WhySeveralValues
	}
	e.fail(scimclient.Failed(failure))
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Processing, Status: provlog.Failure,
		Description: err.Error(),
		Details:     provlog.Details{{Key: "ReportableIdentifier", Value: e.Object.ID}},
	})
}
