package cycle

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// announce keeps the facts of a write and the entry that it will have: its steps so far, and those
// given. A failure ends the run, and nothing may be sent.
func (r *run) announce(ctx context.Context, e *Entry, w inflight.Facts, steps ...provlog.Step) (int64, *scimclient.Failure) {
	if r.Writes == nil {
		return 0, nil
	}
	if err := ctx.Err(); err != nil {
		return 0, scimclient.Stopped(err)
	}
	w.Action, w.Kind, w.Num, w.Source = e.Action, e.kind(), e.Object.Num, e.Object.ID
	w.CycleID, w.Cycle, w.Attempt, w.Demand = r.id, r.in.Number, r.in.Attempt, r.in.Demand
	w.At = r.clock.base
	if _, wall := r.Clock.(clock.Wall); wall {
		w.At = r.Clock.Now()
	}
	var entry *provlog.Summary
	if w.Part != string(PartMembers) || !e.drafted {
		entry, e.drafted = r.draft(e, steps), true
	}
	seq, err := r.Writes.Begin(&w, entry)
	if err != nil {
		return 0, scimclient.Stopped(err)
	}
	e.begun = append(e.begun, seq)
	return seq, nil
}

// objectWrite are the facts of a write of the object itself.
func (r *run) objectWrite(e *Entry) inflight.Facts {
	return inflight.Facts{
		Part: string(PartObject), Target: e.targetID(), Names: strings.Join(e.names(), "\n"), Managed: r.manages(e), Shared: e.Shared, NewLink: e.NewLink, Back: e.Back,
	}
}

// createWrite are the facts of a create.
func (r *run) createWrite(e *Entry) inflight.Facts {
	w := r.objectWrite(e)
	w.Target, w.NewLink = "", true
	for _, a := range e.Mapping.Matching() {
		if value, ok := e.value(a); ok {
			w.Match = append(w.Match, inflight.Value{Attribute: a.Name, Value: value})
		}
	}
	return w
}

// draft is the log entry of a write that succeeds, without what all entries have in common.
func (r *run) draft(e *Entry, steps []provlog.Step) *provlog.Summary {
	s := r.content(e)
	s.ProvisioningStatusInfo.Status = provlog.Success
	all := slices.Concat(e.Steps, steps)
	if r.Options.MatchFirst {
		all = matchesBeforeScope(all)
	}
	s.ProvisioningSteps = e.told(all)
	conceal(r.Redact, s)
	return s
}

// answered keeps the outcome of a write. A write that ends the run stays open: whether it reached
// the target is not known.
func (r *run) answered(e *Entry, seq int64, id string, f *scimclient.Failure) {
	switch {
	case seq == 0:
	case f == nil:
		r.Writes.End(seq, inflight.Done, id)
	case f.Stop != nil:
		e.begun = slices.DeleteFunc(e.begun, func(n int64) bool { return n == seq })
	case f.Status >= http.StatusBadRequest && f.Status < http.StatusInternalServerError:
		r.Writes.End(seq, inflight.Rejected, "")
	}
}

// settle says that the next commit holds what an entry wrote.
func (r *run) settle(e *Entry) {
	if r.Writes != nil && len(e.begun) > 0 {
		r.Writes.Settle(e.begun...)
	}
}
