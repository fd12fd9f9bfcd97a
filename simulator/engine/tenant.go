package engine

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// loadTenant reads the source into the directory of the state.
func (r *run) loadTenant(ctx context.Context) error {
	at := r.deps.Clock.Now()
	rec, _, err := job.Load(ctx, r.store)
	if err != nil {
		return err
	}
	if rec.Now.After(at) && (r.cfg.WholeTenant || r.cfg.Generated && r.result.Applied > 0) { // the clock of the job stopped there
		at = rec.Now
	}
	source := directory.Source{
		File: r.cfg.Tenant, Name: r.cfg.TenantName, Whole: r.cfg.WholeTenant, Generated: r.cfg.Generated, Changes: r.changes(),
	}
	note, err := r.tenant.Take(ctx, source, r.result.Applied, at)
	if note != "" {
		r.note(note)
	}
	return err
}

// follow says how many changes of the stream the directory has from earlier runs.
func (r *run) follow(ctx context.Context) error {
	applied, note, err := r.tenant.Follow(ctx, r.changes(), r.deps.Clock.Now())
	r.result.Applied = applied
	if note != "" {
		r.note(note)
	}
	return err
}

// changes are the changes of the stream, in the order of their effect.
func (r *run) changes() []directory.Change {
	return delayed(r.cfg.Changes, r.settings.AssignmentDelay)
}
