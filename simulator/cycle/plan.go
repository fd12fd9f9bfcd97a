package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// plan takes an object through import and scoping and decides what is to be done.
// It reads directory and state and sends nothing.
func (r *run) plan(ctx context.Context, o *directory.Object, m *mapping.Object) (*Entry, error) {
	r.result.Counts.Imported++
	e, step, err := r.importObject(ctx, o, m)
	if err != nil {
		return nil, err
	}
	e.step(step)
	if o.Presence == directory.Deleted && !e.Linked {
		return e, nil // DecideNothing
	}
	switch goes, err := r.filtered(e); {
	case err != nil:
		e.step(e.filterFailed(err))
		return e, nil
	case !goes:
		return e, nil
	}
	if o.Presence == directory.Deleted {
		e.step(r.planDeleted(e)...)
		return e, nil
	}
	if step, err = r.scopeObject(ctx, e); err != nil {
		return nil, err
	}
	if e.Decision == DecideFail {
		e.step(step)
		return e, nil
	}
	return e, r.planScoped(ctx, e, step)
}

// planScoped evaluates the mapping and decides. An object without a matching value is
// skipped whatever its scope (E-94); one that is not wanted and not linked is skipped also
// when its mapping cannot be evaluated, for nothing of it would flow.
func (r *run) planScoped(ctx context.Context, e *Entry, scoped provlog.Step) error {
	env, err := r.environment(ctx, e)
	if err != nil {
		return err
	}
	e.Values, err = e.Mapping.Evaluate(env)
	switch {
	case err != nil && (e.Linked || !e.Scope.IsSoftDeleted):
		e.step(e.evaluationFailed(err))
		return nil
	case err == nil:
		if err := r.describeSource(ctx, e, env); err != nil {
			return err
		}
	}
	if err == nil && !e.hasMatchingValue() {
		e.step(e.skipUnmatchable())
		return nil
	}
	e.step(scoped)
	e.step(r.decide(e)...)
	return r.planUnread(ctx, e)
}

// planDeleted decides about a linked object that is gone from the directory for good (E-40 step 9, E-220).
func (r *run) planDeleted(e *Entry) []provlog.Step {
	switch {
	case !e.Link.Managed:
		return []provlog.Step{e.skipAction(provlog.ReasonLeftScope)}
	case e.Object.Kind == directory.Group && !r.Options.DeleteGroups:
		return []provlog.Step{e.skipAction(provlog.ReasonGroupsKept)}
	default:
		return r.decideDelete(e)
	}
}

// decide reads the table of actions (engine rules section 24, step 7).
func (r *run) decide(e *Entry) []provlog.Step {
	e.Scoped = true
	wanted := e.Scope.InScope && !e.Scope.IsSoftDeleted
	switch {
	case !e.Linked && !wanted && r.Options.MatchFirst:
		e.Decision = DecideLook
	case !e.Linked && !wanted:
		return []provlog.Step{e.skipOutOfScope(&r.Options)}
	case !e.Linked, wanted && !e.Link.Managed && r.Options.MatchReturning:
		e.Decision, e.Action = DecideMatch, provlog.Create
	case wanted && !e.Mapping.Flow.Update:
		return []provlog.Step{e.switchedOff(&r.Options, provlog.Update, provlog.ReasonUpdateOff)}
	case wanted:
		e.Decision, e.Action = DecideUpdate, provlog.Update
	case e.Object.Kind == directory.Group && !r.Options.DeleteGroups:
		return []provlog.Step{e.skipAction(provlog.ReasonGroupsKept)}
	case e.Object.Kind == directory.Group:
		return r.decideDelete(e)
	case r.Options.SkipOutOfScope && (e.Scope.OutOfScope() || r.Options.SkipOutOfScopeAll):
		return []provlog.Step{e.skipAction(provlog.ReasonAccountsKept)} // E-219, A-13
	case !r.Options.SoftDelete:
		return r.decideDelete(e) // E-218
	case e.Mapping.Soft() == nil:
		return []provlog.Step{e.skipAction(provlog.ReasonNoSoftDelete)} // E-217
	case !e.Mapping.Flow.Update:
		return []provlog.Step{e.switchedOff(&r.Options, provlog.Disable, provlog.ReasonUpdateOff)}
	default:
		e.Decision, e.Action = DecideDisable, provlog.Disable
	}
	return nil
}

// decideDelete sends DELETE, unless the action is switched off (E-115, E-216).
func (r *run) decideDelete(e *Entry) []provlog.Step {
	if !e.Mapping.Flow.Delete {
		return []provlog.Step{e.switchedOff(&r.Options, provlog.Delete, provlog.ReasonDeleteOff)}
	}
	e.Decision, e.Action = DecideDelete, provlog.Delete
	return nil
}
