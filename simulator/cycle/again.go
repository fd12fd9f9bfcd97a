package cycle

import "slices"

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
