package cycle

import (
	"context"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// preflight asks for a user that cannot exist, as Test Connection does (W-1, W-4, E-21).
// A failure by nature fails the whole cycle (E-250): nothing is exported.
//
// An answer that lists somebody all the same is let pass: only the failure of the query
// is documented to matter.
func (r *run) preflight(ctx context.Context) (*quarantine.Cause, error) {
	q := scimclient.Query{Collection: "Users", Attribute: "userName", Value: r.IDs.For("preflight", r.id)}
	if m := r.Users.Matching(); len(m) > 0 {
		q.Attribute = m[0].Name // W-2
	}
	failure := r.probe(ctx, q)
	if failure == nil && r.Options.PreflightGroups && r.Groups != nil {
		q.Collection, q.Attribute = "Groups", r.Groups.Matching()[0].Name // W-6
		failure = r.probe(ctx, q)
	}
	if failure == nil {
		return nil, nil
	}
	if failure.Stop != nil {
		return nil, failure.Stop
	}
	return exception(failure), nil
}

func (r *run) probe(ctx context.Context, q scimclient.Query) *scimclient.Failure {
	r.result.Counts.Requests++
	var waited time.Duration
	_, failure := r.Client.Find(ctx, scimclient.Call{Label: "preflight", At: r.Clock.Now(), Waited: &waited}, q)
	r.clock.took(waited)
	return failure
}

// ambiguousRoles puts the job into quarantine if two app roles have one display name and a mapping
// reads roles, as users report (A-65, by option).
func (r *run) ambiguousRoles(ctx context.Context) (*quarantine.Cause, error) {
	if !r.Options.UniqueRoleNames || !r.Users.ReadsRoles() {
		return nil, nil //nolint:nilnil // there is no cause
	}
	name, err := r.Tenant.SharedRoleName(ctx)
	if err != nil || name == "" {
		return nil, err
	}
	f := provlog.Fault{Code: provlog.CodeMappingError, Why: provlog.WhySameRoles, About: provlog.About{Value: name}}
	return quarantine.Failed(f.Code, &f), nil
}

// exception is the quarantine's error of a failure by nature (E-255, G-11, W-7).
func exception(f *scimclient.Failure) *quarantine.Cause {
	code := provlog.CodeServiceIncompatible
	switch {
	case f.Code == provlog.CodeInvalidCredentials, f.Status == http.StatusUnauthorized, f.Status == http.StatusForbidden:
		code = provlog.CodeInvalidCredentials
	case f.Status == 0 || f.Status >= 500 || f.Status == http.StatusTooManyRequests:
		code = provlog.CodeValidationUnavailable
	}
	return quarantine.Failed(code, &f.Fault)
}
