package cycle

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scoping"
)

// scopeObject is the second stage: is the object in scope, and is it to be treated as
// soft-deleted (E-60 to E-69, E-142)? Scope comes before matching.
func (r *run) scopeObject(ctx context.Context, e *Entry) error {
	entitled, err := r.Tenant.Entitled(ctx, e.Object.Num)
	if err != nil {
		return planError(e.kind(), e.Object.ID, err)
	}
	byRole := entitled
	if entitled && r.Options.SkipDefaultAccess {
		if byRole, err = r.Tenant.EntitledByRole(ctx, e.Object.Num); err != nil {
			return planError(e.kind(), e.Object.ID, err)
		}
	}
	e.Scope = scoping.Decide(scoping.Facts{
		Kind:             e.kind(),
		SyncAll:          r.Options.ScopeAll,
		EveryoneAssigned: r.Tenant.EveryoneAssigned(ctx),
		Entitled:         entitled,
		LacksRole:        entitled && !byRole,
		Enabled:          e.Object.Enabled(),
		SecurityEnabled:  e.Object.SecurityEnabled(),
		Deleted:          e.Object.Presence != directory.Present,
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
	e.step(provlog.Step{
		Name: provlog.EntrySynchronizationSkip, Type: provlog.Export, Status: provlog.Skipped,
		Description: fmt.Sprintf("The %s '%s' will be skipped: %s", e.kind(), e.Object.ID, e.Scope.Reason),
		Details: provlog.Details{
			{Key: "SkipReason", Value: e.Scope.Reason},
			{Key: "ReportableIdentifier", Value: e.Object.ID},
		},
	})
}
