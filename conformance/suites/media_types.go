package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// mediaTypes are the checks of the headers that clients send. The Content-Type of responses is
// judged in all of them; see package invariant.
func mediaTypes() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-049", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.8"), Rule: "R-83", Cause: "request-media-type",
			Title: "accepts bodies of type application/json",
			Why:   "Several clients label their bodies application/json. With 415, none of their requests works.",
			Fix:   "Parse application/json like application/scim+json.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "scim", nil)
			for _, kind := range []string{"application/json", "application/json; charset=utf-8"} {
				a, err := p.MakeAs(ctx, "Users", "userName", p.person("json", nil), p.With("Content-Type", kind))
				p.got(a, err)
				p.expect(a, match.Made())
			}
		}),
		check(catalog.Check{
			ID: "HTP-050", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.8"), Rule: "R-82", Cause: "accept",
			Title: "returns resources whatever common Accept header is sent",
			Why:   "Clients send different Accept headers. A 406 stops every request of such a client.",
			Fix:   "Serve application/scim+json for application/scim+json, application/json, */* and a missing Accept header.",
		}, func(ctx context.Context, p *probe) {
			for _, accept := range []string{"application/scim+json", "application/json", "*/*", "application/scim+json, application/json;q=0.9"} {
				a, err := p.Send(ctx, http.MethodGet, p.anyList("Users"), nil, p.With("Accept", accept))
				p.got(a, err)
				a.Request += " with Accept: " + accept
				p.expect(a, match.Status(http.StatusOK))
			}
		}),
	}
}
