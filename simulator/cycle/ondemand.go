package cycle

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/quarantine"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Demand is what to provision now, outside the cycles (E-280).
type Demand struct {
	Object  *directory.Object
	Members []*directory.Object // of a group, those that were picked
	// Number tells demands of a job apart; Cycle is the last cycle of the job.
	Number, Cycle int
}

// Demanded is what came of it.
type Demanded struct {
	Began, Ended time.Time
	// Cause is set when the test of the connection failed; nothing else was done then (E-281).
	Cause *quarantine.Cause
	// Entries are the log's: the object, then its manager or its members.
	Entries []*provlog.Summary
	Counts  Counts
}

// OnDemand takes one object through the stages of a cycle. It writes links and log and
// ends an escrow of the object, and leaves watermark and escrows of others alone; a
// failure is not kept for a retry.
func OnDemand(ctx context.Context, cfg Config, d Demand) (Demanded, error) {
	cfg.Options.Deletions.On = false // E-226: the threshold counts what cycles do
	r := &run{Config: cfg, in: Input{Number: d.Cycle, Kind: Incremental, Demand: d.Number}, id: cfg.IDs.ForDemand(d.Number), demand: &Demanded{Began: cfg.Clock.Now()}}
	r.init()
	r.begin()
	err := r.onDemand(ctx, d)
	if err == nil {
		err = r.clock.end(ctx)
	}
	r.demand.Ended, r.demand.Counts = r.Clock.Now(), r.result.Counts
	r.result.Counts = Counts{} // they belong to no cycle
	if more := r.commit(ctx); err == nil {
		err = more
	}
	return *r.demand, err
}

func (r *run) onDemand(ctx context.Context, d Demand) error {
	var err error
	if r.everyone, err = r.Tenant.EveryoneAssigned(ctx); err != nil {
		return err
	}
	cause, err := r.preflight(ctx)
	if err != nil || cause != nil {
		r.demand.Cause = cause
		return err
	}
	if err := r.lookAtUnanswered(ctx); err != nil {
		return err
	}
	if err := r.lookAtLinks(ctx); err != nil {
		return err
	}
	m, after := r.Users, r.keepManager
	if d.Object.Kind == directory.Group {
		m, after = r.Groups, r.keepMembers
	}
	e, err := r.plan(ctx, d.Object, m)
	if err != nil {
		return err
	}
	if e.Decision.needsTarget() {
		r.exchange(ctx, e)
	}
	if err := r.commitObject(ctx, e, after); err != nil {
		return err
	}
	if err := r.managerReferences(ctx); err != nil {
		return err
	}
	return r.pickedMembers(ctx, d.Members)
}

// pickedMembers writes the memberships that were picked, and no others.
func (r *run) pickedMembers(ctx context.Context, picked []*directory.Object) error {
	if len(r.memberships) == 0 || len(picked) == 0 {
		return nil
	}
	e := r.memberships[0].entry
	var wanted []memberChange
	for _, o := range picked {
		written, err := r.Store.HasMember(ctx, e.Object.Num, o.Num)
		if err != nil {
			return err
		}
		if !written {
			wanted = append(wanted, memberChange{o.Num, true})
		}
	}
	work := r.memberWork(r.memberships[0])
	if err := r.sortMembers(ctx, work, wanted); err != nil || len(wanted) == 0 {
		return err
	}
	if len(work.add) > 0 {
		r.writeMembers(ctx, work)
	}
	return r.commitMembers(ctx, work)
}

// demandFailed tells of a failure by nature.
func (r *run) demandFailed(f *scimclient.Failure) {
	if f.Nature && r.demand.Cause == nil {
		r.demand.Cause = exception(f)
	}
}
