package cycle

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// unfinished is a write of an earlier run, or all PATCHes of one entry about members.
type unfinished struct {
	inflight.Facts

	outcome inflight.Outcome
	entry   json.RawMessage
	seqs    []int64
	parts   []unfinished // of an entry about members
}

// readUnfinished reads the writes that are not settled.
func readUnfinished(f *inflight.File) ([]unfinished, error) {
	list, err := f.Unsettled()
	if err != nil {
		return nil, err
	}
	out := make([]unfinished, len(list))
	for i, w := range list {
		u := unfinished{Facts: w.Facts, outcome: w.Outcome, entry: w.Entry, seqs: []int64{w.Seq}}
		if w.ID != "" {
			u.Target = w.ID
		}
		out[i] = u
	}
	return out, nil
}

// taker makes a write that happened part of state and log.
type taker struct {
	store     *state.Store
	ids       IDs
	identity  Identity
	writeTime time.Duration
}

// entryOf is the log entry of a write that was kept with it.
func (t *taker) entryOf(w *unfinished, at time.Time) (*provlog.Summary, error) {
	var s provlog.Summary
	if err := json.Unmarshal(w.entry, &s); err != nil {
		return nil, fmt.Errorf("read its entry: %w", err)
	}
	t.identity.head(&s, t.ids, w.CycleID, t.ids.ForChange(w.CycleID, w.Source, w.Part), at)
	s.TargetIdentity.ID, s.DurationInMilliseconds = w.Target, t.writeTime.Milliseconds()
	return &s, nil
}

// apply brings links and escrows to what a write achieved.
func (t *taker) apply(ctx context.Context, w *unfinished, counts *Counts) error {
	if w.Part == string(PartManager) {
		counts.Updated++
		return errors.Join(t.store.PutManager(ctx, w.Num, w.Manager), t.store.DropReferences(ctx, w.Num, state.Manager))
	}
	switch w.Action {
	case provlog.Delete:
		counts.Deleted++
		d := state.Deleted{Kind: w.Kind, TargetID: w.Target, SourceID: w.Source}
		return errors.Join(t.store.DropEscrows(ctx, w.Num), t.store.DropLink(ctx, w.Num), t.store.PutDeleted(ctx, d))
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
	return t.applyLink(ctx, w)
}

// applyLink makes or renews the link of an object that was written.
func (t *taker) applyLink(ctx context.Context, w *unfinished) error {
	old, had, err := t.store.Link(ctx, w.Num)
	if err != nil {
		return err
	}
	if had && old.TargetID != w.Target {
		if err := t.store.DropLink(ctx, w.Num); err != nil {
			return err
		}
	}
	if w.Back {
		if err := t.store.Doubt(ctx, w.Num); err != nil {
			return err
		}
	}
	err = t.store.PutLink(ctx, state.Link{
		Num: w.Num, Kind: w.Kind, SourceID: w.Source, TargetID: w.Target, Managed: w.Managed, Names: w.Names, Shared: w.Shared || old.Shared && !w.NewLink,
	})
	if errors.Is(err, state.ErrTaken) { // the next attempt finds the object taken, and says so
		return nil
	}
	return err
}
