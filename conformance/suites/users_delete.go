package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersDelete are the checks of deleting users.
func usersDelete() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-007", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Needs: []string{catalog.Filter},
			Title: "deletes a user completely: 204, then 404, and no filter match",
			Why:   "A deleted user that can still be found is linked again and regains access.",
			Fix:   "On DELETE, remove the user from reads and queries, and return 204.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "gone")
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNotFound))
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
		}),
		check(catalog.Check{
			ID: "USR-008", Suite: "users", About: catalog.Attributes, Level: catalog.Should, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "delete",
			Title: "allows the userName of a deleted user to be reused",
			Why:   "An employee who returns after 30 days is created again.",
			Fix:   "Release unique keys when a user is deleted.",
		}, func(ctx context.Context, p *probe) {
			path, id, sent := p.plain(ctx, "back")
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
			a := p.post(ctx, "Users", "userName", sent)
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.id(a) != id, match.That("the new user has a new id", "it has the id of the deleted user"))
		}),
		check(catalog.Check{
			ID: "USR-016", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Needs: []string{catalog.Patch},
			Title: "returns 404 for every request to a deleted user",
			Why:   "After a 404, Entra matches the user again. A success hides that the link is dead.",
			Fix:   "Look up the user before DELETE, PUT, PATCH and GET, and return 404.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "gone")
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent, http.StatusOK))
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
			p.expect(p.patch(ctx, path, op("replace", "displayName", "Ghost")), match.Status(http.StatusNotFound))
			p.expect(p.do(ctx, "PUT", path, sent), match.Status(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNotFound))
		}),
	}
}
