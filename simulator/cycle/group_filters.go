package cycle

import (
	"context"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Groups that fail their scoping filter and still bring in their members. The other
// side, by option, asks for each user whether a group that entitles it passes.

// strictGroups reports whether the filter of groups counts for their members too.
func (r *run) strictGroups() bool {
	return r.Options.StrictGroups && r.GroupFilter != nil && !r.Options.ScopeAll && !r.everyone
}

// entitledStrictly is Entitled without the groups that fail their filter.
func (r *run) entitledStrictly(ctx context.Context, o *directory.Object) (bool, error) {
	groups, direct, err := r.Tenant.GrantingGroups(ctx, o.Num)
	if err != nil || direct {
		return direct, err
	}
	for _, num := range groups {
		if passes, err := r.groupPasses(ctx, num); passes || err != nil {
			return passes, err
		}
	}
	return false, nil
}

// groupPasses evaluates the filter of a group once in a cycle.
func (r *run) groupPasses(ctx context.Context, num int64) (bool, error) {
	if passes, known := r.passing[num]; known {
		return passes, nil
	}
	g, err := r.Tenant.Get(ctx, num)
	if err != nil || g == nil {
		return false, err
	}
	verdict, err := r.GroupFilter.Evaluate(g.Attribute)
	if r.passing == nil {
		r.passing = map[int64]bool{}
	}
	r.passing[num] = err == nil && !verdict.Failed // one that cannot be evaluated fails the group alone
	return r.passing[num], nil
}

// membersOfChanged are the members of groups that changed: the group may pass its filter now.
func (r *run) membersOfChanged(ctx context.Context) ([]int64, error) {
	groups, err := r.Tenant.Changed(ctx, r.in.After, r.in.UpTo, directory.Group, false)
	var out []int64
	for _, num := range groups {
		members, more := r.Tenant.Members(ctx, num)
		if more != nil {
			return nil, more
		}
		out = append(out, members...)
	}
	return out, err
}
