package endstate

import (
	"context"
	"slices"
	"strings"
)

// Memberships are the groups of a target with their members, as far as lists show them.
type Memberships struct {
	names   map[string]string          // by id
	members map[string]map[string]bool // by id of the group
}

// ListMemberships lists the groups with their members; nil if there are more memberships than a
// limit, or if the target does not list its groups.
func ListMemberships(ctx context.Context, r Reader, limit int) (*Memberships, error) {
	m := &Memberships{names: map[string]string{}, members: map[string]map[string]bool{}}
	for total := 1; len(m.members) < total; {
		page, err := r.List(ctx, "Groups", len(m.members)+1)
		if err != nil {
			return nil, ctx.Err() //nolint:wrapcheck // the caller's own; a target need not list groups
		}
		before := len(m.members)
		for _, g := range page.Resources {
			set := map[string]bool{}
			for _, v := range everyValue("members", g) {
				if id := referenceID(v); id != "" {
					set[id] = true
				}
			}
			m.names[g.ID], _ = value("displayName", g).(string)
			m.members[g.ID] = set
			limit -= len(set) + 1
		}
		if limit < 0 {
			return nil, nil //nolint:nilnil // nothing is known
		}
		if total = page.Total; len(m.members) == before {
			break
		}
	}
	return m, nil
}

// Joined are the memberships of some people, by their ids in the target, that were not there before;
// of all groups but one.
func (m *Memberships) Joined(before *Memberships, people map[string]Ref, but string) []Difference {
	var list []Difference
	for group, members := range m.members {
		for id, who := range people {
			if group != but && members[id] && !before.members[group][id] {
				list = append(list, Difference{Kind: MemberExtra, Object: Ref{Type: Group, Name: m.names[group], Target: group}, Other: &who})
			}
		}
	}
	slices.SortFunc(list, func(a, b Difference) int {
		return strings.Compare(a.Object.Name+" "+a.Object.Target+" "+a.Other.ID, b.Object.Name+" "+b.Object.Target+" "+b.Other.ID)
	})
	return list
}

// Found adds differences that were found in another way.
func (r *Result) Found(list []Difference, each func(Difference) error) error {
	f := findings{each: each, byKey: map[string]*Finding{}}
	for _, d := range list {
		f.add(d)
	}
	r.Add(Result{Findings: f.sorted()})
	return f.err
}
