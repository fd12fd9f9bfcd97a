package cycle

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
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
	e.skipAction("a category filter says that this object mapping is not about it")
	return false, nil
}

// scopeObject is the second stage: is the object in scope, and is it to be treated as
// soft-deleted (E-60 to E-79, E-142)? Scope comes before matching. The error is that
// of a filter that cannot be evaluated.
func (r *run) scopeObject(ctx context.Context, e *Entry) error {
	entitled := e.Object.Entitled
	if entitled && e.Object.Kind == directory.User && r.strictGroups() {
		var err error
		if entitled, err = r.entitledStrictly(ctx, e.Object); err != nil {
			return planError(e.kind(), e.Object.ID, err)
		}
	}
	byRole := entitled
	if entitled && r.Options.SkipDefaultAccess {
		var err error
		if byRole, err = r.Tenant.EntitledByRole(ctx, e.Object.Num); err != nil {
			return planError(e.kind(), e.Object.ID, err)
		}
	}
	verdict, err := r.filters(e).Evaluate(e.Object.Attribute)
	if err != nil {
		e.filterFailed(err)
		return nil
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
	return nil
}

// scopingStep says what was looked at, in the log's own keys (G-38).
func (e *Entry) scopingStep() {
	status := provlog.Success
	if !e.Scope.InScope {
		status = provlog.Skipped
	}
	details := make(provlog.Details, 0, len(e.Scope.Details))
	for _, d := range e.Scope.Details {
		details = append(details, provlog.Detail{Key: d.Key, Value: d.Value})
	}
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationScoping, Type: provlog.Scoping, Status: status,
		Description: fmt.Sprintf("Determine if %s in scope by evaluating against each scoping filter", e.kind()),
		Details:     details,
	})
}

// skipOutOfScope ends an entry that is not linked and not wanted: no request is sent (A-22, E-69).
func (e *Entry) skipOutOfScope() {
	e.Decision = DecideSkip
	e.skip(e.Scope.Reason)
	details := provlog.Details{{Key: "SkipReason", Value: e.Scope.Reason}}
	for _, d := range e.Scope.Facts {
		details = append(details, provlog.Detail{Key: d.Key, Value: d.Value})
	}
	details = append(details, provlog.Detail{Key: "ReportableIdentifier", Value: e.Object.ID})
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Export, Status: provlog.Skipped,
		Description: fmt.Sprintf("The %s '%s' will be skipped for these reasons: %s", e.kind(), e.Object.ID, e.Scope.Because()),
		Details:     details,
	})
}

// filterFailed ends an entry whose filter could not be evaluated.
func (e *Entry) filterFailed(err error) {
	e.Decision = DecideFail
	e.fail(scimclient.Failed(provlog.Fault{Code: provlog.CodeScopingFilterError, Why: provlog.WhyFilter, About: provlog.About{Detail: err.Error()}}))
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationScoping, Type: provlog.Scoping, Status: provlog.Failure,
		Description: err.Error(),
		Details:     provlog.Details{{Key: "ReportableIdentifier", Value: e.Object.ID}},
	})
}
