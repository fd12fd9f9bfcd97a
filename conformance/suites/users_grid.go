package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// usersGrid are the checks of every attribute of a new user in every representation. Their
// findings have the attribute as subject.
func usersGrid() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-043", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76, R-46", Cause: "create",
			Title: "stores every attribute of a create",
			Why:   "Entra sends a value once. A value that is dropped without an error is missing until it changes.",
			Fix:   "Store each attribute of POST /Users that a PATCH would store.",
		}, func(ctx context.Context, p *probe) {
			m := p.aWhole(ctx, "all", false)
			p.stores(ctx, m, m.answer, "create")
		}),
		check(catalog.Check{
			ID: "USR-044", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-76", Cause: "echo",
			Title: "shows a new user in the response to the create as in the next read",
			Why:   "A client takes over what the response shows, and does not notice what was not stored.",
			Fix:   "Build the response from the stored resource, with the code that reads use.",
		}, func(ctx context.Context, p *probe) {
			m := p.aWhole(ctx, "echo", true)
			p.echoesUser(m, m.answer, "echo")
		}),
		check(catalog.Check{
			ID: "USR-045", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "lists",
			Needs: []string{catalog.Filter},
			Title: "shows every attribute of a user in the response to a filter",
			Why:   "Entra reads users by filter before it compares. What is missing there is written again in every cycle.",
			Fix:   "Serialize resources with one function, for queries and for reads by id.",
		}, func(ctx context.Context, p *probe) {
			m := p.aWhole(ctx, "found", false)
			a := p.find(ctx, "Users", "userName", m.sent["userName"])
			p.listsAll(m, a, m.found, "the response to a filter")
		}),
		check(catalog.Check{
			ID: "USR-046", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "lists", Alone: true,
			Title: "shows every attribute of a user in a list without a filter",
			Why:   "Account discovery compares what lists show. A missing value looks like a user without it.",
			Fix:   "Serialize resources with one function, for lists and for reads by id.",
		}, func(ctx context.Context, p *probe) {
			p.hasPages("Users")
			m := p.aWhole(ctx, "listed", false)
			if s := p.survey; s.Asked && s.Patch.Works && s.Lacks(s.Users, enterprise) == nil { // the survey sends no manager
				boss := p.aUser(ctx, "boss", nil)
				p.do(ctx, http.MethodPatch, m.path(), patchOp(op(p.spelled("add"), enterprise+":manager", map[string]any{"value": boss.id})))
				m.now = p.arranged(ctx, &m.thing)
			}
			a, one := p.listedUser(ctx, m.id)
			if one == nil {
				p.skip("the user was not found on the first and last page of all users")
			}
			p.listsAll(m, a, one, "a list")
		}),
	}
}

// listsAll notes each attribute that a list shows in another way than a read by id.
func (p *probe) listsAll(m *made, a session.Response, one map[string]any, where string) {
	if one == nil {
		p.skip("the user was not found, which other checks are about")
	}
	p.finding.Assertions++
	lost := p.lost(m.sent, m.now)
	for _, d := range resource.Compare(m.now, one, p.rules(nil)) {
		if d.Want == nil || at(lost, d.Path) {
			continue
		}
		f := apart(a, d, where)
		f.Layer = fact.Claim
		f.Expected += ", as a read by id does"
		p.finds(d.Path, "", f)
	}
}

// listedUser looks for a user on the last and on the first page of all users.
func (p *probe) listedUser(ctx context.Context, id string) (session.Response, map[string]any) {
	const size = 20
	page := func(start int) (session.Response, map[string]any) {
		a := p.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", start, size))
		p.expect(a, match.Status(http.StatusOK))
		return a, byID(a.Page().Resources, id)
	}
	a, one := page(1)
	if total := a.Page().Total; one == nil && total > size {
		a, one = page(total - size + 1)
	}
	return a, one
}
