package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersUnique are the checks of the uniqueness of users.
func usersUnique() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-002", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "uniqueness",
			Title: "returns 409 for a second user with the same userName",
			Why:   "Without a conflict, the next cycle creates duplicates. A lost response leads to a second account.",
			Fix:   "Check that userName is unique before you insert. Return 409 with scimType uniqueness.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "twin")
			again := p.person("again", map[string]any{"userName": sent["userName"]})
			p.expect(p.post(ctx, "Users", "userName", again), match.SCIMError(http.StatusConflict, "uniqueness"))
			p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the first user", sent["externalId"]))
		}),
		check(catalog.Check{
			ID: "USR-003", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "letter-case",
			Title: "returns 409 for a second userName that differs only in case",
			Why:   "Entra does not keep the case of user principal names stable.",
			Fix:   "Compare userName case-insensitively when you check uniqueness.",
		}, func(ctx context.Context, p *probe) {
			_, _, sent := p.plain(ctx, "twin")
			upper := strings.ToUpper(sent["userName"].(string))
			again := p.person("again", map[string]any{"userName": upper})
			p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
		}),
		check(catalog.Check{
			ID: "USR-026", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-22", Cause: "create",
			Title: "keeps two users separate when they share an e-mail",
			Why:   "If a create takes over the account with the same e-mail, somebody else gets that account and its rights.",
			Fix:   "Create a new resource on POST, or return 409. Never link accounts by e-mail.",
		}, func(ctx context.Context, p *probe) {
			path, id, sent := p.plain(ctx, "first")
			a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": sent["emails"]}))
			if a.Status != http.StatusConflict { // a target may require unique e-mails
				p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
				p.expect(p.id(a) != id, match.That("the second user gets a new id", "it got the id of the first user, which has the same e-mail"))
			}
			body := p.read(ctx, path)
			p.expect(body["userName"], match.Is("userName of the first user", sent["userName"]))
			p.expect(body["externalId"], match.Is("externalId of the first user", sent["externalId"]))
		}),
		check(catalog.Check{
			ID: "USR-037", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "uniqueness",
			Title: "rejects a duplicate userName even if the existing user is not the oldest",
			Why:   "Two accounts with one name break matching permanently.",
			Fix:   "Put a unique index on userName, with case folded.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "oldest")
			path, _, sent := p.plain(ctx, "younger")
			again := p.person("again", map[string]any{"userName": sent["userName"]})
			p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
			p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the existing user", sent["externalId"]))
		}),
		check(catalog.Check{
			ID: "USR-042", Suite: "users", About: catalog.Attributes, Level: catalog.Should, Basis: rfc7643("8.7.1"), Rule: "R-74", Cause: "uniqueness",
			Title: "allows two users to share a private e-mail address",
			Why:   "Families and assistants share addresses. Nobody can understand or repair a 409 for a free userName in Entra.",
			Fix:   "Keep userName unique. Keep e-mails unique only if /Schemas says so.",
		}, func(ctx context.Context, p *probe) {
			shared := p.Name("family") + "@scimdrill.example"
			home := []any{map[string]any{"type": "home", "value": shared}}
			p.user(ctx, "first", map[string]any{"emails": home})
			a := p.post(ctx, "Users", "userName", p.person("second", map[string]any{"emails": home}))
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		}),
	}
}
