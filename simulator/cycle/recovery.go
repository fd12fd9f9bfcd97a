package cycle

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Recovered is what Recover found of provisionings on demand. What it found of cycles stands in
// the LogPosition.
type Recovered struct {
	Demands int // the number of the last one
	Counts  Counts
}

// Recover takes over what a run that was killed wrote to the target and did not commit (S1). Each
// write that the target confirmed changes the state and gets its entry in the log, as if it had
// been committed then. A write without a response stays open: the next cycle looks at the target.
//
// It sends nothing and does not commit. The cycle that was cut off counts as begun, so that the
// next attempt has an id of its own.
func Recover(ctx context.Context, cfg Config) (Recovered, error) {
	if cfg.Writes == nil {
		return Recovered{}, nil
	}
	writes, err := readUnfinished(cfg.Writes)
	if err != nil || len(writes) == 0 {
		return Recovered{}, err
	}
	r := &recovery{Config: cfg, taker: cfg.taker()}
	if _, err := cfg.Store.Load(ctx, LogRecord, &r.position); err != nil {
		return r.found, err
	}
	for _, w := range together(writes) {
		r.meet(w)
		if err := r.take(ctx, w); err != nil {
			return r.found, fmt.Errorf("recover the write to %s %s: %w", w.Kind, w.Source, err)
		}
	}
	if err := cfg.Log.Flush(); err != nil {
		return r.found, err
	}
	slices.Sort(r.position.Again)
	r.position.Again = slices.Compact(r.position.Again)
	r.position.Path, r.position.Offset = cfg.Log.Path(), cfg.Log.Offset()
	return r.found, cfg.savePosition(ctx, r.position)
}

// Forget drops the writes that belong to another job: the state of this one is new.
func Forget(ctx context.Context, cfg Config) error {
	if cfg.Writes == nil {
		return nil
	}
	cfg.Writes.Forget()
	return cfg.Store.Save(ctx, WritesRecord, cfg.Writes.Position())
}

// recovery is Recover under way.
type recovery struct {
	Config
	taker
	position LogPosition
	found    Recovered
}

// together joins the PATCHes of each entry about members.
func together(writes []unfinished) []*unfinished {
	var out []*unfinished
	groups := map[string]*unfinished{}
	for _, w := range writes {
		if w.Part != string(PartMembers) {
			out = append(out, &w)
			continue
		}
		key := w.CycleID + " " + w.Source
		g := groups[key]
		if g == nil {
			g = &unfinished{Facts: w.Facts, entry: w.entry}
			groups[key] = g
			out = append(out, g)
		}
		g.seqs = append(g.seqs, w.seqs...)
		g.parts = append(g.parts, w)
	}
	return out
}

// meet makes the cycle of a write the one that was cut off.
func (r *recovery) meet(w *unfinished) {
	p := &r.position
	switch {
	case w.Demand > 0:
		r.found.Demands = max(r.found.Demands, w.Demand)
	case w.Cycle > p.Cycle:
		p.Cycle, p.Attempt, p.Done, p.Again = w.Cycle, w.Attempt, Counts{}, nil
	case w.Cycle == p.Cycle:
		p.Attempt = max(p.Attempt, w.Attempt)
	}
	if w.At.After(p.At) {
		p.At = w.At
	}
}

// take takes one write over.
func (r *recovery) take(ctx context.Context, w *unfinished) error {
	counts := &r.position.Done
	if w.Demand > 0 {
		counts = &r.found.Counts
	}
	if w.Part == string(PartMembers) {
		return r.takeMembers(ctx, w, counts)
	}
	switch w.outcome {
	case inflight.Rejected:
		r.Writes.Settle(w.seqs...)
		return nil
	case inflight.Done:
	case inflight.Unknown:
		return nil
	}
	if err := r.apply(ctx, w, counts); err != nil {
		return err
	}
	if w.Part == string(PartObject) {
		r.position.Again = append(r.position.Again, w.Num)
	}
	return r.log(w, r.Options.WriteTime, nil)
}

// log writes the entry that the write would have had; complete may add to it.
func (r *recovery) log(w *unfinished, took time.Duration, complete func(*provlog.Summary)) error {
	r.position.At = r.position.At.Add(took)
	s, err := r.entryOf(w, r.position.At)
	if err != nil {
		return err
	}
	if complete != nil {
		complete(s)
	}
	r.Writes.Settle(w.seqs...)
	return r.Log.Write(s)
}
