package invariant

import (
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// bodyRules are the rules of bodies as a whole.
func bodyRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-003", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.1"), Rule: "R-82", Cause: "media-type",
			Title: "returns every body with Content-Type application/scim+json",
			Why:   "Microsoft asks for this media type in all responses.",
			Fix:   "Set Content-Type to application/scim+json.",
		}, func(r *response, _ *history) (bool, *breach) {
			wished := strings.Contains(r.Exchange.RequestHeader.Get("Accept"), "application/json") // what the client asks for is legal
			errors := r.status >= http.StatusBadRequest && (r.object == nil || r.status >= http.StatusInternalServerError)
			if r.empty() || wished || errors || r.status >= http.StatusMultipleChoices && r.status < http.StatusBadRequest || r.method == http.MethodHead {
				return false, nil
			}
			kind, _, _ := strings.Cut(r.Exchange.ResponseHeader.Get("Content-Type"), ";")
			kind = strings.TrimSpace(kind)
			if strings.EqualFold(kind, "application/scim+json") {
				return true, nil
			}
			return true, &breach{expected: "Content-Type is application/scim+json", actual: r.asked() + " and Content-Type " + match.JSON(kind)}
		}},
		{catalog.Check{
			ID: "HTP-032", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.1"), Rule: "R-81", Cause: "wrong-resource",
			Title: "returns the resource that the URL names, with its id",
			Why:   "Entra compares the response with its user. A response without the resource, or with another one, cannot be compared.",
			Fix:   "Return the whole resource with status 200, or no body with status 204.",
		}, func(r *response, _ *history) (bool, *breach) {
			if !r.single() || r.status != http.StatusOK || r.method == http.MethodDelete || r.method == http.MethodHead || !r.Own || r.refuses() {
				return false, nil
			}
			want := r.path[strings.LastIndex(r.path, "/")+1:]
			if len(r.shown) == 1 && strings.EqualFold(r.shown[0].id(), unescaped(want)) {
				return true, nil
			}
			actual := r.asked() + " and a body that is not a JSON object"
			if r.empty() {
				actual = r.asked() + " without a body"
			} else if r.object != nil {
				actual = r.asked() + " and a resource whose id is " + match.JSON(r.object["id"])
			}
			return true, &breach{attribute: "id", expected: "a resource whose id is the last segment of the URL", actual: actual}
		}},
	}
}
