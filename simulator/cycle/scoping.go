package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scoping"
)

// filters are the compiled attribute filters of the object's mapping; nil lets all pass.
func (r *run) filters(e *Entry) *scoping.Filter {
	if e.Object.Kind == directory.Group {
		return r.GroupFilter
	}
	return r.UserFilter
}

// filtered applies the two filter sets that say whether the object is looked at at all (E-86).
// It reports false when the entry ends here.
func (r *run) filtered(e *Entry) (bool, error) {
	f := r.filters(e)
	ok, err := f.Reads(e.Object.Attribute)
	if err != nil || !ok {
		e.Decision = DecideNothing
		return false, err
	}
	if ok, err = f.Belongs(e.Object.Attribute); err != nil || ok {
		return err == nil, err
	}
	e.step(e.skipAction(provlog.ReasonOtherMapping))
	return false, nil
}

// scopeObject is the second stage: is the object in scope, and is it to be treated as
// soft-deleted (E-60 to E-79, E-142)? Scope comes before matching. The error is that
// of a filter that cannot be evaluated.
func (r *run) scopeObject(ctx context.Context, e *Entry) (provlog.Step, error) {
	entitled := e.Object.Entitled
	if entitled && e.Object.Kind == directory.User && r.strictGroups() {
		var err error
		if entitled, err = r.entitledStrictly(ctx, e.Object); err != nil {
			return provlog.Step{}, planError(e.kind(), e.Object.ID, err)
		}
	}
	byRole := entitled
	if entitled && r.Options.SkipDefaultAccess {
		var err error
		if byRole, err = r.Tenant.EntitledByRole(ctx, e.Object.Num); err != nil {
			return provlog.Step{}, planError(e.kind(), e.Object.ID, err)
		}
	}
	verdict, err := r.filters(e).Evaluate(e.Object.Attribute)
	if err != nil {
		return e.filterFailed(err), nil
	}
	e.Scope = scoping.Decide(scoping.Facts{
		Kind:             e.kind(),
		SyncAll:          r.Options.ScopeAll,
		EveryoneAssigned: r.everyone,
		Entitled:         entitled,
		LacksRole:        entitled && !byRole,
		Enabled:          e.Object.Enabled(),
		SecurityEnabled:  r.Options.UnsecuredGroups || e.Object.SecurityEnabled(),
		Deleted:          e.Object.Presence != directory.Present,
		Filter:           verdict,
	})
	if byRole {
		r.result.Counts.Entitled++
	}
	return e.Named.Scoped(e.Scope.InScope, e.Scope.Details), nil
}
