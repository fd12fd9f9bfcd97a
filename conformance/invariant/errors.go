package invariant

import (
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// serverErrors is the rule about server errors. Its cause is named by the request and the error.
const serverErrors catalog.ID = "HTP-030"

const errorURN = "urn:ietf:params:scim:api:messages:2.0:Error"

// errorRules are the rules of responses with an error.
func errorRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-001", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "error-format",
			Title: "returns a SCIM error with every error status",
			Why:   "The provisioning log shows the error body. HTML helps nobody there.",
			Fix:   "Return a SCIM error object for every error, with status as a string.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.status < http.StatusBadRequest || r.status >= http.StatusInternalServerError || r.outer() || r.transient() || r.method == http.MethodHead {
				return false, nil
			}
			return true, scimError(r)
		}},
		{catalog.Check{
			ID: "HTP-031", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "error-format-outer",
			Title: "returns a SCIM error for requests that do not reach a resource",
			Why:   "A wrong path or an expired token shows as an empty line in the provisioning log.",
			Fix:   "Let the authentication and the router return SCIM errors too.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.status < http.StatusBadRequest || !r.outer() || r.method == http.MethodHead {
				return false, nil
			}
			b := scimError(r)
			if b != nil {
				b.cause = ""
			}
			return true, b
		}},
		{catalog.Check{
			ID: "HTP-004", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.12"), Rule: "R-145", Cause: "error-keyword",
			Title: "uses only RFC 7644 keywords for scimType",
			Why:   "Clients decide what to do by this keyword. A custom keyword tells them nothing.",
			Fix:   "Use a keyword from RFC 7644 table 9, or omit scimType and put the rest in detail.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.status < http.StatusBadRequest || r.object == nil {
				return false, nil
			}
			word := r.object[resource.Key(r.object, "scimType")]
			if word == nil || slices.Contains(keywords(), word) {
				return true, nil
			}
			return true, &breach{expected: "scimType absent or a keyword of RFC 7644 table 9", actual: r.asked() + " and scimType " + match.JSON(word)}
		}},
		{catalog.Check{
			ID: serverErrors, Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-146", Cause: "server-errors",
			Title: "never returns a server error",
			Why:   "Entra repeats a request that returns 5xx in every cycle and counts it towards quarantine.",
			Fix:   "Return 400, 404, 409 or 501 where the request is wrong. Look for the error in the log of the service.",
		}, func(r *response, _ *history) (bool, *breach) {
			if r.status < http.StatusInternalServerError || r.status == http.StatusNotImplemented || r.transient() {
				return r.status < http.StatusInternalServerError, nil
			}
			return true, &breach{expected: "a status below 500, or 501", actual: r.asked()}
		}},
	}
}

// keywords are those of RFC 7644 table 9 and of RFC 9865.
func keywords() []any {
	return []any{
		"invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "invalidVers", "sensitive",
		"invalidCursor", "expiredCursor", "invalidCount",
	}
}

// scimError looks at the body of an error, from the outside in.
func scimError(r *response) *breach {
	said, expected := r.asked(), "a SCIM error with the status as a string"
	switch {
	case r.empty():
		return &breach{cause: "error-empty", expected: expected, actual: said + " without a body"}
	case r.object == nil:
		return &breach{cause: "error-text", expected: expected, actual: said + " and a body that is not a JSON object"}
	}
	schemas, _ := r.object["schemas"].([]any)
	if !slices.Contains(schemas, any(errorURN)) {
		return &breach{expected: expected, actual: said + " and schemas " + match.JSON(r.object["schemas"])}
	}
	if status := r.object["status"]; status != number(r.status) {
		return &breach{cause: "error-member", expected: `status "` + number(r.status) + `" in the body`, actual: said + " and status " + match.JSON(status) + " in the body"}
	}
	if detail := r.object["detail"]; detail != nil {
		if _, ok := detail.(string); !ok {
			return &breach{cause: "error-detail", expected: "detail is a string", actual: said + " and detail " + match.JSON(detail)}
		}
	}
	return nil
}
