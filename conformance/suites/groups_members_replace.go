package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
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
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("replace", "members", refs(c)))
			p.expectMembers(ctx, path, "a replace with one member", c)
		}),
		check(catalog.Check{
			ID: "MEM-029", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-160", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "empties the group on a replace with []",
			Why:   "A group must be empty after its last member has left.",
			Fix:   "Treat an empty list as no members.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("replace", "members", []any{}))
			p.expectMembers(ctx, path, "a replace with []")
		}),
		check(catalog.Check{
			ID: "MEM-017", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "sets exactly the given members on PUT",
			Why:   "A PUT that only adds leaves old access in place.",
			Fix:   "Replace the whole list on PUT.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, name := p.group(ctx, "g", a, b)
			p.putMembers(ctx, path, name, b, c)
			p.expectMembers(ctx, path, "a PUT with two members", b, c)
		}),
		check(catalog.Check{
			ID: "MEM-018", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-162", Cause: "members-replace",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "empties the group on a PUT with []",
			Why:   "An empty list in a PUT means that the group has no members.",
			Fix:   "Treat an empty list in PUT as no members.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, name := p.group(ctx, "g", a, b)
			p.putMembers(ctx, path, name)
			p.expectMembers(ctx, path, "a PUT with []")
		}),
	}
}

// putMembers replaces a group. It keeps the name and sets other members.
func (p *probe) putMembers(ctx context.Context, path, name string, ids ...string) {
	body := map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + name, "members": refs(ids...)}
	p.expect(p.do(ctx, "PUT", path, body), match.Status(200, 204))
}
