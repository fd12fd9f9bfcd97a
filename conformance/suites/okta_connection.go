package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// oktaConnection are the requests by which an administrator connects an app (O-1 to O-3), and errors.
func oktaConnection() []Spec {
	const refused = `the administrator cannot save the integration: Okta's connection test fails`
	return slices.Concat([]Spec{
		byOkta(demand{
			number: 1, rule: "O-1, O-14", cause: "okta-connection", evidence: oktaLab(),
			title: "answers Okta's connection test",
			why:   "Test Connector Configuration and every save of the integration send this request. If it fails, nobody can turn provisioning on.",
			fix:   "Return 200 with a ListResponse for GET /Users?startIndex=1&count=2. Write totalResults, startIndex and itemsPerPage as numbers.",
		}, func(ctx context.Context, w *wire) {
			w.step("", refused)
			w.page(w.fetch(ctx, "/Users?startIndex=1&count=2"), 2)
		}),
		byOkta(demand{
			number: 2, rule: "O-2", cause: "okta-connection", evidence: oktaPage(), groups: true,
			title: "answers the connection test of an app that imports groups",
			why:   "With Import Groups, the connection test asks for groups as well.",
			fix:   "Return 200 with a ListResponse for GET /Groups?startIndex=1&count=100.",
		}, func(ctx context.Context, w *wire) {
			w.step("", refused)
			w.page(w.fetch(ctx, "/Groups?startIndex=1&count=100"), 100)
		}),
		byOkta(demand{
			number: 4, rule: "O-25", cause: "error-format", evidence: oktaLab(),
			title: "returns errors from which Okta can quote a detail",
			why:   "Okta copies detail into the task that its administrator reads. Of an error that is no JSON, it shows only that it could not be parsed.",
			fix:   "Return a SCIM error with a detail for every error, in JSON.",
		}, func(ctx context.Context, w *wire) {
			u := w.oktaUser(ctx, "known")
			for _, id := range []string{unlike(u.id), "010101001010101011001010101011"} {
				w.explains(w.fetch(ctx, "/Users/"+id), http.StatusNotFound)
			}
		}),
	}, atLast([]Spec{
		byOkta(demand{
			number: 3, rule: "O-3", cause: "error-format-outer", evidence: oktaSuite(),
			title: "refuses Okta's requests without valid credentials by a SCIM error",
			why:   "Okta's SPEC suite asks for 401 with detail, status and the schema of errors.",
			fix:   "Let the authentication return 401 with a SCIM error.",
		}, func(ctx context.Context, w *wire) {
			header := w.heading(false)
			header.Set("Authorization", "non-token")
			a, err := w.Send(ctx, http.MethodGet, "/Users?startIndex=1&count=2", nil, header)
			w.got(a, err)
			w.last = a
			w.explains(a, http.StatusUnauthorized)
		}),
	}))
}

// page asserts a list response that Okta can read, with up to most resources.
func (w *wire) page(a session.Response, most int) {
	w.expect(a, match.Status(http.StatusOK))
	for _, name := range []string{"totalResults", "startIndex", "itemsPerPage"} {
		v, said := a.Body[name]
		_, number := v.(float64)
		w.expect(number || !said && name != "totalResults", match.Member(name, fact.OtherForm, name+" is a number", a.Request+" returned "+name+" "+match.JSON(a.Body[name])))
	}
	urns, _ := a.Body["schemas"].([]any)
	w.expect(slices.Contains(urns, any(listURN)), match.Member("schemas", fact.Absent, "schemas has "+listURN, a.Request+" returned schemas "+match.JSON(urns)))
	list, listed := a.Body["Resources"].([]any)
	w.expect(listed || a.Page().Total == 0, match.Member("Resources", fact.Absent, "Resources is a list", a.Request+" returned no list of Resources"))
	w.expect(len(list) <= most, match.That(fmt.Sprintf("at most %d resources", most), fmt.Sprintf("%s returned %d", a.Request, len(list))))
}

// explains asserts an error whose detail Okta can quote.
func (w *wire) explains(a session.Response, status int) {
	w.expect(a, match.Status(status))
	w.expect(a.Body != nil && a.Text("detail") != "", match.Member("detail", fact.Absent, "the error is JSON and has a detail", a.Request+" returned "+match.JSON(string(a.Raw[:min(len(a.Raw), 80)]))))
	urns, _ := a.Body["schemas"].([]any)
	w.expect(slices.Contains(urns, any(errorSchema)), match.Member("schemas", fact.Absent, "schemas has "+errorSchema, a.Request+" returned schemas "+match.JSON(urns)))
}

const errorSchema = "urn:ietf:params:scim:api:messages:2.0:Error"
