package suites

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// filters are the checks of filters for users.
func filters() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-001", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "finds a user by userName and returns no others",
			Why:   "Entra looks up every user by this query first. Two results block the user.",
			Fix:   "Apply the filter. Return a ListResponse with only the matches.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "near")
			_, id, sent := p.plain(ctx, "target")
			p.plain(ctx, "near")
			p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
		}),
		check(catalog.Check{
			ID: "QRY-002", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Needs: []string{catalog.Filter},
			Title: "compares userName case-insensitively",
			Why:   "If a user is not found, Entra creates it. That ends in a conflict in every cycle.",
			Fix:   "Fold case on both sides when you filter by userName.",
		}, func(ctx context.Context, p *probe) {
			_, id, sent := p.plain(ctx, "case")
			p.only(p.find(ctx, "Users", "userName", strings.ToUpper(sent["userName"].(string))), id)
		}),
		check(catalog.Check{
			ID: "QRY-003", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "empty-search",
			Needs: []string{catalog.Filter},
			Title: "returns 200 with an empty list for a query without matches",
			Why:   "A 404 puts the whole job into quarantine.",
			Fix:   "Return 200 with totalResults 0.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "other")
			a := p.find(ctx, "Users", "userName", p.Name("nobody"))
			p.expect(a, match.Status(http.StatusOK))
			p.expect(a, match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-004", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-178", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "finds a user by externalId and returns no others",
			Why:   "Many tenants match by externalId. If the filter is ignored, Entra updates the wrong user.",
			Fix:   "Support filters on every attribute that can be used for matching, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "near")
			_, id, sent := p.plain(ctx, "target")
			p.only(p.find(ctx, "Users", "externalId", sent["externalId"]), id)
			p.expect(p.find(ctx, "Users", "externalId", p.Name("nobody")), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-005", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "supports `and` in filters",
			Why:   "Entra uses `eq` and `and`. Reference checks combine two conditions.",
			Fix:   "Support `and` between comparisons.",
		}, func(ctx context.Context, p *probe) {
			_, id, sent := p.plain(ctx, "both")
			_, _, other := p.plain(ctx, "other")
			both := "userName eq " + quoted(sent["userName"]) + " and externalId eq "
			p.only(p.get(ctx, filtered("Users", both+quoted(sent["externalId"]))), id)
			p.expect(p.get(ctx, filtered("Users", both+quoted(other["externalId"]))), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-007", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-91", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "rejects an invalid filter with 400 invalidFilter",
			Why:   "An unfiltered list returned for an invalid filter is taken for matches.",
			Fix:   "Return 400 with scimType invalidFilter when a filter cannot be parsed.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "other")
			p.expect(p.get(ctx, filtered("Users", `userName nosuchoperator "x"`)), match.SCIMError(400, "invalidFilter"))
		}),
		check(catalog.Check{
			ID: "QRY-008", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "E-101", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "finds a user by work e-mail",
			Why:   "Tenants may match by e-mail instead of userName.",
			Fix:   "Support emails[type eq \"work\"].value eq \"…\" in filters.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "near")
			_, id, sent := p.plain(ctx, "mail")
			p.only(p.get(ctx, filtered("Users", `emails[type eq "work"].value eq `+quoted(sent["userName"]))), id)
		}),
		check(catalog.Check{
			ID: "QRY-010", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-84", Cause: "query-parameters",
			Needs: []string{catalog.Filter},
			Title: "ignores the flag aadOptscim062020 in the URL",
			Why:   "Admins append the flag to the tenant URL, so any request may contain it.",
			Fix:   "Ignore unknown query parameters.",
		}, func(ctx context.Context, p *probe) {
			_, id, sent := p.plain(ctx, "flag")
			p.only(p.get(ctx, filtered("Users", "userName eq "+quoted(sent["userName"]))+"&aadOptscim062020"), id)
		}),
		check(catalog.Check{
			ID: "QRY-011", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-87", Cause: "letter-case-names",
			Needs: []string{catalog.Filter},
			Title: "accepts USERNAME Eq in a filter",
			Why:   "Names and operators are spelled as in the tenant's mapping.",
			Fix:   "Compare attribute names and operators in filters case-insensitively.",
		}, func(ctx context.Context, p *probe) {
			p.plain(ctx, "near")
			_, id, sent := p.plain(ctx, "names")
			p.only(p.get(ctx, filtered("Users", "USERNAME Eq "+quoted(sent["userName"]))), id)
		}),
		check(catalog.Check{
			ID: "QRY-021", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Needs: []string{catalog.Filter},
			Title: "ignores the case of letters outside A to Z",
			Why:   "Ångström and ÅNGSTRÖM are one person. If a user is not found, Entra creates it again.",
			Fix:   "Fold case by Unicode rules, not only for ASCII.",
		}, func(ctx context.Context, p *probe) {
			name := p.Name("ångström") + "@scimdrill.example"
			_, id, _ := p.user(ctx, "letters", map[string]any{"userName": name})
			p.only(p.find(ctx, "Users", "userName", strings.ToUpper(name)), id)
		}),
		check(catalog.Check{
			ID: "QRY-022", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "finds a userName that contains a plus sign",
			Why:   "A name such as ada+test@… is valid. Decoded twice, it becomes another one, and Entra creates the user again and again.",
			Fix:   "Decode the query string once.",
		}, func(ctx context.Context, p *probe) {
			name := p.Name("plus") + "+test@scimdrill.example"
			_, id, _ := p.user(ctx, "plus", map[string]any{"userName": name})
			p.only(p.find(ctx, "Users", "userName", name), id)
		}),
		check(catalog.Check{
			ID: "QRY-023", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "finds a value with a quotation mark and a backslash",
			Why:   "A filter value is a JSON string. Cutting it at the first quotation mark finds another user, or worse.",
			Fix:   "Parse filter values as JSON strings.",
		}, func(ctx context.Context, p *probe) {
			name := "X-" + p.Name("x") + `-"quoted"\back`
			_, id, _ := p.user(ctx, "signs", map[string]any{"externalId": name})
			p.only(p.find(ctx, "Users", "externalId", name), id)
		}),
		check(catalog.Check{
			ID: "QRY-025", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter",
			Needs: []string{catalog.Filter},
			Title: "gives `and` precedence over `or`, or rejects filters with `or`",
			Why:   "Entra never sends `or`. A filter with too many or too few matches is worse than a rejected one.",
			Fix:   "Give `and` a higher precedence than `or`, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			_, id, first := p.plain(ctx, "one")
			_, _, second := p.plain(ctx, "two")
			text := "userName eq " + quoted(first["userName"]) + " or userName eq " + quoted(second["userName"]) + " and externalId eq " + quoted(p.Name("nobody"))
			a := p.get(ctx, filtered("Users", text))
			if a.Status == http.StatusBadRequest {
				p.expect(a, match.SCIMError(http.StatusBadRequest, "invalidFilter"))
				return
			}
			p.only(a, id)
		}),
	}
}

// quoted writes a value as a string in a filter.
func quoted(v any) string {
	s, _ := v.(string)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func filtered(collection, filter string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}

// find queries for the resources whose attribute equals a value.
func (p *probe) find(ctx context.Context, collection, attribute string, value any) session.Response {
	return p.get(ctx, filtered(collection, attribute+" eq "+quoted(value)))
}

// only asserts that a query returned one resource, and that it has the given id.
func (p *probe) only(a session.Response, id string) map[string]any {
	p.expect(a, match.Total(1))
	list, _ := a.Body["Resources"].([]any)
	found, _ := list[0].(map[string]any)
	p.expect(found["id"] == id, match.That("the query returns "+id, "it returned "+p.shown(found["id"])))
	return found
}

// shown names a resource that a query returned. The id stays secret if the run did not create the
// resource: the recorded exchange then has it masked.
func (p *probe) shown(id any) string {
	text, ok := id.(string)
	if !ok {
		return "a resource whose id is " + match.JSON(id)
	}
	if last := p.Exchanges[len(p.Exchanges)-1]; strings.Contains(string(last.ResponseBody), match.JSON(text)) {
		return text
	}
	return "a resource that this run did not create"
}
