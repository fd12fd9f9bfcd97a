package cycle

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// dueReferences are the references of a phase whose time to be tried again has come.
func (r *run) dueReferences(ctx context.Context, what state.What) (map[int64][]state.Escrow, error) {
	due, err := r.Store.Due(ctx, r.Clock.Now())
	out := map[int64][]state.Escrow{}
	for _, esc := range due {
		if esc.What == what {
			out[esc.Num] = append(out[esc.Num], esc)
		}
	}
	return out, err
}

func (r *run) dueMembers(ctx context.Context, group int64, seen map[int64]bool, out []memberChange) ([]memberChange, error) {
	var members map[int64]bool
	for _, esc := range r.due[group] {
		if seen[esc.Other] {
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

// unsure are the members of a group whose last write failed. The target may have done what
// it answered with an error, and members are never read (E-292), so such a membership is
// written as the source has it now, whatever state says (inferred).
func (r *run) unsure(ctx context.Context, group int64) (map[int64]bool, error) {
	kept, err := r.Store.References(ctx, group, state.Member)
	out := map[int64]bool{}
	for _, esc := range kept {
		if esc.Fault.Code != provlog.CodeUnresolvedReference {
			out[esc.Other] = true
		}
	}
	return out, err
}

// doubtful are the members of a group that a restart is to write again though they were written
// once: those who were disabled and came back, which the target may have dropped (E-46,
// E-276), or all by option. Who of them is no member any more is removed as everybody else.
func (r *run) doubtful(ctx context.Context, group int64, members []int64) (map[int64]bool, error) {
	if !r.in.Restarted || r.in.Kind != Initial {
		return map[int64]bool{}, nil
	}
	if !r.Options.RewriteMembers {
		var err error
		if members, err = r.Store.Doubtful(ctx, group); err != nil {
			return nil, err
		}
	}
	again := make(map[int64]bool, len(members))
	for _, n := range members {
		again[n] = true
	}
	return again, nil
}

// settled drops the escrows that are due and have nothing left to be done: the membership
// ended before it was written, or was written on another way.
func (r *run) settled(ctx context.Context, work *memberWork) error {
	open := map[int64]bool{}
	for _, m := range slices.Concat(work.add, work.remove) {
		open[m.num] = true
	}
	for _, num := range work.unresolved {
		open[num] = true
	}
	for _, esc := range r.due[work.entry.Object.Num] {
		if open[esc.Other] {
			continue
		}
		if err := r.Store.DropEscrow(ctx, esc.Num, esc.What, esc.Other); err != nil {
			return err
		}
	}
	return nil
}
