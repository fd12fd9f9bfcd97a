package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// ErrNone says that a state has no job.
var ErrNone = errors.New("the state has no job; hint: simulate with --state DIR makes one")

// Administer takes the job of a state for an administrator who acts between two runs. It runs no
// cycle: what a killed run left is recovered by the next one.
func Administer(ctx context.Context, cfg Config) (*Job, error) {
	j := &Job{cfg: cfg}
	had, err := cfg.Cycle.Store.Load(ctx, record, &j.rec)
	switch {
	case err != nil:
		return nil, err
	case !had:
		return nil, ErrNone
	}
	return j, cfg.Cycle.Clock.WaitUntil(ctx, j.rec.Now)
}

// Record is what the job remembers of itself.
func (j *Job) Record() Record { return j.rec }

// ChangeSettings writes an event about settings that the next run goes by to the audit log (E-336).
func (j *Job) ChangeSettings(ctx context.Context, details ...AuditDetail) error {
	return j.controlled(ctx, j.audit(j.cfg.Cycle.Clock.Now(), activitySetting, "success", "", details...))
}

// NextKind is the kind of the next cycle.
func (j *Job) NextKind() cycle.Kind { return j.rec.kind() }

// Unfinished reports whether a run ended within a cycle, which the next run repeats.
func (j *Job) Unfinished(ctx context.Context) (bool, error) {
	var at cycle.LogPosition
	had, err := j.cfg.Cycle.Store.Load(ctx, cycle.LogRecord, &at)
	if err != nil {
		return false, fmt.Errorf("read the position of the log: %w", err)
	}
	return had && at.Cycle == j.rec.Cycle+1, nil
}
