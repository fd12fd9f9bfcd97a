package cycle

import (
	"context"
	"fmt"
	"time"

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

// keepMembers remembers a group for the memberships phase, if it stands in the target and is in scope.
func (r *run) keepMembers(e *Entry) {
	if r.Groups.Members() == nil || e.Decision == DecideDelete || e.Skip == provlog.CodeNotAdopted ||
		e.targetID() == "" || !e.Scope.InScope || e.Scope.IsSoftDeleted {
		return
	}
	r.memberships = append(r.memberships, membership{entry: e, all: r.in.Kind == Initial || e.NewLink || e.Retried})
}

// membersOnly reports that a group has nothing to say but membership changes, which
// get an entry of their own.
func (r *run) membersOnly(ctx context.Context, e *Entry) bool {
	if e.kind() != "Group" || e.Skip != provlog.SkipRedundantExport || r.in.Kind == Initial {
		return false
	}
	changes, err := r.Tenant.MemberChanges(ctx, e.Object.Num, r.in.After, r.in.UpTo)
	return err == nil && len(changes) > 0
}

// membershipReferences is the last phase: adds, then removals, group by group (W-87, W-94, A-23).
func (r *run) membershipReferences(ctx context.Context) error {
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
	work := &memberWork{entry: &Entry{
		Object: m.entry.Object, Mapping: r.Groups, Action: provlog.Update, Status: provlog.Success,
		Link: state.Link{TargetID: m.entry.targetID()}, Linked: true,
	}}
	work.entry.call = scimclient.Call{Label: r.changeID(m.entry.Object.ID, "members"), At: r.clock.base}
	if m.entry.Skip == provlog.SkipRedundantExport {
		work.entry.Steps = append(work.entry.Steps, m.entry.Steps[:len(m.entry.Steps)-1]...)
	}
	for _, change := range wanted {
		if err := r.planMember(ctx, work, change); err != nil {
			return nil, err
		}
	}
	return work, nil
}

type memberChange struct {
	num     int64
	present bool
}

// wantedMembers lists the memberships to look at: all of the group, or those touched
// since the watermark and those due from escrow.
func (r *run) wantedMembers(ctx context.Context, group int64, all bool) ([]memberChange, error) {
	var out []memberChange
	if all {
		members, err := r.Tenant.Members(ctx, group)
		if err != nil {
			return nil, err
		}
		want := make(map[int64]bool, len(members))
		for _, n := range members {
			want[n] = true
			out = append(out, memberChange{n, true})
		}
		written, err := r.Store.Members(ctx, group)
		for _, n := range written {
			if !want[n] {
				out = append(out, memberChange{n, false})
			}
		}
		return out, err
	}
	changes, err := r.Tenant.MemberChanges(ctx, group, r.in.After, r.in.UpTo)
	if err != nil {
		return nil, err
	}
	seen := map[int64]bool{}
	for _, c := range changes {
		seen[c.Num] = true
		out = append(out, memberChange{c.Num, c.Present})
	}
	return r.dueMembers(ctx, group, seen, out)
}

func (r *run) dueMembers(ctx context.Context, group int64, seen map[int64]bool, out []memberChange) ([]memberChange, error) {
	due, err := r.Store.Due(ctx, r.Clock.Now())
	if err != nil {
		return nil, err
	}
	var members map[int64]bool
	for _, esc := range due {
		if esc.Num != group || esc.What != state.Member || seen[esc.Other] {
			continue
		}
		if members == nil {
			members = map[int64]bool{}
			nums, err := r.Tenant.Members(ctx, group)
			if err != nil {
				return nil, err
			}
			for _, n := range nums {
				members[n] = true
			}
		}
		out = append(out, memberChange{esc.Other, members[esc.Other]})
	}
	return out, nil
}

// planMember sorts one membership into add, remove or unresolved.
func (r *run) planMember(ctx context.Context, work *memberWork, c memberChange) error {
	r.result.Counts.ImportedReferences++
	written, err := r.Store.HasMember(ctx, work.entry.Object.Num, c.num)
	if err != nil || written == c.present {
		return err
	}
	link, linked, err := r.Store.Link(ctx, c.num)
	if err != nil {
		return err
	}
	switch m := (&member{num: c.num, sourceID: link.SourceID, targetID: link.TargetID}); {
	case c.present && linked && link.Managed: // W-93: who left scope is no member to be written
		work.add = append(work.add, m)
	case c.present:
		work.unresolved = append(work.unresolved, c.num)
	case linked:
		work.remove = append(work.remove, m)
	}
	return nil
}

// writeMembers sends the PATCHes of one group, MembersPerPatch members each (W-69 to W-73).
func (r *run) writeMembers(ctx context.Context, work *memberWork) {
	w := referenceWrite{collection: "Groups", attribute: "members", present: true, render: r.Dialect.AddMembers}
	r.writeChunks(ctx, work.entry, work.add, w)
	w.present, w.render = false, r.Dialect.RemoveMembers
	r.writeChunks(ctx, work.entry, work.remove, w)
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

// commitMembers writes what was achieved and escrows the rest.
func (r *run) commitMembers(ctx context.Context, work *memberWork) error {
	e := work.entry
	r.result.Counts.Requests += e.requests
	written := 0
	for _, list := range []struct {
		members []*member
		put     func(context.Context, int64, int64) error
		count   *int64
		add     bool
	}{
		{work.add, r.Store.PutMember, &r.result.Counts.MembersAdded, true},
		{work.remove, r.Store.DropMember, &r.result.Counts.MembersRemoved, false},
	} {
		for _, m := range list.members {
			ok, err := r.commitMember(ctx, e, m, list.put)
			if err != nil {
				return err
			}
			if ok {
				written++
				*list.count++
				e.Modified = append(e.Modified, memberProperty(m, list.add))
			}
		}
	}
	if e.cut != nil && written == 0 && e.Failure == nil {
		return halted{e.cut}
	}
	if err := r.commitUnresolved(ctx, work); err != nil {
		return err
	}
	r.memberSteps(work, written)
	r.count(e)
	r.clock.took(time.Duration(written) * r.Options.WriteTime)
	if err := r.write(ctx, r.summary(e, r.changeID(e.Object.ID, "members"))); err != nil || e.cut == nil {
		return err
	}
	return halted{e.cut}
}

func (r *run) commitMember(ctx context.Context, e *Entry, m *member, put func(context.Context, int64, int64) error) (bool, error) {
	key := state.Escrow{Num: e.Object.Num, What: state.Member, Other: m.num}
	switch {
	case m.failure == nil:
		if err := put(ctx, e.Object.Num, m.num); err != nil {
			return false, err
		}
		return true, r.Store.DropEscrow(ctx, key.Num, key.What, key.Other)
	case m.failure.Stop != nil:
		return false, nil
	}
	_, err := r.keep(ctx, key, m.failure)
	return false, err
}

func (r *run) commitUnresolved(ctx context.Context, work *memberWork) error {
	for _, num := range work.unresolved {
		o, err := r.Tenant.Get(ctx, num)
		if err != nil || o == nil {
			return err
		}
		if err := r.waitFor(ctx, work.entry.Object.Num, state.Member, o); err != nil {
			return err
		}
		work.entry.step(provlog.Step{
			Name: provlog.EntrySynchronizationSkip, Type: provlog.ReferenceResolution, Status: provlog.Warning,
			Description: fmt.Sprintf("The member '%s' is not provisioned; Group '%s' was written without it", o.ID, work.entry.Object.ID),
			Details:     provlog.Details{{Key: "SkipReason", Value: provlog.CodeUnresolvedReference}, {Key: "ReportableIdentifier", Value: o.ID}},
		})
	}
	return nil
}

func (r *run) memberSteps(work *memberWork, written int) {
	e := work.entry
	if len(work.add)+len(work.remove) == 0 {
		e.Action, e.Status = provlog.Other, provlog.Skipped
		return
	}
	s := provlog.Step{
		Name: provlog.EntryExportUpdate, Type: provlog.Export, Status: provlog.Success,
		Description: fmt.Sprintf("%d memberships of Group '%s' were written", written, e.Object.ID),
		Details:     provlog.Details{{Key: "ReportableIdentifier", Value: e.Object.ID}},
	}
	if e.Failure != nil {
		s.Status = provlog.Failure
		s.Description = fmt.Sprintf("%d of %d memberships of Group '%s' could not be written", len(work.add)+len(work.remove)-written, len(work.add)+len(work.remove), e.Object.ID)
	}
	e.step(s)
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
