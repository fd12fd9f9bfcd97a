package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersUnknown are the checks of ids that no user has.
func usersUnknown() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-062", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-106", Cause: "unknown-id",
			Title: "returns 404 for PATCH, PUT, DELETE and GET of an id that no user has",
			Why:   "After a 404, Entra matches the user again. A success hides that nothing happened.",
			Fix:   "Look up the user before GET, PATCH, PUT and DELETE, and return 404. Never create a user on PUT.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "known", nil)
			like := unlike(u.id)
			a := p.get(ctx, "/Users/"+like)
			p.holdsFor("GET unknown", "", a, match.Status(http.StatusNotFound))
			p.nobody(ctx, like, "unknown", http.StatusNotFound)
			p.nobody(ctx, p.Name("no-such-id"), "strange", http.StatusNotFound, http.StatusBadRequest)
		}),
	}
}

// nobody sends every write to an id that no user has. A target may look at a request before it
// looks for the user, so each is one that it accepts for other users.
func (p *probe) nobody(ctx context.Context, id, what string, statuses ...int) {
	path := "/Users/" + id
	if attribute := p.patched(); attribute != "" {
		a := p.do(ctx, http.MethodPatch, path, patchOp(op(p.spelled("replace"), attribute, "Ghost")))
		p.holdsFor("PATCH "+what, "", a, match.Status(statuses...))
	}
	body := p.person("ghost", nil)
	body["id"] = id
	a := p.do(ctx, http.MethodPut, path, body)
	p.holdsFor("PUT "+what, "", a, match.Status(append(slices.Clone(statuses), http.StatusMethodNotAllowed, http.StatusNotImplemented)...))
	if made := a.ID(); a.Status == http.StatusCreated && made != "" {
		p.do(ctx, http.MethodDelete, "/Users/"+made, nil)
	}
	a = p.do(ctx, http.MethodDelete, path, nil)
	p.holdsFor("DELETE "+what, "", a, match.Status(statuses...))
}
