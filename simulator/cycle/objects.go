package cycle

import (
	"context"
	"errors"
	"slices"
	"sort"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// users is the first phase (W-87).
func (r *run) users(ctx context.Context) error {
	return r.objects(ctx, PhaseUsers, directory.User, r.Users, func(ctx context.Context, e *Entry) error {
		return r.keepManager(ctx, e)
	})
}

// groups is the third phase; groups are written without members (E-291, W-44).
func (r *run) groups(ctx context.Context) error {
	if r.Groups == nil {
		return nil
	}
	return r.objects(ctx, PhaseGroups, directory.Group, r.Groups, r.keepMembers)
}

// objects takes every object that the cycle has to look at through the stages: all of
// them in an initial cycle, else what changed and what is due from escrow (E-41, E-43).
// after is called once an object's own state is written.
func (r *run) objects(ctx context.Context, phase Phase, kind directory.Kind, m *mapping.Object, after func(context.Context, *Entry) error) error {
	w := newWindow(r.Options.Parallel)
	var done int64
	step := func(o *directory.Object, total int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, err := r.plan(ctx, o, m)
		if err != nil {
			return err
		}
		done++
		r.progress(phase, done, total)
		if e.Decision == DecideNothing {
			return errors.Join(r.Store.DropEscrows(ctx, o.Num), r.completed(ctx, o.Num)) // there is nothing left to retry
		}
		u := unit{commit: func(ctx context.Context) error { return r.commitObject(ctx, e, after) }}
		if e.Decision == DecideDelete && r.mustHoldBack(e) {
			e.holdBack(nil)
		} else if e.Decision.needsTarget() {
			u.lanes = e.lanes()
			u.exchange = func(ctx context.Context) { r.exchange(ctx, e) }
		}
		return w.add(ctx, u)
	}
	return w.drain(ctx, r.eachObject(ctx, kind, m, step))
}

func (r *run) eachObject(ctx context.Context, kind directory.Kind, m *mapping.Object, step func(*directory.Object, int64) error) error {
	if r.in.Kind == Initial {
		total, err := r.Tenant.Count(ctx, kind)
		if err != nil {
			return err
		}
		return r.Tenant.Each(ctx, kind, func(o *directory.Object) error { return step(o, total) })
	}
	objects, err := r.changed(ctx, kind, m)
	if err != nil {
		return err
	}
	for _, o := range objects {
		if err := step(o, int64(len(objects))); err != nil {
			return err
		}
	}
	return nil
}

// changed is the delta since the watermark, and what is due from escrow, by object id.
func (r *run) changed(ctx context.Context, kind directory.Kind, m *mapping.Object) ([]*directory.Object, error) {
	nums, err := r.Tenant.Changed(ctx, r.in.After, r.in.UpTo, kind, m.ReadsRoles() || r.strictGroups())
	if err != nil {
		return nil, err
	}
	r.result.Counts.ImportedDeltas += int64(len(nums))
	seen := make(map[int64]bool, len(nums))
	for _, n := range nums {
		seen[n] = true
	}
	due, err := r.dueObjects(ctx)
	if err != nil {
		return nil, err
	}
	r.retried = map[int64]bool{}
	for _, n := range due {
		r.retried[n] = !seen[n]
	}
	kept, err := r.keptForLater(ctx)
	if err != nil {
		return nil, err
	}
	again := slices.Concat(r.in.Staged, r.in.Again, due, kept)
	if kind == directory.User && r.strictGroups() {
		members, err := r.membersOfChanged(ctx)
		if err != nil {
			return nil, err
		}
		again = append(again, members...)
	}
	for _, n := range again {
		if !seen[n] {
			seen[n] = true
			nums = append(nums, n)
		}
	}
	objects := make([]*directory.Object, 0, len(nums))
	for _, n := range nums {
		o, err := r.Tenant.Get(ctx, n)
		if err != nil {
			return nil, err
		}
		if o != nil && o.Kind == kind {
			objects = append(objects, o)
		}
	}
	sort.Slice(objects, func(i, j int) bool { return objects[i].ID < objects[j].ID })
	return objects, nil
}

// commitObject writes link, escrow, counters and log of one object.
func (r *run) commitObject(ctx context.Context, e *Entry, after func(context.Context, *Entry) error) error {
	r.result.Counts.Requests += e.requests - e.counted
	e.counted = e.requests
	if e.Failure != nil && e.Failure.Stop != nil {
		return halted{e.Failure.Stop}
	}
	if e.gate.held {
		r.held = append(r.held, held{e, after})
		return nil
	}
	r.keepStaged(e)
	if err := r.commitLink(ctx, e); err != nil {
		return err
	}
	if err := r.commitLater(ctx, e); err != nil {
		return err
	}
	r.count(e)
	quiet := false
	if e.Failure == nil {
		if err := after(ctx, e); err != nil {
			return err
		}
		var err error
		if quiet, err = r.membersOnly(ctx, e); err != nil {
			return err
		}
	}
	r.clock.took(r.cost(e))
	if quiet {
		return nil
	}
	return r.write(ctx, e, PartObject)
}

// commitLink brings links and escrows up to date with what happened.
func (r *run) commitLink(ctx context.Context, e *Entry) error {
	if e.Failure != nil {
		return r.escrow(ctx, e)
	}
	_, failedBefore, err := r.Store.Escrow(ctx, e.Object.Num, state.Object, 0)
	if err != nil {
		return err
	}
	if failedBefore {
		e.Retried = true
		if err := r.Store.DropEscrow(ctx, e.Object.Num, state.Object, 0); err != nil {
			return err
		}
	}
	if e.Relinked {
		if err := r.Store.DropLink(ctx, e.Object.Num); err != nil || e.Target.ID == "" {
			return err
		}
	}
	switch {
	case e.Decision == DecideDelete:
		err := errors.Join(r.Store.DropEscrows(ctx, e.Object.Num), r.Store.DropLink(ctx, e.Object.Num))
		if err != nil || !e.Wrote { // a stale read may have said that it was gone
			return err
		}
		return r.Store.PutDeleted(ctx, state.Deleted{Kind: e.kind(), TargetID: e.Link.TargetID, SourceID: e.Object.ID, Name: e.name()})
	case e.Skip.Reason == provlog.ReasonNotAdopted, e.Target.ID == "" && (!e.Linked || !e.Scoped):
		return nil
	}
	if e.NewLink {
		r.countLink(e)
	}
	if e.Back {
		if err := r.Store.Doubt(ctx, e.Object.Num); err != nil {
			return err
		}
	}
	managed := r.manages(e)
	names := e.Link.Names
	if e.NewLink || e.Decision == DecideUpdate || e.Decision == DecideMatch {
		names = strings.Join(e.names(), "\n")
	}
	if !e.NewLink && e.Linked && e.Link.Managed == managed && e.Link.Names == names {
		return nil
	}
	err = r.Store.PutLink(ctx, state.Link{
		Num: e.Object.Num, Kind: e.kind(), SourceID: e.Object.ID, TargetID: e.targetID(), Managed: managed, Names: names,
		Shared: e.Shared || e.Link.Shared && !e.NewLink,
	})
	r.unclaim(e)
	if errors.Is(err, state.ErrTaken) { // the target gave an id twice
		e.fail(scimclient.Failed(provlog.Fault{Code: provlog.CodeDuplicateSource, Why: provlog.WhyLinked, About: provlog.About{TargetID: e.Target.ID}}))
		return r.escrow(ctx, e)
	}
	return err
}

// manages reports whether a later deletion of the object is passed on: who left scope is not
// managed any more (E-220), and by option neither is who lies in the recycle bin.
func (r *run) manages(e *Entry) bool {
	inBin := e.Object.Presence == directory.SoftDeleted
	return !e.Scope.OutOfScope() && (!inBin || !r.Options.BinUnassigns)
}

// countLink counts a link that was made.
func (r *run) countLink(e *Entry) {
	if e.kind() == "Group" {
		r.result.Counts.LinkedGroups++
	} else {
		r.result.Counts.LinkedUsers++
	}
}

// count adds the entry to the cycle's figures.
func (r *run) count(e *Entry) {
	c := &r.result.Counts
	switch {
	case e.Status == provlog.Failure:
		c.Failed++
	case e.Status == provlog.Skipped:
		c.Skipped++
	case e.Action == provlog.Create:
		c.Created++
	case e.Action == provlog.Update:
		c.Updated++
	case e.Action == provlog.Disable:
		c.Disabled++
	case e.Action == provlog.Delete:
		c.Deleted++
	}
}
