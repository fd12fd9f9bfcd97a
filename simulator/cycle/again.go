package cycle

import (
	"context"
	"slices"
)

// again lists the objects of this cycle whose references are not known to be written: users
// with a manager, and groups whose members are all to be compared. Their own state is
// committed, so neither a link to be made nor an escrow tells the next attempt to look at
// them. An initial cycle looks at everybody anyway.
func (r *run) again() []int64 {
	if r.over || r.in.Kind == Initial {
		return nil
	}
	out := slices.Clone(r.in.Again)
	for _, ref := range r.managers {
		out = append(out, ref.num)
	}
	for _, m := range r.memberships {
		if m.all {
			out = append(out, m.entry.Object.Num)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// keptForLater are the objects of which the cycle before left out what a create does not export
// . An initial cycle looks at everybody anyway.
func (r *run) keptForLater(ctx context.Context) ([]int64, error) {
	kept, err := r.Store.Later(ctx)
	if err != nil {
		return nil, err
	}
	r.later = make(map[int64]bool, len(kept))
	for _, num := range kept {
		r.later[num] = true
	}
	return kept, nil
}

// commitLater keeps an object whose create left something out for the next cycle, and forgets one
// that had its turn. A failure has an escrow, which brings it back.
func (r *run) commitLater(ctx context.Context, e *Entry) error {
	if e.later {
		return r.Store.PutLater(ctx, e.Object.Num)
	}
	return r.completed(ctx, e.Object.Num)
}

// completed forgets that an object had something left for this cycle.
func (r *run) completed(ctx context.Context, num int64) error {
	if !r.later[num] {
		return nil
	}
	return r.Store.DropLater(ctx, num)
}
