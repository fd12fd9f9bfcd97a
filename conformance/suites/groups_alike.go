package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsAlike are the checks that ask of groups what others ask of users.
func groupsAlike() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-078", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-27", Cause: "modified-never",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "moves meta.lastModified when a group or its members change",
			Why:   "Clients that synchronize by date never see who joined or left.",
			Fix:   "Set meta.lastModified with every write that changes the group, members included.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "moved", ids[0])
			if stamp(g.now) == "" { // which is judged with all of meta
				p.finding.Lacks = "Group.meta.lastModified"
				p.skip("the target shows no meta.lastModified of groups")
			}
			p.movesStamp(ctx, g, "a change of members",
				func() { p.roster(ctx, g, ids, op("add", "members", refs(ids[1]))) },
				func() { p.roster(ctx, g, ids[:1], op("remove", member(ids[1]), nil)) })
			if a := p.survey.Groups.Find("displayName"); a != nil && !a.Writable() {
				return
			}
			rename := func() {
				name := p.Name("renamed")
				p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "displayName", name))
			}
			p.movesStamp(ctx, g, "a rename", rename, rename)
		}),
	}
}
