package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Logged is an entry at the moment at which it is written to the log.
type Logged struct {
	// Cycle is the number of the cycle.
	Cycle int
	Part  Part
	Entry *Entry
	// Summary is the entry in words, without the values that the user asked to hide.
	Summary *provlog.Summary

	run *run
}

// Owner finds the source object that is linked to an object of the target now; nil is none.
// kind is "User" or "Group".
func (l *Logged) Owner(ctx context.Context, kind, targetID string) (*directory.Object, error) {
	num, ok, err := l.run.Store.Owner(ctx, kind, targetID)
	if err != nil || !ok {
		return nil, err
	}
	return l.run.Tenant.Get(ctx, num)
}

// write appends an entry to the log.
func (r *run) write(ctx context.Context, e *Entry, part Part) error {
	s := r.summary(e, r.changeID(e.Object.ID, string(part)))
	if r.demand != nil {
		r.demand.Entries = append(r.demand.Entries, s)
	}
	if r.Observe != nil {
		r.Observe(Logged{Cycle: r.in.Number, Part: part, Entry: e, Summary: s, run: r})
	}
	r.settle(e)
	return r.append(ctx, s)
}

// append appends to the log and commits now and then.
func (r *run) append(ctx context.Context, s *provlog.Summary) error {
	if err := r.Log.Write(s); err != nil {
		return err
	}
	r.pending++
	r.logged = true
	if r.pending >= commitEvery || r.Now != nil && r.Now().Sub(r.saved) >= commitAfter {
		return r.commit(ctx)
	}
	return nil
}
