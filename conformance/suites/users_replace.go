package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersReplace are the checks of replacing users by PUT.
func usersReplace() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-031", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "stores the values sent by PUT",
			Why:   "Entra does not send PUT. Admin scripts and other directories do.",
			Fix:   "On PUT, replace the values of the resource and return it.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "put")
			sent["displayName"], sent["title"] = "Replaced", "Boss"
			p.expect(p.do(ctx, "PUT", path, sent), match.Status(http.StatusOK, http.StatusNoContent))
			body := p.read(ctx, path)
			p.expect(body["displayName"], match.Is("displayName after PUT", "Replaced"))
			p.expect(body["title"], match.Is("title after PUT", "Boss"))
		}),
	}
}
