package job

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// Wanting says what the directory and the mapping want now, by the schema and the scope in force,
// with the job's Config of a cycle.
func (j *Job) Wanting(ctx context.Context) (*cycle.Wanting, cycle.Config, error) {
	cfg := j.cfg.Cycle
	cfg.Options.ScopeAll = j.rec.ScopeInForce
	w, err := cycle.NewWanting(ctx, cfg)
	return w, cfg, err
}

// Processed is how far into the change log the job has come; false before its first initial cycle
// is completed.
func (j *Job) Processed() (watermark int64, initialised bool) {
	return j.rec.Watermark, j.rec.Initialised
}

// HeldBack lists the objects whose deletion or disabling waits for an administrator (E-227).
func (j *Job) HeldBack() []int64 { return j.rec.Staged }
