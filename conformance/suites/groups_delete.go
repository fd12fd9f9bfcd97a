package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// groupsDelete are the checks of deleting groups and members.
func groupsDelete() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-011", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-remove",
			Needs: []string{catalog.GroupsHere},
			Title: "removes a deleted user from its groups",
			Why:   "A dangling member comes back with the next user that gets the same id.",
			Fix:   "Remove memberships when a user is deleted.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.do(ctx, "DELETE", "/Users/"+a, nil), match.Status(http.StatusNoContent))
			p.expectMembers(ctx, path, "deleting a member", b)
		}),
		check(catalog.Check{
			ID: "MEM-026", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "deletes a group and keeps its members",
			Why:   "When a group leaves the scope, Entra deletes it. Its users stay.",
			Fix:   "Return 204, then 404. Do not touch any user.",
		}, func(ctx context.Context, p *probe) {
			user, id, sent := p.plain(ctx, "a")
			path, name := p.group(ctx, "g", id)
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
			p.expect(p.find(ctx, "Groups", "displayName", name), match.Total(0))
			p.expect(p.read(ctx, user)["userName"], match.Is("userName of a member of the deleted group", sent["userName"]))
		}),
	}
}
