package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// escrow keeps the failed object for a retry and completes the reason for the log (E-235, E-239).
func (r *run) escrow(ctx context.Context, e *Entry) error {
	if r.demand != nil {
		r.demandFailed(e.Failure)
		if !r.Options.DemandEscrows {
			return nil
		}
	}
	kept, err := r.keep(ctx, state.Escrow{Num: e.Object.Num, What: state.Object}, e.Failure)
	if err != nil {
		return err
	}
	e.Failure.Retry = retry(kept)
	if e.Failure.Nature && r.result.Cause == nil {
		r.result.Cause = exception(e.Failure) // E-250: a 404 to a query, in the middle of a cycle
	}
	return nil
}

// keep writes an escrow. A first failure fixes the times of all retries; a retry that
// fails moves on in the schedule, and so does a new change that fails before its time.
func (r *run) keep(ctx context.Context, key state.Escrow, f *scimclient.Failure) (state.Escrow, error) {
	if r.demand != nil && !r.Options.DemandEscrows {
		return key, nil
	}
	now := r.clock.now()
	old, had, err := r.Store.Escrow(ctx, key.Num, key.What, key.Other)
	if err != nil {
		return old, err
	}
	next := key
	next.Fault, next.First = f.Fault, now
	if had {
		next.First, next.Attempts = old.First, old.Attempts
		if !old.Due.After(r.clock.base) {
			next.Attempts++
		}
	}
	next.Due = r.Options.Retry.due(next.First, now, next.Attempts)
	for next.Attempts > 0 && !next.Due.After(now) { // attempts that were missed, as in quarantine
		next.Attempts++
		next.Due = r.Options.Retry.due(next.First, now, next.Attempts)
	}
	return next, r.Store.PutEscrow(ctx, next)
}

// dueObjects are the objects with something whose time to be tried again has come. A reference
// waits for its object where that failed itself and is tried later: it could not be
// written before.
func (r *run) dueObjects(ctx context.Context) ([]int64, error) {
	now := r.Clock.Now()
	due, err := r.Store.Due(ctx, now)
	if err != nil {
		return nil, err
	}
	var out []int64
	waits := map[int64]bool{}
	for _, esc := range due {
		wait, known := waits[esc.Num]
		if !known {
			own, failed, err := r.Store.Escrow(ctx, esc.Num, state.Object, 0)
			if err != nil {
				return nil, err
			}
			wait = failed && own.Due.After(now)
			waits[esc.Num] = wait
		}
		if !wait {
			out = append(out, esc.Num)
		}
	}
	return out, nil
}

// retrial is the failed operation that a cycle tries again for an object that did not change
// since; nil where the entry is about a change, or where a retry logs all stages.
func (r *run) retrial(ctx context.Context, num int64, what state.What) (*provlog.Retrial, error) {
	if !r.retried[num] || r.Options.RetryStages {
		return nil, nil
	}
	list, err := r.Store.References(ctx, num, what)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	kept := list[0]
	return &provlog.Retrial{Num: kept.Attempts, First: kept.First, Due: kept.Due}, nil
}

// retry is what the log says of an escrow; nil of a failure that was not kept.
func retry(e state.Escrow) *provlog.Retry {
	if e.First.IsZero() {
		return nil
	}
	again := &provlog.Retry{Attempts: e.Attempts}
	if e.Due.Before(never()) {
		again.Next = e.Due
	}
	return again
}
