package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsMembersSeveral are the checks of several operations on members in one PATCH.
func groupsMembersSeveral() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-031", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-192", Cause: "members-in-order",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "applies an add and a removal of the same member in order",
			Why:   "One PATCH may contain several changes to a group.",
			Fix:   "Apply each operation to the result of the previous one.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[0])
			p.roster(ctx, g, []string{ids[0], ids[2]}, op("add", "members", refs(ids[1], ids[2])), op("remove", member(ids[1]), nil))
		}),
		check(catalog.Check{
			ID: "MEM-059", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "members-in-order",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "applies every operation on members in one PATCH",
			Why:   "A client that collects changes sends one operation for each member. What is passed over is never sent again.",
			Fix:   "Apply the operations one after the other. Never merge those with the same path.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 4)
			g := p.aGroup(ctx, "g", ids[:2]...)
			p.roster(ctx, g, ids, op("add", "members", refs(ids[2])), op("add", "members", refs(ids[3])))
			p.roster(ctx, g, ids[2:], op("remove", member(ids[0]), nil), op("remove", member(ids[1]), nil))
			p.roster(ctx, g, []string{ids[0], ids[3]}, op("remove", "members", refs(ids[2])), op("add", "members", refs(ids[0])))
			p.roster(ctx, g, []string{ids[0], ids[3]}, op("remove", "members", refs(ids[3])), op("add", "members", refs(ids[3])))
		}),
		check(catalog.Check{
			ID: "MEM-060", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-113", Cause: "members-in-order",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "changes name and members of a group in one PATCH",
			Why:   "Microsoft's validator and other clients send all changes of a group at once.",
			Fix:   "Apply every operation, whatever the others are about.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g := p.aGroup(ctx, "g", ids[:2]...)
			for i, pathless := range []bool{false, true} {
				name, want := p.Name("both"), [][]string{ids, ids[1:]}[i]
				rename := op(p.spelled("replace"), "displayName", name)
				if pathless {
					rename = op(p.spelled("replace"), "", map[string]any{"displayName": name})
				}
				change := []map[string]any{op(p.spelled("add"), "members", refs(ids[2])), op(p.spelled("remove"), member(ids[0]), nil)}[i]
				a := p.do(ctx, http.MethodPatch, g.path(), patchOp(change, rename))
				p.expect(a, match.Success())
				want2 := resource.With(resource.With(g.now, "displayName", name), "members", refs(want...))
				p.becomes(ctx, g, want2, a, "members")
			}
		}),
		check(catalog.Check{
			ID: "MEM-061", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-119", Cause: "atomicity",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "changes no member when a later operation fails",
			Why:   "After a partial change, nobody knows who has access.",
			Fix:   "Apply all operations to a copy. Store the copy only when every operation succeeded.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			taken := p.aGroup(ctx, "taken")
			for _, fails := range []map[string]any{
				op(p.spelled("add"), "members", refs(unlike(ids[0]))),
				op(p.spelled("replace"), "displayName", taken.sent["displayName"]),
			} {
				g := p.aGroup(ctx, "g", ids[0])
				a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(ids[1])), fails))
				if a.Status < 400 {
					continue // the target allows it, which is for others to judge
				}
				p.unmoved(ctx, g, a)
			}
			p.finding.Assertions++
		}),
	}
}
