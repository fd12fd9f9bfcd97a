package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
)

// groupsMembersReplace are the checks of replacing members.
func groupsMembersReplace() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-007", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "sets exactly the given members on replace",
			Why:   "Members that remain after a replace keep access they should have lost.",
			Fix:   "Replace the whole list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.roster(ctx, g, ids[2:], op("replace", "members", refs(ids[2])))
		}),
		check(catalog.Check{
			ID: "MEM-066", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the members that a replace names again",
			Why:   "A full list names those who stay. They must not lose access.",
			Fix:   "Replace the whole list with the one that was sent, once for each member.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 4)
			g := p.aGroup(ctx, "g", ids[:3]...)
			p.roster(ctx, g, ids[1:], op("replace", "members", refs(ids[3], ids[1], ids[2])))
			p.roster(ctx, g, ids[1:], op("replace", "members", refs(ids[2], ids[1], ids[3])))
		}),
		check(catalog.Check{
			ID: "MEM-067", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "members-pathless",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "sets exactly the given members on a replace without a path",
			Why:   "With the feature flag, changes come without a path. A list that is merged instead leaves old access in place.",
			Fix:   "Treat the key members of a value without a path like the path members.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.roster(ctx, g, ids[1:], op("replace", "", map[string]any{"members": refs(ids[1], ids[2])}))
		}),
		check(catalog.Check{
			ID: "MEM-029", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "empties the group on a replace with []",
			Why:   "A group must be empty after its last member has left.",
			Fix:   "Treat an empty list as no members.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			p.roster(ctx, g, nil, op("replace", "members", []any{}))
		}),
		check(catalog.Check{
			ID: "MEM-017", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "sets exactly the given members on PUT",
			Why:   "A PUT that only adds leaves old access in place.",
			Fix:   "Replace the whole list on PUT.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.putRoster(ctx, g, ids[1:])
		}),
		check(catalog.Check{
			ID: "MEM-018", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "empties the group on a PUT with []",
			Why:   "An empty list in a PUT means that the group has no members.",
			Fix:   "Treat an empty list in PUT as no members.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			p.putRoster(ctx, g, nil)
		}),
		check(catalog.Check{
			ID: "MEM-068", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "group-put-same",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "accepts a PUT of a group as it was read",
			Why:   "A client that writes back what it read must not fail, and must not change anything.",
			Fix:   "Ignore read-only attributes in PUT, and accept members that are there already.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			p.write(ctx, g, g.now, http.MethodPut, g.now)
		}),
	}
}

// putRoster replaces a group. It keeps the name and sets other members.
func (p *probe) putRoster(ctx context.Context, g *thing, ids []string) {
	body := map[string]any{"members": refs(ids...)}
	for name, v := range g.sent {
		if name != "members" {
			body[name] = v
		}
	}
	p.rostered(ctx, g, ids, p.do(ctx, http.MethodPut, g.path(), body))
}
