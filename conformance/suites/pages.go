package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// pages are the checks of pages and their order.
func pages() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-009", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "applies startIndex and count",
			Why:   "Account discovery pages through all users.",
			Fix:   "Count from 1, and never return more than count. Set totalResults to the true total.",
			Alone: true,
		}, func(ctx context.Context, p *probe) {
			p.crew(ctx, 3)
			p.walked(ctx, "Users", "startIndex and count select the page", func() string { return p.walk(ctx, "Users") })
			if p.groupsToo() {
				p.crewOfGroups(ctx, 3)
				p.walked(ctx, "Groups", "startIndex and count select the page", func() string { return p.walk(ctx, "Groups") })
			}
		}),
		check(catalog.Check{
			ID: "QRY-016", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-count",
			Title: "treats a negative count as 0",
			Why:   "A client that counts down must get an empty page, not a crash.",
			Fix:   "Treat count below 0 as 0, and startIndex below 1 as 1.",
		}, func(ctx context.Context, p *probe) {
			// Without startIndex, a target may page by cursor and reject the count (RFC 9865 section 2.1).
			for _, collection := range p.collections() {
				p.expect(p.get(ctx, "/"+collection+"?startIndex=1&count=-1"), match.Total(0))
			}
		}),
		check(catalog.Check{
			ID: "QRY-017", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "paging-items",
			Title: "sets itemsPerPage to the number of resources on the page",
			Why:   "A client that adds itemsPerPage to startIndex skips users that the page did not contain.",
			Fix:   "Set itemsPerPage to the length of Resources.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "one", nil)
			p.aUser(ctx, "two", nil)
			p.aUser(ctx, "three", nil)
			queries := []string{"/Users?count=2"}
			if p.groupsToo() {
				p.crewOfGroups(ctx, 1)
				queries = append(queries, "/Groups?startIndex=1&count=1000")
			}
			if p.survey.Filter.Works || !p.survey.Asked {
				queries = append(queries, filtered("Users", "userName eq "+quoted(t.sent["userName"])))
			}
			for _, query := range queries {
				a := p.get(ctx, query)
				p.because("no-list", a, match.Status(http.StatusOK))
				if n, number := a.Body["itemsPerPage"].(float64); number { // its form is that of the envelope; see QRY-046
					p.expect(n, match.Is("itemsPerPage of "+query, len(a.Page().Resources)))
				}
			}
			p.finding.Assertions++
		}),
		check(catalog.Check{
			ID: "QRY-018", Suite: "queries", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.4.2.4"), Rule: "R-100", Cause: "paging-walk",
			Title: "returns every user once across all pages",
			Why:   "Account discovery reads all users. A user that falls between two pages is missing from the report.",
			Fix:   "Sort by a stable key, and fetch exactly count rows.",
			Alone: true,
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			p.walked(ctx, "Users", "each of three users is on one page", func() string { return p.missed(ctx, "Users", 10, []string{a, b, c}) })
			if p.groupsToo() {
				list := p.crewOfGroups(ctx, 3)
				p.walked(ctx, "Groups", "each of three groups is on one page", func() string { return p.missed(ctx, "Groups", 3, list) })
			}
		}),
		widely(check(catalog.Check{
			ID: "QRY-019", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "hundred",
			Needs: []string{catalog.Filter},
			Title: "finds and counts more than 100 users",
			Why:   "If a user is not found, Entra creates it again. That affects every user after the first 100.",
			Fix:   "Filter in the database before you cut a page. Count with the same condition.",
		}, func(ctx context.Context, p *probe) {
			p.crew(ctx, 100)
			t := p.aUser(ctx, "last", nil)
			p.found(ctx, t, "userName", t.sent["userName"])
			p.hundred(ctx, "Users")
		})),
		widely(check(catalog.Check{
			ID: "QRY-062", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-167", Cause: "hundred",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds and counts more than 100 groups",
			Why:   "If a group is not found, Entra creates it again. That affects every group after the first 100.",
			Fix:   "Filter in the database before you cut a page. Count with the same condition.",
		}, func(ctx context.Context, p *probe) {
			p.crewOfGroups(ctx, 100)
			t := p.aGroup(ctx, "last")
			p.because("filter-groups", p.find(ctx, "Groups", "displayName", p.Name("nobody")), match.Total(0))
			p.found(ctx, t, "displayName", t.sent["displayName"])
			p.hundred(ctx, "Groups")
		})),
		check(catalog.Check{
			ID: "QRY-026", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.3"), Rule: "R-98", Cause: "optional",
			Needs: []string{catalog.Filter},
			Title: "sorts by displayName case-insensitively, if it announces sorting",
			Why:   "Entra does not sort. A client that trusts the announcement gets the wrong order.",
			Fix:   "Apply sortBy and sortOrder with the attribute's case rule, or announce sort.supported as false.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "sort", "supported")
			p.has("displayName", "name.familyName")
			family := p.Name("family")
			var want []any
			for _, name := range []string{"Beta", "alpha", "gamma"} {
				sent := resource.With(p.person("sorted", map[string]any{"displayName": name}), "name.familyName", family)
				want = append(want, p.made(ctx, "Users", sent).id)
			}
			want[0], want[1] = want[1], want[0] // alpha, Beta, gamma
			query := filtered("Users", "name.familyName eq "+quoted(family))
			plain := p.get(ctx, query)
			if unsupported(plain) {
				p.finding.Lacks = "filters by name.familyName"
				p.skip("the target refuses filters by name.familyName, with which this check limits what is sorted")
			}
			p.because("filter-paths", plain, match.Total(3))
			p.sorted(ctx, query, want)
			p.sortsTeams(ctx)
		}),
		check(catalog.Check{
			ID: "QRY-027", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc9865("2"), Rule: "R-174, R-173, R-172, R-175", Cause: "optional",
			Needs: []string{catalog.Filter},
			Title: "returns every user once by cursor and then stops, if it announces cursors",
			Why:   "If paging restarts or never ends, account discovery stops.",
			Fix:   "Let a cursor mark the position after the last resource. Omit nextCursor on the last page.",
			Alone: true,
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "pagination", "cursor")
			a, b, c := p.three(ctx)
			p.walked(ctx, "Users", "each of three users is on one page, and the last page has no nextCursor", func() string { return p.walkByCursor(ctx, []string{a, b, c}) })
		}),
	}
}
