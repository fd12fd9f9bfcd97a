package engine

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// loadTenant reads the source into the directory of the state.
func (r *run) loadTenant(ctx context.Context) error {
	if r.cfg.Tenant == nil {
		return nil
	}
	at := r.deps.Clock.Now()
	counts, err := r.tenant.Counts(ctx)
	if err != nil {
		return fmt.Errorf("count the directory: %w", err)
	}
	since := r.changes()[:r.result.Applied] // the file is older than they are
	if counts.Users+counts.Groups == 0 || !r.cfg.WholeTenant && (!r.cfg.Generated || len(since) == 0) {
		_, err := r.tenant.Load(ctx, r.cfg.Tenant, r.cfg.TenantName, at)
		return err
	}
	rec, _, err := job.Load(ctx, r.store)
	if err != nil {
		return err
	}
	if rec.Now.After(at) { // the clock of the job stopped there, and the recycle bin counts from now
		at = rec.Now
	}
	if !r.cfg.WholeTenant {
		return r.tenant.Merge(ctx, r.cfg.Tenant, r.cfg.TenantName, at, since)
	}
	removed, err := r.tenant.Replace(ctx, r.cfg.Tenant, r.cfg.TenantName, at, since)
	if err == nil && removed > 0 {
		r.note(fmt.Sprintf("%s lacks %d users and groups of the earlier run, so they count as removed; --tenant-merge keeps them", r.cfg.TenantName, removed))
	}
	return err
}

// follow says how many changes of the stream the directory has from earlier runs. A stream that is
// not theirs begins at its first change; no stream leaves the position where it is.
func (r *run) follow(ctx context.Context) error {
	had, _, err := r.tenant.Applied(ctx)
	if err != nil || had == 0 || len(r.cfg.Changes) == 0 {
		return err
	}
	if r.result.Applied, err = r.tenant.Followed(ctx, r.changes()); err != nil || r.result.Applied > 0 {
		return err
	}
	r.note(fmt.Sprintf("the change stream is not that of the earlier runs, so all its %d changes apply; those of the past apply at once", len(r.cfg.Changes)))
	return r.tenant.BeginStream(ctx, r.deps.Clock.Now())
}

// changes are the changes of the stream, in the order of their effect.
func (r *run) changes() []directory.Change {
	return delayed(r.cfg.Changes, r.settings.AssignmentDelay)
}
