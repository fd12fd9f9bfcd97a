package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// usersUnique are the checks of the uniqueness of users.
func usersUnique() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-002", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "taken-name",
			Title: "returns 409 for a second user with the same userName",
			Why:   "Without a conflict, the next cycle creates duplicates. A lost response leads to a second account.",
			Fix:   "Check that userName is unique before you insert. Return 409 with scimType uniqueness.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "twin", nil)
			again := p.person("again", map[string]any{"userName": u.sent["userName"]})
			a := p.post(ctx, "Users", "userName", again)
			p.rejected(a, http.StatusConflict)
			p.untouchedUser(ctx, u, a)
		}),
		check(catalog.Check{
			ID: "USR-056", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "scim-type",
			Title: "says scimType uniqueness in a conflict",
			Why:   "Entra and people tell by it which value is taken.",
			Fix:   "Return scimType uniqueness with each 409 for a taken userName.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "twin", nil)
			a := p.post(ctx, "Users", "userName", p.person("again", map[string]any{"userName": u.sent["userName"]}))
			p.because("taken-name", a, match.Status(http.StatusConflict))
			p.expect(a.Body[resource.Key(a.Body, "scimType")], match.Is("scimType of the conflict", "uniqueness"))
		}),
		check(catalog.Check{
			ID: "USR-003", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "letter-case",
			Title: "returns 409 for a second userName that differs only in case",
			Why:   "Entra does not keep the case of user principal names stable.",
			Fix:   "Compare userName case-insensitively when you check uniqueness.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "twin", nil)
			name, _ := u.sent["userName"].(string)
			a := p.post(ctx, "Users", "userName", p.person("again", map[string]any{"userName": strings.ToUpper(name)}))
			p.rejected(a, http.StatusConflict)
			p.untouchedUser(ctx, u, a)
		}),
		check(catalog.Check{
			ID: "USR-026", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-22", Cause: "takeover",
			Title: "keeps two users separate when they share an e-mail",
			Why:   "If a create takes over the account with the same e-mail, somebody else gets that account and its rights.",
			Fix:   "Create a new resource on POST, or return 409. Never link accounts by e-mail.",
		}, func(ctx context.Context, p *probe) {
			p.has("emails")
			u := p.aUser(ctx, "first", nil)
			a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": u.sent["emails"]}))
			if a.Status != http.StatusConflict && a.Status != http.StatusBadRequest { // a target may require unique e-mails
				p.expect(a, match.Made())
				p.expect(p.id(a) != u.id, match.That("the second user gets a new id", "it got the id of the first user, which has the same e-mail"))
			}
			p.untouchedUser(ctx, u, a)
		}),
		check(catalog.Check{
			ID: "USR-037", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "taken-name",
			Title: "rejects a duplicate userName even if the existing user is not the oldest",
			Why:   "Two accounts with one name break matching permanently.",
			Fix:   "Put a unique index on userName, with case folded.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "oldest", nil)
			u := p.aUser(ctx, "younger", nil)
			a := p.post(ctx, "Users", "userName", p.person("again", map[string]any{"userName": u.sent["userName"]}))
			p.rejected(a, http.StatusConflict)
			p.untouchedUser(ctx, u, a)
		}),
		check(catalog.Check{
			ID: "USR-042", Suite: "users", About: catalog.Attributes, Level: catalog.Should, Basis: rfc7643("8.7.1"), Rule: "R-74", Cause: "uniqueness",
			Title: "allows two users to share a private e-mail address",
			Why:   "Families and assistants share addresses. Nobody can understand or repair a 409 for a free userName in Entra.",
			Fix:   "Keep userName unique. Keep e-mails unique only if /Schemas says so.",
		}, func(ctx context.Context, p *probe) {
			p.has("emails")
			shared := p.Mail(p.Name("family"))
			home := []any{typed(p.kind("emails"), map[string]any{"value": shared})}
			p.aUser(ctx, "first", map[string]any{"emails": home})
			a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": home}))
			p.expect(a, match.Made())
		}),
		check(catalog.Check{
			ID: "USR-057", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-79", Cause: "taken-name",
			Needs: []string{catalog.Patch},
			Title: "rejects a PATCH to a userName that is taken, and keeps both users",
			Why:   "After a rename to a taken name, two people share one sign-in name, and matching finds the wrong one.",
			Fix:   "Check that userName is unique on every write, without regard to case. Return 409, and change nothing.",
		}, func(ctx context.Context, p *probe) {
			p.takes(ctx, func(second *thing, name string) session.Response {
				return p.patch(ctx, second.path(), op("replace", "userName", name))
			})
		}),
		check(catalog.Check{
			ID: "USR-059", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-79", Cause: "letter-case",
			Needs: []string{catalog.Patch},
			Title: "rejects a PATCH to a userName that differs from a taken one only in case",
			Why:   "After a rename to a taken name, two people share one sign-in name, and matching finds the wrong one.",
			Fix:   "Check that userName is unique on every write, without regard to case. Return 409, and change nothing.",
		}, func(ctx context.Context, p *probe) {
			p.takes(ctx, func(second *thing, name string) session.Response {
				return p.patch(ctx, second.path(), op("replace", "userName", strings.ToUpper(name)))
			})
		}),
		check(catalog.Check{
			ID: "USR-058", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-79", Cause: "taken-name",
			Needs: []string{catalog.Put},
			Title: "rejects a PUT with a userName that is taken, and keeps both users",
			Why:   "After a rename to a taken name, two people share one sign-in name, and matching finds the wrong one.",
			Fix:   "Check that userName is unique on every write, without regard to case. Return 409, and change nothing.",
		}, func(ctx context.Context, p *probe) {
			p.takes(ctx, func(second *thing, name string) session.Response {
				body := resource.With(second.sent, "userName", name)
				body["id"] = second.id
				return p.put(ctx, second, body)
			})
		}),
	}
}

// takes writes the userName of one user to another, and asserts that the target rejects it and
// keeps both.
func (p *probe) takes(ctx context.Context, write func(second *thing, name string) session.Response) {
	p.renamesUser()
	first, second := p.aUser(ctx, "first", nil), p.aUser(ctx, "second", nil)
	name, _ := first.sent["userName"].(string)
	a := write(second, name)
	p.rejected(a, http.StatusConflict, http.StatusBadRequest) // table 9 of RFC 7644 has uniqueness for 400
	p.untouchedUser(ctx, second, a)
	p.untouchedUser(ctx, first, a)
}
