package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
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
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids...)
			p.roster(ctx, g, []string{ids[0], ids[2]}, op("remove", "members", refs(ids[1])))
		}),
		check(catalog.Check{
			ID: "MEM-062", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes all members that a value list names, and only those",
			Why:   "With several members in one request, a member that is passed over keeps access for good.",
			Fix:   "On remove of members with a value list, process every element of the list.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 5)
			g := p.aGroup(ctx, "g", ids...)
			p.roster(ctx, g, []string{ids[0], ids[2], ids[4]}, op("remove", "members", refs(ids[3], ids[1])))
			p.roster(ctx, g, nil, op("remove", "members", refs(ids[0], ids[2], ids[4])))
		}),
		check(catalog.Check{
			ID: "MEM-006", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes exactly the member that a filter selects",
			Why:   "With the feature flag, Entra removes members by members[value eq \"…\"].",
			Fix:   "Support a value filter on members.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids...)
			p.roster(ctx, g, []string{ids[0], ids[2]}, op("remove", member(ids[1]), nil))
		}),
		check(catalog.Check{
			ID: "MEM-063", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-conditions",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes no member that only a part of the conditions selects",
			Why:   "A condition that is passed over removes somebody else.",
			Fix:   "Evaluate the whole filter of a path, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids...)
			for _, filter := range []string{
				"value eq " + quoted(ids[0]) + " and value eq " + quoted(unlike(ids[0])),
				"value eq " + quoted(unlike(ids[0])) + " and value eq " + quoted(ids[0]),
				"value eq " + quoted(unlike(ids[0])),
			} {
				a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("remove"), "members["+filter+"]", nil)))
				p.unmoved(ctx, g, a)
			}
			either := "value eq " + quoted(ids[0]) + " or value eq " + quoted(ids[1])
			left := ids
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("remove"), "members["+either+"]", nil)))
			if a.Status < http.StatusMultipleChoices {
				left = ids[2:]
			}
			p.becomes(ctx, g, resource.With(g.now, "members", refs(left...)), a, "members")
		}),
		check(catalog.Check{
			ID: "MEM-020", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "members-absent",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "tolerates the removal of a non-member",
			Why:   "Entra repeats a removal when the response was lost.",
			Fix:   "Return success or 400 noTarget, and change nothing.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("remove"), member(ids[2]), nil)))
			p.expect(a, match.Status(200, 204, 400))
			p.unmoved(ctx, g, a)
		}),
		check(catalog.Check{
			ID: "MEM-064", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: compatibility(), Rule: "R-188", Cause: "members-absent",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "tolerates non-members in a value list to remove",
			Why:   "Entra repeats a removal when the response was lost, also for users whom somebody else has removed.",
			Fix:   "Remove the listed users who are members, ignore the others, and touch nobody else.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 4)
			g := p.aGroup(ctx, "g", ids[:3]...)
			a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("remove"), "members", refs(ids[3]))))
			p.expect(a, match.Status(200, 204, 400))
			p.unmoved(ctx, g, a)
			a = p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("remove"), "members", refs(ids[3], ids[1]))))
			if p.expect(a, match.Status(200, 204, 400)); a.Status == http.StatusBadRequest {
				p.unmoved(ctx, g, a)
				return
			}
			p.rostered(ctx, g, []string{ids[0], ids[2]}, a)
		}),
		check(catalog.Check{
			ID: "MEM-028", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-160", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes all members on a remove without a value",
			Why:   "RFC 7644 shows this form for emptying a group.",
			Fix:   "Treat a remove of members without value or filter as a removal of all members.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			p.roster(ctx, g, nil, op("remove", "members", nil))
		}),
		check(catalog.Check{
			ID: "MEM-065", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-156", Cause: "members-again",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "adds a member again that was removed",
			Why:   "People come back. A member that cannot be added again has no access, without an error.",
			Fix:   "Forget a member when it is removed, or restore it on add.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids[0])
			for range 2 { // the second time with equal requests
				p.roster(ctx, g, ids, op("add", "members", refs(ids[1])))
				p.roster(ctx, g, ids[:1], op("remove", "members", refs(ids[1])))
			}
		}),
	}
}
