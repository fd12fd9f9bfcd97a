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
	if !r.cfg.WholeTenant || counts.Users+counts.Groups == 0 {
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
	since, err := r.applied(ctx)
	if err != nil {
		return err
	}
	removed, err := r.tenant.Replace(ctx, r.cfg.Tenant, r.cfg.TenantName, at, since)
	if err == nil && removed > 0 {
		r.note(fmt.Sprintf("%s lacks %d users and groups of the earlier run, so they count as removed; --tenant-merge keeps them", r.cfg.TenantName, removed))
	}
	return err
}

// applied are the changes of the stream that the directory has. The file is older than they are.
func (r *run) applied(ctx context.Context) ([]directory.Change, error) {
	n, err := r.tenant.Applied(ctx)
	changes := delayed(r.cfg.Changes, r.settings.AssignmentDelay)
	return changes[:min(n, len(changes))], err
}
