package cycle

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/inflight"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// membership is a group whose members are to be compared once all groups are written.
type membership struct {
	entry *Entry // of the groups phase
	all   bool   // compare the whole list, not only what changed
}

// member is one membership to be written or removed.
type member struct {
	num      int64
	sourceID string
	targetID string
	failure  *scimclient.Failure
}

// memberWork is what one group needs.
type memberWork struct {
	entry       *Entry
	add, remove []*member
	unresolved  []int64
}

// keepMembers remembers a group for the memberships phase, if it stands in the target and is in
// scope. Otherwise there is no membership to be tried again.
func (r *run) keepMembers(ctx context.Context, e *Entry) error {
	if r.Groups.Members() == nil || e.Decision == DecideDelete || e.Skip.Reason == provlog.ReasonNotAdopted ||
		e.targetID() == "" || !e.Scope.InScope || e.Scope.IsSoftDeleted {
		return r.Store.DropReferences(ctx, e.Object.Num, state.Member)
	}
	num := e.Object.Num
	r.memberships = append(r.memberships, membership{
		entry: e,
		// A group that was held back is back in scope: its members may have changed meanwhile.
		all: r.in.Kind == Initial || e.NewLink || e.Retried || r.staged[num] || slices.Contains(r.in.Again, num),
	})
	return nil
}

// membersOnly reports that a group has nothing to say but membership changes, which
// get an entry of their own.
func (r *run) membersOnly(ctx context.Context, e *Entry) (bool, error) {
	if e.kind() != "Group" || e.Skip.Reason != provlog.ReasonRedundant || r.in.Kind == Initial {
		return false, nil
	}
	changes, err := r.Tenant.MemberChanges(ctx, e.Object.Num, r.in.After, r.in.UpTo)
	return len(changes) > 0, err
}

// membershipReferences is the last phase: adds, then removals, group by group (W-87, W-94, A-23).
func (r *run) membershipReferences(ctx context.Context) error {
	if len(r.memberships) == 0 {
		return nil
	}
	var err error
	if r.due, err = r.dueReferences(ctx, state.Member); err != nil {
		return err
	}
	w := newWindow(r.Options.Parallel)
	return w.drain(ctx, r.eachMembership(ctx, w))
}

func (r *run) eachMembership(ctx context.Context, w *window) error {
	for i, m := range r.memberships {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.progress(PhaseMemberships, int64(i+1), int64(len(r.memberships)))
		work, err := r.planMembers(ctx, m)
		if err != nil {
			return err
		}
		if len(work.add)+len(work.remove)+len(work.unresolved) == 0 {
			continue
		}
		u := unit{commit: func(ctx context.Context) error { return r.commitMembers(ctx, work) }}
		if len(work.add)+len(work.remove) > 0 {
			u.exchange = func(ctx context.Context) { r.writeMembers(ctx, work) }
		}
		if err := w.add(ctx, u); err != nil {
			return err
		}
	}
	return nil
}

// planMembers compares what the directory says with what was written. Members are never
// read from the target (E-292).
func (r *run) planMembers(ctx context.Context, m membership) (*memberWork, error) {
	group := m.entry.Object.Num
	wanted, err := r.wantedMembers(ctx, group, m.all)
	if err != nil {
		return nil, err
	}
	work := r.memberWork(m)
	if work.entry.Retrial, err = r.retrial(ctx, group, state.Member); err != nil {
		return nil, err
	}
	if err := r.sortMembers(ctx, work, wanted); err != nil {
		return nil, err
	}
	return work, r.settled(ctx, work)
}

// memberWork begins the entry about the members of a group.
func (r *run) memberWork(m membership) *memberWork {
	work := &memberWork{entry: &Entry{
		Subject: Subject{Object: m.entry.Object, Mapping: r.Groups, Named: m.entry.Named, Link: state.Link{TargetID: m.entry.targetID()}, Linked: true},
		Outcome: Outcome{Action: provlog.Update, Status: provlog.Success},
	}}
	work.entry.call = scimclient.Call{Label: r.changeID(m.entry.Object.ID, "members"), At: r.clock.base, Waited: &work.entry.waited}
	if m.entry.Skip.Reason == provlog.ReasonRedundant {
		work.entry.Steps = append(work.entry.Steps, m.entry.Steps[:len(m.entry.Steps)-1]...)
	}
	return work
}

type memberChange struct {
	num     int64
	present bool
}

// wantedMembers lists the memberships that are not as they were written: of the whole
// group, or among those touched since the watermark and those due from escrow.
func (r *run) wantedMembers(ctx context.Context, group int64, all bool) ([]memberChange, error) {
	if all {
		return r.allMembers(ctx, group)
	}
	var out []memberChange
	changes, err := r.Tenant.MemberChanges(ctx, group, r.in.After, r.in.UpTo)
	if err != nil {
		return nil, err
	}
	unsure, err := r.unsure(ctx, group)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, c := range changes {
		seen[c.Num] = true
		out = append(out, memberChange{c.Num, c.Present})
	}
	if out, err = r.dueMembers(ctx, group, seen, out); err != nil {
		return nil, err
	}
	r.result.Counts.ImportedReferences += int64(len(out))
	changed := out[:0]
	for _, c := range out {
		written, err := r.Store.HasMember(ctx, group, c.num)
		if err != nil {
			return nil, err
		}
		if written != c.present || unsure[c.num] {
			changed = append(changed, c)
		}
	}
	return changed, nil
}

// allMembers compares the whole group: members to be added, then those to be removed.
func (r *run) allMembers(ctx context.Context, group int64) ([]memberChange, error) {
	members, err := r.Tenant.Members(ctx, group)
	if err != nil {
		return nil, err
	}
	list, err := r.Store.Members(ctx, group)
	if err != nil {
		return nil, err
	}
	written := make(map[int64]bool, len(list))
	for _, n := range list {
		written[n] = true
	}
	doubtful, err := r.doubtful(ctx, group, members)
	if err != nil {
		return nil, err
	}
	unsure, err := r.unsure(ctx, group)
	if err != nil {
		return nil, err
	}
	var out []memberChange
	for _, n := range members {
		if !written[n] || unsure[n] || doubtful[n] {
			out = append(out, memberChange{n, true})
		}
		delete(written, n)
		delete(unsure, n)
	}
	for n := range unsure {
		if !written[n] {
			written[n] = true
			list = append(list, n)
		}
	}
	slices.Sort(list)
	for _, n := range list {
		if written[n] {
			out = append(out, memberChange{n, false})
		}
	}
	r.result.Counts.ImportedReferences += int64(len(members) + len(written))
	return out, nil
}

// sortMembers sorts memberships into add, by the ids of the members, remove and unresolved.
func (r *run) sortMembers(ctx context.Context, work *memberWork, changes []memberChange) error {
	nums := make([]int64, len(changes))
	for i, c := range changes {
		nums[i] = c.num
	}
	links, err := r.Store.LinksOf(ctx, nums)
	if err != nil {
		return err
	}
	for _, c := range changes {
		link, linked := links[c.num]
		switch m := (&member{num: c.num, sourceID: link.SourceID, targetID: link.TargetID}); {
		case c.present && linked && link.Managed: // W-93: who left scope is no member to be written
			work.add = append(work.add, m)
		case c.present:
			work.unresolved = append(work.unresolved, c.num)
		case linked:
			work.remove = append(work.remove, m)
		}
	}
	slices.SortFunc(work.add, func(a, b *member) int { return strings.Compare(a.sourceID, b.sourceID) })
	return nil
}

// writeMembers sends the PATCHes of one group, MembersPerPatch members each (W-69 to W-73).
func (r *run) writeMembers(ctx context.Context, work *memberWork) {
	add := referenceWrite{collection: "Groups", attribute: "members", present: true, render: r.Dialect.AddMembers}
	remove := referenceWrite{collection: "Groups", attribute: "members", render: r.Dialect.RemoveMembers}
	if r.Options.RemovalsFirst {
		r.writeChunks(ctx, work.entry, work.remove, remove)
		r.writeChunks(ctx, work.entry, work.add, add)
		return
	}
	r.writeChunks(ctx, work.entry, work.add, add)
	r.writeChunks(ctx, work.entry, work.remove, remove)
}

func (r *run) writeChunks(ctx context.Context, e *Entry, members []*member, w referenceWrite) {
	size := max(r.Options.MembersPerPatch, 1)
	for len(members) > 0 {
		chunk := members[:min(size, len(members))]
		members = members[len(chunk):]
		ids := make([]string, len(chunk))
		for i, m := range chunk {
			ids[i] = m.targetID
		}
		w.begun = func(ids []string) inflight.Facts { return membersWrite(e, chunk, ids, w.present) }
		failure := r.writeReferences(ctx, e, ids, w)
		for _, m := range chunk {
			m.failure = failure
		}
		switch {
		case failure == nil:
			e.Wrote = true
		case failure.Stop != nil:
			for _, m := range members {
				m.failure = failure
			}
			e.cut = failure.Stop
			return
		default:
			e.fail(failure)
		}
	}
}

// membersWrite are the facts of one PATCH of members.
func membersWrite(e *Entry, members []*member, ids []string, present bool) inflight.Facts {
	w := inflight.Facts{Part: string(PartMembers), Target: e.Link.TargetID, Present: present}
	for _, m := range members {
		if slices.Contains(ids, m.targetID) {
			w.Members = append(w.Members, inflight.Member{Num: m.num, Target: m.targetID})
		}
	}
	return w
}

// commitMembers writes what was achieved and escrows the rest.
func (r *run) commitMembers(ctx context.Context, work *memberWork) error {
	e := work.entry
	r.result.Counts.Requests += e.requests
	added, err := r.commitChanged(ctx, e, work.add, true)
	if err != nil {
		return err
	}
	removed, err := r.commitChanged(ctx, e, work.remove, false)
	if err != nil {
		return err
	}
	r.result.Counts.MembersAdded += int64(added)
	r.result.Counts.MembersRemoved += int64(removed)
	written := added + removed
	if e.cut != nil && written == 0 && e.Failure == nil {
		return halted{e.cut}
	}
	if err := r.commitUnresolved(ctx, work); err != nil {
		return err
	}
	e.step(e.membersExported(written, len(work.add)+len(work.remove))...)
	r.count(e)
	r.clock.took(time.Duration(written) * r.Options.WriteTime)
	if err := r.write(ctx, e, PartMembers); err != nil || e.cut == nil {
		return err
	}
	return halted{e.cut}
}

// commitChanged remembers the memberships that were written, or are not there any more, and
// says how many; those that failed are kept for a retry.
func (r *run) commitChanged(ctx context.Context, e *Entry, members []*member, present bool) (int, error) {
	var done []int64
	for _, m := range members {
		key := state.Escrow{Num: e.Object.Num, What: state.Member, Other: m.num}
		var err error
		switch {
		case m.failure == nil:
			done = append(done, m.num)
			e.Modified = append(e.Modified, memberProperty(m, present))
			err = r.Store.DropEscrow(ctx, key.Num, key.What, key.Other)
		case m.failure.Stop == nil:
			_, err = r.keep(ctx, key, m.failure)
		}
		if err != nil {
			return 0, err
		}
	}
	if present {
		return len(done), r.Store.PutMembers(ctx, e.Object.Num, done)
	}
	return len(done), r.Store.DropMembers(ctx, e.Object.Num, done)
}

func (r *run) commitUnresolved(ctx context.Context, work *memberWork) error {
	var members []*directory.Object
	for _, num := range work.unresolved {
		o, err := r.Tenant.Get(ctx, num)
		if err != nil {
			return err
		}
		if o != nil {
			members = append(members, o)
		}
	}
	slices.SortFunc(members, func(a, b *directory.Object) int { return strings.Compare(a.ID, b.ID) })
	for _, o := range members {
		if err := r.waitFor(ctx, work.entry.Object.Num, state.Member, resolved{id: o.ID, num: o.Num}); err != nil {
			return err
		}
		work.entry.step(work.entry.lacks(o.ID))
	}
	return nil
}

func memberProperty(m *member, added bool) provlog.ModifiedProperty {
	p := provlog.ModifiedProperty{DisplayName: "members"}
	if added {
		p.NewValue = new(m.targetID)
	} else {
		p.OldValue = new(m.targetID)
	}
	return p
}
