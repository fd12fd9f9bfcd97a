package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// groupsMembersRemove are the checks of removing members.
func groupsMembersRemove() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-005", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes exactly the members that a value list names",
			Why:   "Without the feature flag, Entra removes a member this way.",
			Fix:   "On remove of members with a value list, remove only the listed members.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b, c)
			p.change(ctx, path, op("remove", "members", refs(b)))
			p.expectMembers(ctx, path, "removing one member by a value list", a, c)
		}),
		check(catalog.Check{
			ID: "MEM-006", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes exactly the member that a filter selects",
			Why:   "With the feature flag, Entra removes members by members[value eq \"…\"].",
			Fix:   "Support a value filter on members.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b, c)
			p.change(ctx, path, op("remove", "members[value eq "+quoted(b)+"]", nil))
			p.expectMembers(ctx, path, "removing one member by a filter", a, c)
		}),
		check(catalog.Check{
			ID: "MEM-020", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "tolerates the removal of a non-member",
			Why:   "Entra repeats a removal when the response was lost.",
			Fix:   "Return success or 400 noTarget, and change nothing.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.patch(ctx, path, op("remove", "members[value eq "+quoted(c)+"]", nil)), match.Status(200, 204, 400))
			p.expectMembers(ctx, path, "removing a non-member", a, b)
		}),
		check(catalog.Check{
			ID: "MEM-028", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-160", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes all members on a remove without a value",
			Why:   "RFC 7644 shows this form for emptying a group.",
			Fix:   "Treat a remove of members without value or filter as a removal of all members.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("remove", "members", nil))
			p.expectMembers(ctx, path, "removing all members")
		}),
	}
}
