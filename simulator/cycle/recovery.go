package cycle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
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
	writes, err := readBegun(cfg.Writes)
	if err != nil || len(writes) == 0 {
		return Recovered{}, err
	}
	r := &recovery{Config: cfg}
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
	position LogPosition
	found    Recovered
}

// unfinished is a write of an earlier run, or all PATCHes of one entry about members.
type unfinished struct {
	begun
	outcome inflight.Outcome
	entry   json.RawMessage
	seqs    []int64
	parts   []unfinished // of an entry about members
}

// readBegun reads the writes that are not settled.
func readBegun(f *inflight.File) ([]unfinished, error) {
	list, err := f.Unsettled()
	if err != nil {
		return nil, err
	}
	out := make([]unfinished, len(list))
	for i, w := range list {
		u := unfinished{outcome: w.Outcome, entry: w.Entry, seqs: []int64{w.Seq}}
		if err := json.Unmarshal(w.Facts, &u.begun); err != nil {
			return nil, fmt.Errorf("read the facts of write %d in flight: %w", w.Seq, err)
		}
		if w.ID != "" {
			u.Target = w.ID
		}
		out[i] = u
	}
	return out, nil
}

// together joins the PATCHes of each entry about members.
func together(writes []unfinished) []*unfinished {
	var out []*unfinished
	groups := map[string]*unfinished{}
	for _, w := range writes {
		if w.Part != PartMembers {
			out = append(out, &w)
			continue
		}
		key := w.CycleID + " " + w.Source
		g := groups[key]
		if g == nil {
			g = &unfinished{begun: w.begun, entry: w.entry}
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
	if w.Part == PartMembers {
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
	if w.Part == PartObject {
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

// entryOf is the log entry of a write that was kept with it.
func (c *Config) entryOf(w *unfinished, at time.Time) (*provlog.Summary, error) {
	var s provlog.Summary
	if err := json.Unmarshal(w.entry, &s); err != nil {
		return nil, fmt.Errorf("read its entry: %w", err)
	}
	c.head(&s, w.CycleID, c.IDs.ForChange(w.CycleID, w.Source, string(w.Part)), at)
	s.TargetIdentity.ID, s.DurationInMilliseconds = w.Target, c.Options.WriteTime.Milliseconds()
	return &s, nil
}

// apply brings links and escrows to what a write achieved.
func (c *Config) apply(ctx context.Context, w *unfinished, counts *Counts) error {
	if w.Part == PartManager {
		counts.Updated++
		return c.Store.DropReferences(ctx, w.Num, state.Manager)
	}
	switch w.Action {
	case provlog.Delete:
		counts.Deleted++
		return errors.Join(c.Store.DropEscrows(ctx, w.Num), c.Store.DropLink(ctx, w.Num))
	case provlog.Create:
		counts.Created++
	case provlog.Disable:
		counts.Disabled++
	case provlog.Update, provlog.Other, provlog.StagedDelete:
		counts.Updated++
	}
	if w.NewLink && w.Kind == "Group" {
		counts.LinkedGroups++
	} else if w.NewLink {
		counts.LinkedUsers++
	}
	return c.applyLink(ctx, w)
}

// applyLink makes or renews the link of an object that was written.
func (c *Config) applyLink(ctx context.Context, w *unfinished) error {
	old, had, err := c.Store.Link(ctx, w.Num)
	if err != nil {
		return err
	}
	if had && old.TargetID != w.Target {
		if err := c.Store.DropLink(ctx, w.Num); err != nil {
			return err
		}
	}
	if w.Back {
		if err := c.Store.Doubt(ctx, w.Num); err != nil {
			return err
		}
	}
	err = c.Store.PutLink(ctx, state.Link{
		Num: w.Num, Kind: w.Kind, SourceID: w.Source, TargetID: w.Target, Managed: w.Managed, Names: w.Names, Shared: w.Shared || old.Shared && !w.NewLink,
	})
	if errors.Is(err, state.ErrTaken) { // the next attempt finds the object taken, and says so
		return nil
	}
	return err
}
