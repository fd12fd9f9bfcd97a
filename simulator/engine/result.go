package engine

import (
	"context"
	"encoding/json"
	"path/filepath"
	"time"

	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/outbox"
	"github.com/scimdrill/scimdrill/simulator/reach"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// Result is the result of a run.
type Result struct {
	Job     job.Synchronization
	Started time.Time
	Applied int // changes of the stream that earlier runs had applied
	Cycles  []cycle.Result
	Audit   []*job.Audit
	Escrows []state.Escrow
	// Letters are the notifications of the job, the oldest first.
	Letters []outbox.Letter
	// Notes are remarks for an administrator about the target.
	Notes []string
	// Gone is set if the target went away and did not come back, or never answered.
	Gone *reach.Reach
	// EndState is the comparison of the target with the directory; nil if there was none.
	EndState *EndState
}

// saveResult adds the job and its escrows to the result, and writes the job to Out.
func (r *run) saveResult(ctx context.Context, j *job.Job) error {
	var err error
	if r.result.Job, err = j.Graph(ctx); err != nil {
		return err
	}
	if r.result.Escrows, err = r.store.Escrows(ctx); err != nil {
		return err
	}
	r.result.Letters = r.box.Letters()
	text, err := json.MarshalIndent(r.result.Job, "", "  ")
	if err != nil {
		return err
	}
	return wholefile.Write(filepath.Join(r.cfg.Out, "job.json"), 0o600, append(text, '\n'))
}
