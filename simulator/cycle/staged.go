package cycle

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/quarantine"
)

// DeletionGate is the prevention of accidental deletions (E-225 to E-229, A-15).
type DeletionGate struct {
	On bool
	// Threshold is the number of objects that one cycle may disable or delete.
	Threshold int64
	// Met closes the gate at the threshold already, not only beyond it (G-28).
	Met bool
}

func (g DeletionGate) closes(n int64) bool {
	return g.On && (n > g.Threshold || g.Met && n == g.Threshold)
}

// held is an object that is to be disabled or deleted once the rest of the cycle is done.
type held struct {
	entry *Entry
	after func(context.Context, *Entry) error
}

// mustHoldBack reports whether a disable or a deletion waits for the end of the cycle. What an
// administrator allowed passes at once (E-228).
func (r *run) mustHoldBack(e *Entry) bool {
	if !r.Options.Deletions.On || e.gate.released {
		return false
	}
	return e.Decision == DecideDelete || e.Decision == DecideDisable
}

// deletions is the last phase: what was held back goes through together or not at all.
func (r *run) deletions(ctx context.Context) error {
	var count int64
	if !r.in.ForceDeletes {
		count = int64(len(r.result.Staged))
	}
	for _, h := range r.held {
		if !r.allowed(h.entry) {
			count++
		}
	}
	closed := r.Options.Deletions.closes(count)
	if closed && r.result.Cause == nil {
		r.result.Cause = tooManyDeletes(count, r.Options.Deletions.Threshold)
	}
	w := newWindow(r.Options.Parallel)
	for i, h := range r.held {
		if err := ctx.Err(); err != nil {
			return w.drain(ctx, err)
		}
		r.progress(PhaseDeletions, int64(i+1), int64(len(r.held)))
		e := h.entry
		u := unit{commit: func(ctx context.Context) error { return r.stage(ctx, e, count) }}
		if !closed || r.allowed(e) {
			e.gate.held, e.gate.released = false, true
			u = unit{
				lanes:    e.lanes(),
				exchange: func(ctx context.Context) { r.release(ctx, e) },
				commit:   func(ctx context.Context) error { return r.commitObject(ctx, e, h.after) },
			}
		}
		if err := w.add(ctx, u); err != nil {
			return w.drain(ctx, err)
		}
	}
	return w.drain(ctx, nil)
}

// keepStaged leaves an object held back that was so before and could not be read now. It counts
// with the others: a target that fails must not open the gate for them (E-227, A-15).
func (r *run) keepStaged(e *Entry) {
	if e.Failure != nil && !e.gate.released && r.mustHoldBack(e) && r.staged[e.Object.Num] {
		r.result.Staged = append(r.result.Staged, e.Object.Num)
	}
}

// allowed reports that the administrator let this held operation through.
func (r *run) allowed(e *Entry) bool {
	return r.in.ForceDeletes && r.staged[e.Object.Num]
}

func (r *run) release(ctx context.Context, e *Entry) {
	if e.Decision == DecideDisable {
		e.step(r.update(ctx, e, e.gate.changes))
		return
	}
	e.step(r.remove(ctx, e)...)
}

// stage logs a held operation; the next cycle looks at the object again (E-227).
func (r *run) stage(ctx context.Context, e *Entry, count int64) error {
	r.result.Staged = append(r.result.Staged, e.Object.Num)
	e.step(e.heldBack(count, r.Options.Deletions.Threshold))
	r.count(e)
	r.clock.took(r.cost(e))
	return r.write(ctx, e, PartObject)
}

func tooManyDeletes(count, threshold int64) *quarantine.Cause {
	return &quarantine.Cause{Reason: quarantine.TooManyDeletes, Error: quarantine.Error{
		Code:             string(quarantine.TooManyDeletes),
		Message:          fmt.Sprintf("the cycle would disable or delete %d objects, but the threshold is %d, so it changed none of them; hint: allow the deletes, or repair the source and restart", count, threshold),
		TenantActionable: true,
	}}
}
