package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Logged is an entry at the moment at which it is written to the log.
type Logged struct {
	// Cycle is the number of the cycle.
	Cycle   int
	Entry   *Entry
	Summary *provlog.Summary
}

// write appends an entry to the log and commits now and then.
func (r *run) write(ctx context.Context, e *Entry, part string) error {
	s := r.summary(e, r.changeID(e.Object.ID, part))
	if r.demand != nil {
		r.demand.Entries = append(r.demand.Entries, s)
	}
	if r.Observe != nil {
		r.Observe(Logged{Cycle: r.in.Number, Entry: e, Summary: s})
	}
	if err := r.Log.Write(s); err != nil {
		return err
	}
	r.pending++
	r.logged = true
	if r.pending >= commitEvery {
		return r.commit(ctx)
	}
	return nil
}
