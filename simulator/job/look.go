package job

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/state"
)

// Moment is something that happens to a job between two cycles: an administrator acts,
// or somebody looks.
type Moment struct {
	// At is counted from the start of the first cycle. A moment that falls into a cycle
	// comes when the cycle has ended; one at the instant of a cycle comes before it.
	At time.Duration
	// Do is given the instant that At stands for.
	Do func(ctx context.Context, j *Job, at time.Time) error
}

// TargetID is the target's id of the object that a source object is linked to (E-3).
func (j *Job) TargetID(ctx context.Context, sourceID string) (string, bool, error) {
	o, err := j.cfg.Cycle.Tenant.ByID(ctx, sourceID)
	if err != nil || o == nil {
		return "", false, err
	}
	link, ok, err := j.cfg.Cycle.Store.Link(ctx, o.Num)
	return link.TargetID, ok, err
}

// Escrows are the open escrows (E-235).
func (j *Job) Escrows(ctx context.Context) ([]state.Escrow, error) {
	return j.cfg.Cycle.Store.Escrows(ctx)
}

// SourceID is the id of a source object by its number in the directory.
func (j *Job) SourceID(ctx context.Context, num int64) (string, error) {
	o, err := j.cfg.Cycle.Tenant.Get(ctx, num)
	if err != nil || o == nil {
		return "", err
	}
	return o.ID, nil
}
