package job

import (
	"context"
	"errors"
	"time"

	"github.com/scimdrill/scimdrill/simulator/state"
)

// ErrRunning says that a link cannot be deleted because cycles may run (E-55).
var ErrRunning = errors.New("a running job's link cannot be deleted; hint: pause the job first")

// Connection reads the link of an object by its id in the source or, if not found, in
// the target (E-3, E-55). It works in any state of the job.
func (j *Job) Connection(ctx context.Context, anchor string) (state.Link, bool, error) {
	store := j.cfg.Cycle.Store
	o, err := j.cfg.Cycle.Tenant.ByID(ctx, anchor)
	if err != nil {
		return state.Link{}, false, err
	}
	if o != nil {
		if l, ok, err := store.Link(ctx, o.Num); ok || err != nil {
			return l, ok, err
		}
	}
	for _, t := range j.cfg.Types {
		num, ok, err := store.Owner(ctx, t.Kind, anchor)
		if err != nil {
			return state.Link{}, false, err
		}
		if ok {
			return store.Link(ctx, num)
		}
	}
	return state.Link{}, false, nil
}

// DeleteConnection forgets the link of an object, which is then matched afresh when it is
// evaluated again. The job must be paused or disabled; a missing link is no error (E-55).
func (j *Job) DeleteConnection(ctx context.Context, at time.Time, anchor string) error {
	if !j.rec.Paused && !j.rec.Quarantine.Disabled {
		return ErrRunning
	}
	l, ok, err := j.Connection(ctx, anchor)
	if err != nil || !ok {
		return err
	}
	if err := j.cfg.Cycle.Store.DropLink(ctx, l.Num); err != nil {
		return err
	}
	return j.controlled(ctx, j.audit(at, activitySetting, "success", "", AuditDetail{"DeletedObjectConnection", l.SourceID}))
}
