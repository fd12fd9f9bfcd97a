package forecast

import (
	"context"
	"errors"
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Watch collects the first cycle of a run, for comparison with a plan.
type Watch struct {
	cycle   string // its id
	words   plan.Words
	names   *names
	entries []plan.Entry
}

// NewWatch returns a Watch; the run must call its Logged.
func NewWatch(ctx context.Context) *Watch {
	w := &Watch{names: newNames(ctx, func(*provlog.Summary) bool { return true })}
	w.words.Resolve = w.names.resolve
	return w
}

// Logged receives an entry of the run.
func (w *Watch) Logged(l cycle.Logged) {
	if w.cycle == "" {
		w.cycle = l.Summary.CycleID
	}
	if l.Summary.CycleID == w.cycle {
		w.names.learn(&l)
		w.entries = append(w.entries, w.words.Entry(&l))
	}
}

// Unplanned compares the first cycle of a run with a plan.
func (w *Watch) Unplanned(res *engine.Result, p *plan.Plan) ([]plan.Difference, error) {
	if p.Offline {
		return nil, errors.New("the plan was made without a target, so it contains look-ups and not actions; hint: plan again with --target")
	}
	if len(res.Cycles) == 0 {
		if p.Cycle.Number == 0 {
			return nil, nil
		}
		return []plan.Difference{{Part: cycle.PartObject, Plan: fmt.Sprintf("cycle %d", p.Cycle.Number), Run: "no cycle"}}, nil
	}
	first := res.Cycles[0]
	if first.Number != p.Cycle.Number || string(first.Kind) != p.Cycle.Kind {
		return []plan.Difference{{
			Part: cycle.PartObject, Plan: fmt.Sprintf("cycle %d (%s)", p.Cycle.Number, p.Cycle.Kind), Run: fmt.Sprintf("cycle %d (%s)", first.Number, first.Kind),
		}}, nil
	}
	var entries []plan.Entry
	if w.cycle == first.ID {
		entries = w.entries
	}
	return plan.Differences(p.Entries, entries), w.names.err
}
