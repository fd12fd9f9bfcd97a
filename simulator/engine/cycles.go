package engine

import (
	"context"
	"errors"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// runCycles runs the cycles and the events between them, and writes the job at the end.
func (r *run) runCycles(ctx context.Context, cfg job.Config) error {
	number := 0
	cfg.Cycle.Progress = func(p cycle.Phase, done, total int64) {
		if r.deps.Progress != nil {
			r.deps.Progress(number+1, p, done, total)
		}
	}
	j, err := r.openJob(ctx, cfg)
	if err != nil {
		return err
	}
	r.result.Started = j.Started()
	err = r.box.Post(ctx) // what a killed run left
	if r.cfg.Restart != nil && err == nil {
		err = j.Restart(ctx, r.deps.Clock.Now(), *r.cfg.Restart)
	}
	if _, runs := j.Next(); err == nil && !runs && len(r.deps.Timeline) == 0 {
		err = ErrStopped
	}
	for err == nil {
		var happened bool
		if happened, err = r.passMoment(ctx, j, number); happened || err != nil {
			continue
		}
		if r.enough(j, number) {
			break
		}
		var res cycle.Result
		res, err = j.Cycle(ctx)
		if err == nil {
			err = r.box.Post(ctx)
		}
		if res.Number > 0 {
			r.result.Cycles = append(r.result.Cycles, res)
			if err == nil {
				number++
				if r.deps.Ended != nil {
					r.deps.Ended(res)
				}
			}
		}
	}
	err = errors.Join(err, r.saveResult(context.WithoutCancel(ctx), j))
	if err == nil {
		err = r.verify(ctx, j)
	}
	return err
}

// ErrStopped is the error of a run whose job is paused or disabled.
var ErrStopped = errors.New("the job is paused, or was disabled after 28 days in quarantine, so no cycle runs; hint: scimdrill job start resumes the job, and scimdrill job restart restarts it as the portal does; --restart of a run does so too")

// passMoment executes the next moment of the timeline if it comes before the next cycle.
func (r *run) passMoment(ctx context.Context, j *job.Job, done int) (bool, error) {
	if len(r.deps.Timeline) == 0 {
		return false, nil
	}
	m := r.deps.Timeline[0]
	at := j.Started().Add(m.At)
	if next, ok := j.Next(); ok && next.Before(at) && !r.enough(j, done) {
		return false, nil
	}
	r.deps.Timeline = r.deps.Timeline[1:]
	if err := r.deps.Clock.WaitUntil(ctx, at); err != nil {
		return true, err
	}
	return true, m.Do(ctx, j, at)
}

// enough reports whether the run has reached its number of cycles or its duration, or no cycle follows.
func (r *run) enough(j *job.Job, done int) bool {
	next, ok := j.Next()
	if !ok {
		return true
	}
	if r.cfg.Cycles > 0 {
		return done >= r.cfg.Cycles
	}
	return next.Sub(j.Started()) >= r.cfg.For
}
