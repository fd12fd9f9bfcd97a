package cycle

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// begun are the facts of a write that simulator/inflight keeps before the request is sent. If the
// process is killed before the commit, the next run learns from them what the target has (S1).
type begun struct {
	Part    Part            `json:"part"`
	Action  provlog.Action  `json:"action"`
	Kind    string          `json:"kind"`
	Num     int64           `json:"num"`
	Source  string          `json:"source"`
	Target  string          `json:"target,omitempty"` // "" of a create
	CycleID string          `json:"cycleId"`
	Cycle   int             `json:"cycle"`
	Attempt int             `json:"attempt,omitempty"`
	Demand  int             `json:"demand,omitempty"` // of a provisioning on demand, its number
	At      time.Time       `json:"at"`
	Names   string          `json:"names,omitempty"` // the matching values, as a link keeps them
	Managed bool            `json:"managed,omitempty"`
	Shared  bool            `json:"shared,omitempty"`
	NewLink bool            `json:"newLink,omitempty"`
	Back    bool            `json:"back,omitempty"`
	Match   []matchingValue `json:"match,omitempty"`   // of a create
	Manager string          `json:"manager,omitempty"` // the target id that was written
	Members []begunMember   `json:"members,omitempty"`
	Present bool            `json:"present,omitempty"` // the members were added
}

// matchingValue is a matching attribute with the value that a create sends.
type matchingValue struct {
	Attribute string `json:"attribute"`
	Value     string `json:"value"`
}

// begunMember is a membership that is written.
type begunMember struct {
	Num    int64  `json:"num"`
	Target string `json:"target"`
}

// announce keeps the facts of a write and the entry that it will have: its steps so far, and those
// given. A failure ends the run, and nothing may be sent.
func (r *run) announce(ctx context.Context, e *Entry, w begun, steps ...provlog.Step) (int64, *scimclient.Failure) {
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
	var entry []byte
	if w.Part != PartMembers || !e.drafted {
		entry, e.drafted = r.draft(e, steps), true
	}
	seq, err := r.Writes.Begin(w.append(make([]byte, 0, 512)), entry)
	if err != nil {
		return 0, scimclient.Stopped(err)
	}
	e.begun = append(e.begun, seq)
	return seq, nil
}

// objectWrite are the facts of a write of the object itself.
func (r *run) objectWrite(e *Entry) begun {
	return begun{
		Part: PartObject, Target: e.targetID(), Names: strings.Join(e.names(), "\n"), Managed: r.manages(e), Shared: e.Shared, NewLink: e.NewLink, Back: e.Back,
	}
}

// createWrite are the facts of a create.
func (r *run) createWrite(e *Entry) begun {
	w := r.objectWrite(e)
	w.Target, w.NewLink = "", true
	for _, a := range e.Mapping.Matching() {
		if value, ok := e.value(a); ok {
			w.Match = append(w.Match, matchingValue{a.Name, value})
		}
	}
	return w
}

// draft is the log entry of a write that succeeds, without what all entries have in common.
func (r *run) draft(e *Entry, steps []provlog.Step) []byte {
	s := r.content(e)
	s.ProvisioningStatusInfo.Status = provlog.Success
	s.ProvisioningSteps = slices.Concat(e.Steps, steps)
	if r.Options.MatchFirst {
		s.ProvisioningSteps = matchesBeforeScope(s.ProvisioningSteps)
	}
	r.conceal(s)
	return s.Append(make([]byte, 0, 3<<10))
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
