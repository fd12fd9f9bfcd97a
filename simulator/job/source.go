package job

import (
	"context"
	"fmt"
	"time"
)

// source brings the directory to the present: the change stream, and what the recycle
// bin gives up after 30 days (E-40 step 9). Changes of one instant are one transaction.
func (j *Job) source(ctx context.Context, now time.Time) error {
	changes := j.cfg.Changes
	for j.rec.Applied < len(changes) {
		first := j.rec.Applied
		at := changes[first].At
		if j.rec.Started.Add(at).After(now) {
			break
		}
		end := first
		for end < len(changes) && changes[end].At == at {
			end++
		}
		if err := j.cfg.Cycle.Tenant.Apply(ctx, changes[first:end], j.rec.Started, end); err != nil {
			return fmt.Errorf("apply the change stream: %w", err)
		}
		j.rec.Applied = end
	}
	_, err := j.cfg.Cycle.Tenant.Purge(ctx, now)
	return err
}
