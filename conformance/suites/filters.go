package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
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
			p.aUser(ctx, "near", nil)
			t := p.aUser(ctx, "target", nil)
			p.aUser(ctx, "near", nil)
			p.found(ctx, t, "userName", t.sent["userName"])
		}),
		check(catalog.Check{
			ID: "QRY-002", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93", Cause: "letter-case",
			Needs: []string{catalog.Filter},
			Title: "compares userName case-insensitively",
			Why:   "If a user is not found, Entra creates it. That ends in a conflict in every cycle.",
			Fix:   "Fold case on both sides when you filter by userName.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "case", nil)
			p.found(ctx, t, "userName", strings.ToUpper(t.sent["userName"].(string)))
		}),
		check(catalog.Check{
			ID: "QRY-003", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "empty-search",
			Needs: []string{catalog.Filter},
			Title: "returns 200 with an empty list for a query without matches",
			Why:   "A 404 puts the whole job into quarantine.",
			Fix:   "Return 200 with totalResults 0.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "other", nil)
			a := p.find(ctx, "Users", "userName", p.Name("nobody"))
			p.expect(a, match.Status(http.StatusOK))
			p.expect(a, match.Total(0))
			if p.groupsToo() {
				if a := p.find(ctx, "Groups", "displayName", p.Name("nobody")); !unsupported(a) {
					p.expect(a, match.Status(http.StatusOK))
				}
			}
		}),
		check(catalog.Check{
			ID: "QRY-004", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-178", Cause: "filter-attributes",
			Needs: []string{catalog.Filter},
			Title: "finds a user by externalId and returns no others",
			Why:   "Many tenants match by externalId. If the filter is ignored, Entra updates the wrong user.",
			Fix:   "Support filters on every attribute that can be used for matching, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			p.has("externalId")
			p.aUser(ctx, "near", nil)
			t := p.aUser(ctx, "target", nil)
			p.found(ctx, t, "externalId", t.sent["externalId"])
			p.whole(ctx, t, "externalId")
		}),
		check(catalog.Check{
			ID: "QRY-005", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-89", Cause: "filter-and",
			Needs: []string{catalog.Filter},
			Title: "supports `and` in filters",
			Why:   "Entra uses `eq` and `and`. Reference checks combine two conditions.",
			Fix:   "Support `and` between comparisons.",
		}, func(ctx context.Context, p *probe) {
			p.has("externalId")
			t, other := p.aUser(ctx, "both", nil), p.aUser(ctx, "other", nil)
			both := "userName eq " + quoted(t.sent["userName"]) + " and externalId eq "
			p.only(p.get(ctx, filtered("Users", both+quoted(t.sent["externalId"]))), t.id)
			p.finding.Cause = "filter-logic"
			p.expect(p.get(ctx, filtered("Users", both+quoted(other.sent["externalId"]))), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-007", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-91", Cause: "filter-invalid",
			Needs: []string{catalog.Filter},
			Title: "rejects an invalid filter with 400 invalidFilter",
			Why:   "An unfiltered list returned for an invalid filter is taken for matches.",
			Fix:   "Return 400 with scimType invalidFilter when a filter cannot be parsed.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "other", nil)
			a := p.get(ctx, filtered("Users", `userName nosuchoperator "x"`))
			p.expect(a, match.Status(http.StatusBadRequest))
			p.finding.Cause = "error-format"
			p.expect(a, match.SCIMError(http.StatusBadRequest, "invalidFilter"))
			if p.groupsToo() {
				p.finding.Cause = ""
				p.aGroup(ctx, "other")
				p.expect(p.get(ctx, filtered("Groups", `displayName nosuchoperator "x"`)), match.Not(http.StatusOK))
			}
		}),
		check(catalog.Check{
			ID: "QRY-008", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "E-101", Cause: "filter-paths",
			Needs: []string{catalog.Filter},
			Title: "finds a user by work e-mail",
			Why:   "Tenants may match by e-mail instead of userName.",
			Fix:   "Support emails[type eq \"work\"].value eq \"…\" in filters.",
		}, func(ctx context.Context, p *probe) {
			p.has("emails")
			p.aUser(ctx, "near", nil)
			t := p.aUser(ctx, "mail", nil)
			mail := resource.Value(t.sent, `emails[type eq "work"].value`)
			if mail == nil {
				p.finding.Lacks = "emails of type work"
				p.skip("/Schemas announces that emails have other types")
			}
			a := p.get(ctx, filtered("Users", `emails[type eq "work"].value eq `+quoted(mail)))
			if a.Status == http.StatusBadRequest || a.Status == http.StatusNotImplemented || a.Status == http.StatusForbidden {
				p.finding.Cause = "filter-mail"
			}
			p.only(a, t.id)
		}),
		check(catalog.Check{
			ID: "QRY-010", Suite: "queries", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-84", Cause: "query-parameters",
			Needs: []string{catalog.Filter},
			Title: "ignores the flag aadOptscim062020 in the URL",
			Why:   "Admins append the flag to the tenant URL, so any request may contain it.",
			Fix:   "Ignore unknown query parameters.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "flag", nil)
			p.only(p.get(ctx, filtered("Users", "userName eq "+quoted(t.sent["userName"]))+"&aadOptscim062020"), t.id)
		}),
		check(catalog.Check{
			ID: "QRY-011", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-87", Cause: "letter-case-names",
			Needs: []string{catalog.Filter},
			Title: "accepts USERNAME Eq in a filter",
			Why:   "Names and operators are spelled as in the tenant's mapping.",
			Fix:   "Compare attribute names and operators in filters case-insensitively.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "near", nil)
			t := p.aUser(ctx, "names", nil)
			p.only(p.get(ctx, filtered("Users", "USERNAME Eq "+quoted(t.sent["userName"]))), t.id)
		}),
		check(catalog.Check{
			ID: "QRY-021", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-93, R-33", Cause: "letter-case",
			Needs: []string{catalog.Filter},
			Title: "ignores the case of letters outside A to Z",
			Why:   "Ångström and ÅNGSTRÖM are one person. If a user is not found, Entra creates it again.",
			Fix:   "Fold case by Unicode rules, not only for ASCII.",
		}, func(ctx context.Context, p *probe) {
			t := p.hasName(ctx, p.UserName(p.Name("ångström")))
			p.found(ctx, t, "userName", strings.ToUpper(t.sent["userName"].(string)))
		}),
		check(catalog.Check{
			ID: "QRY-022", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-values",
			Needs: []string{catalog.Filter},
			Title: "finds a userName that contains a plus sign",
			Why:   "A name such as ada+test@… is valid. Decoded twice, it becomes another one, and Entra creates the user again and again.",
			Fix:   "Decode the query string once.",
		}, func(ctx context.Context, p *probe) {
			t := p.hasName(ctx, p.UserName(p.Name("plus")+"+test"))
			p.found(ctx, t, "userName", t.sent["userName"])
		}),
		check(catalog.Check{
			ID: "QRY-023", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-values",
			Needs: []string{catalog.Filter},
			Title: "finds a value with a quotation mark and a backslash",
			Why:   "A filter value is a JSON string. Cutting it at the first quotation mark finds another user, or worse.",
			Fix:   "Parse filter values as JSON strings.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "signs", map[string]any{"externalId": "X-" + p.Name("x") + `-"quoted"\back`})
			p.filterable(ctx, p.find(ctx, "Users", "externalId", t.sent["externalId"]), "Users", "externalId")
			p.found(ctx, t, "externalId", t.sent["externalId"])
		}),
		check(catalog.Check{
			ID: "QRY-025", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-89", Cause: "filter-logic",
			Needs: []string{catalog.Filter},
			Title: "gives `and` precedence over `or`, or rejects filters with `or`",
			Why:   "Entra never sends `or`. A filter with too many or too few matches is worse than a rejected one.",
			Fix:   "Give `and` a higher precedence than `or`, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			p.has("externalId")
			one, two := p.aUser(ctx, "one", nil), p.aUser(ctx, "two", nil)
			text := "userName eq " + quoted(one.sent["userName"]) + " or userName eq " + quoted(two.sent["userName"]) + " and externalId eq " + quoted(p.Name("nobody"))
			a := p.get(ctx, filtered("Users", text))
			if unsupported(a) {
				p.expect(a, match.Not(http.StatusOK))
				return
			}
			p.only(a, one.id)
		}),
	}
}

// hasName arranges a user with a name that a policy may refuse. The check is then not judged.
func (p *probe) hasName(ctx context.Context, name string) *thing {
	sent := p.person("named", map[string]any{"userName": name})
	a := p.post(ctx, "Users", "userName", sent)
	if a.Status == http.StatusBadRequest {
		p.finding.Lacks = "such a userName"
		p.skip("the target does not accept the userName " + name + ": " + a.Detail())
	}
	p.because("no-users", a, match.Made())
	return &thing{collection: "Users", id: p.id(a), sent: sent, now: sent}
}
