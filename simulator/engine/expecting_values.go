package engine

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// values are the mapped values that every update writes. Null never flows (E-120), defaults flow
// only into new objects, and what is drawn or told by the clock differs each time.
func (e *expecting) values(entry *cycle.Entry, x *endstate.Expected) {
	for _, v := range entry.Values {
		a := v.Attribute
		switch {
		case a == entry.Mapping.Soft(), v.Value.IsEmpty(), v.FromDefault, v.Omitted, a.Expr == nil:
			continue
		case a.FlowType == syncschema.ObjectAddOnly, a.FlowType == syncschema.AttributeAddOnly:
			continue
		case a.Expr.Calls("Guid", "RandomString", "Now"):
			continue
		}
		want := endstate.Attribute{
			Path: a.Name, Many: a.Multivalued, CaseExact: a.CaseExact && a.Type != "Boolean", Concealed: v.Value.Redacted() || e.redact.Hides(a.Name),
		}
		switch want.Path {
		case mark:
			x.Mark = endstate.Match{Path: mark, Value: v.Value.Text(), CaseExact: a.CaseExact}
		case "displayName":
			want.Changed = e.witness.renamed[entry.Object.Num]
		}
		if a.Roles != mapping.NoRoles { // one kind of PATCH packs roles into another place (W-66)
			want.Path, want.Many = "roles", true
		}
		for _, one := range v.Value.List() {
			if !one.IsEmpty() {
				want.Want = append(want.Want, one.Text())
			}
		}
		want.Exact = a.Roles == mapping.AssertiveRoles
		if len(want.Want) > 0 {
			x.Attributes = append(x.Attributes, want)
		}
	}
}

// activity is the expected value of active.
func (e *expecting) activity(entry *cycle.Entry, x *endstate.Expected) {
	soft := entry.Mapping.Soft()
	for _, v := range entry.Values {
		if v.Attribute == soft && soft != nil && !v.Value.IsEmpty() {
			active := strings.EqualFold(v.Value.Text(), "true")
			x.Active = &active
		}
	}
}

// manager is the expected manager: one who is in the target and in scope (E-44).
func (e *expecting) manager(ctx context.Context, entry *cycle.Entry, x *endstate.Expected) error {
	a := entry.Mapping.Manager()
	if a == nil || e.escrows[entry.Object.Num].manager {
		return nil
	}
	if entry.Object.ManagerID == "" {
		return e.noManager(ctx, entry, x)
	}
	num, err := e.tenant.Num(ctx, entry.Object.ManagerID)
	if err != nil || num == 0 || e.pending[num] {
		return err
	}
	link, linked, err := e.store.Link(ctx, num)
	if err != nil || !linked || !link.Managed || link.Shared {
		return err
	}
	o, err := e.tenant.Get(ctx, num)
	if err != nil || o == nil {
		return err
	}
	ref := endstate.Ref{Type: endstate.User, ID: o.ID, Name: (&cycle.Subject{Object: o}).Name(), Target: link.TargetID}
	x.Manager = &endstate.Reference{Ref: ref, Path: a.Name}
	failed, gaveUp := e.witness.failed[part{entry.Object.Num, cycle.PartManager}]
	sent, _, err := e.store.Manager(ctx, entry.Object.Num)
	switch {
	case gaveUp:
		x.Manager.Known = endstate.Known{GivenUp: true, Why: failed}
	case sent != link.TargetID:
		x.Manager.Known = endstate.Known{NeverTried: true, Why: "the manager was not sent"}
	}
	return err
}

// noManager expects that a manager whom the job took away is gone (W-64).
func (e *expecting) noManager(ctx context.Context, entry *cycle.Entry, x *endstate.Expected) error {
	sent, ever, err := e.store.Manager(ctx, entry.Object.Num)
	_, gaveUp := e.witness.failed[part{entry.Object.Num, cycle.PartManager}]
	if ever && sent == "" && !gaveUp {
		x.NoManager = entry.Mapping.Manager().Name
	}
	return err
}

// members are the expected members of a group: those who are in the target and in scope (E-45).
func (e *expecting) members(ctx context.Context, entry *cycle.Entry, x *endstate.Expected) error {
	group := entry.Object.Num
	if entry.Mapping.Members() == nil {
		x.AnyMembers = true
		return nil
	}
	nums, err := e.tenant.Members(ctx, group)
	if err != nil {
		return err
	}
	list, err := e.store.Members(ctx, group)
	if err != nil {
		return err
	}
	if e.only != nil {
		nums, list, x.OtherMembers = e.picked(nums), nil, true
	}
	written := make(map[int64]bool, len(list))
	for _, n := range list {
		written[n] = true
	}
	changed, err := e.changedMembers(ctx, group)
	if err != nil {
		return err
	}
	known := endstate.Known{NeverTried: true, Why: "the membership was not sent (E-45)"}
	failed, gaveUp := e.witness.failed[part{group, cycle.PartMembers}]
	if gaveUp {
		known = endstate.Known{GivenUp: true, Why: failed}
	}
	links, err := e.store.LinksOf(ctx, append(nums, list...))
	if err != nil {
		return err
	}
	waits := e.escrows[group].members
	if e.witness.removed[group] {
		x.After = endstate.AfterRemoval
	}
	for _, n := range nums {
		link, linked := links[n]
		if !linked {
			continue // who is missing is reported as a person
		}
		m := endstate.Reference{
			Ref:      endstate.Ref{Type: link.Kind, ID: link.SourceID, Target: link.TargetID},
			Optional: !link.Managed || waits[n] || changed[n] || e.pending[n],
		}
		if !written[n] && e.only == nil {
			m.Known = known
		}
		delete(written, n)
		x.Members = append(x.Members, m)
	}
	for n := range written {
		if link, linked := links[n]; linked && (waits[n] || changed[n] || !gaveUp) { // the job knows that it did not remove it
			x.Members = append(x.Members, endstate.Reference{Ref: endstate.Ref{Type: link.Kind, ID: link.SourceID, Target: link.TargetID}, Optional: true})
		}
	}
	return nil
}

// picked are the members that were provisioned on demand.
func (e *expecting) picked(nums []int64) []int64 {
	var out []int64
	for _, n := range nums {
		for _, o := range e.selected {
			if o.Num == n {
				out = append(out, n)
			}
		}
	}
	return out
}

// changedMembers are the memberships that changed after the watermark.
func (e *expecting) changedMembers(ctx context.Context, group int64) (map[int64]bool, error) {
	out := map[int64]bool{}
	if e.after >= e.latest {
		return out, nil
	}
	changes, err := e.tenant.MemberChanges(ctx, group, e.after, e.latest)
	for _, c := range changes {
		out[c.Num] = true
	}
	return out, err
}
