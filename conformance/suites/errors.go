package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// errorBodies are the checks of errors.
func errorBodies() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-001", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "error-format",
			Title: "returns 404 with a SCIM error for an unknown id",
			Why:   "The provisioning log shows the error body. HTML helps nobody there.",
			Fix:   "Return a SCIM error object for every error, with status as a string.",
		}, func(ctx context.Context, p *probe) {
			p.expect(p.get(ctx, "/Users/"+p.Name("no-such-id")), match.SCIMError(404, ""))
		}),
		check(catalog.Check{
			ID: "HTP-004", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.12"), Rule: "R-145", Cause: "error-format",
			Title: "uses only RFC 7644 keywords for scimType",
			Why:   "Clients decide what to do by this keyword. A custom keyword tells them nothing.",
			Fix:   "Use a keyword from RFC 7644 table 9, or omit scimType and put the rest in detail.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "words")
			p.expect(p.post(ctx, "Users", "userName", p.person("again", map[string]any{"userName": sent["userName"]})), match.Keyword())
			p.expect(p.get(ctx, filtered("Users", "userName nosuchoperator")), match.Keyword())
			p.expect(p.do(ctx, "POST", "/Users", "{"), match.Keyword())
			p.expect(p.get(ctx, path+"-no"), match.Keyword())
		}),
	}
}
