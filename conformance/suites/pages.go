package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"

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
			for range 3 {
				p.made(ctx, "Users", p.person("page", nil))
			}
			p.walked(ctx, "startIndex and count select the page", func() string { return p.walk(ctx) })
		}),
		check(catalog.Check{
			ID: "QRY-016", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-count",
			Title: "treats a negative count as 0",
			Why:   "A client that counts down must get an empty page, not a crash.",
			Fix:   "Treat count below 0 as 0, and startIndex below 1 as 1.",
		}, func(ctx context.Context, p *probe) {
			// Without startIndex, a target may page by cursor and reject the count (RFC 9865 section 2.1).
			a := p.get(ctx, "/Users?startIndex=1&count=-1")
			p.expect(a, match.Total(0))
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
			p.walked(ctx, "each of three users is on one page", func() string { return p.missed(ctx, []string{a, b, c}) })
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
			for _, order := range []string{"ascending", "descending"} {
				a := p.get(ctx, query+"&sortBy=displayName&sortOrder="+order)
				p.expect(a, match.Total(3))
				for i, r := range a.Page().Resources {
					p.expect(r["id"] == want[i], match.That(
						"alpha, Beta and gamma are in "+order+" order", fmt.Sprintf("the user at position %d is out of order", i+1)))
				}
				slices.Reverse(want)
			}
		}),
		check(catalog.Check{
			ID: "QRY-027", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc9865("2"), Rule: "R-174", Cause: "optional",
			Needs: []string{catalog.Filter},
			Title: "returns every user once by cursor and then stops, if it announces cursors",
			Why:   "If paging restarts or never ends, account discovery stops.",
			Fix:   "Let a cursor mark the position after the last resource. Omit nextCursor on the last page.",
			Alone: true,
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "pagination", "cursor")
			a, b, c := p.three(ctx)
			p.walked(ctx, "each of three users is on one page, and the last page has no nextCursor", func() string { return p.walkByCursor(ctx, []string{a, b, c}) })
		}),
	}
}

// most is the maximum number of resources that a walk through all pages reads.
const most = 500

// walk reads pages of one user. It returns what went wrong, or "".
func (p *probe) walk(ctx context.Context) string {
	page := func(query string) (id any, size int, total float64) {
		a := p.get(ctx, "/Users?"+query)
		p.expect(a, match.Status(http.StatusOK))
		list := a.Page()
		if len(list.Resources) > 0 {
			id = list.Resources[0]["id"]
		}
		return id, len(list.Resources), float64(list.Total)
	}
	first, n, total := page("startIndex=1&count=1")
	second, m, _ := page("startIndex=2&count=1")
	begin, _, _ := page("count=1")
	p.finding.Cause = ""
	switch {
	case n > 1 && m > 1:
		p.finding.Cause = "count-ignored"
		return fmt.Sprintf("the first two pages with count=1 contain %d and %d resources", n, m)
	case n != 1 || m != 1:
		return fmt.Sprintf("the first two pages with count=1 contain %d and %d resources", n, m)
	case first == second:
		p.finding.Cause = "start-ignored"
		return "the pages that start at 1 and at 2 contain the same resource"
	case total < 3:
		return fmt.Sprintf("totalResults is %v, but at least 3 users exist", total)
	case begin != first:
		return "a query without startIndex begins with another resource than startIndex=1"
	}
	return ""
}

// walked grades a walk over pages, which returns what went wrong, or "". Pages may change while
// others write (RFC 7644 section 3.4.2.4), so a failed walk is repeated, and a target whose order
// differs from read to read is not judged.
func (p *probe) walked(ctx context.Context, what string, walk func() string) {
	wrong := ""
	for range 3 {
		if wrong = walk(); wrong == "" {
			break
		}
	}
	if wrong != "" && p.restless(ctx, "/Users?startIndex=1&count=3") {
		p.finding.Lacks = "a stable order of lists"
		p.skip("the target lists users in another order with each read, which RFC 7644 section 3.4.2.4 allows")
	}
	p.expect(wrong == "", match.That(what, wrong))
}

// hundred asserts that a collection counts more than 100 resources.
func (p *probe) hundred(ctx context.Context, collection string) {
	a := p.get(ctx, "/"+collection+"?startIndex=1&count=1")
	p.expect(a, match.Status(http.StatusOK))
	page := a.Page()
	p.expect(!page.Counted || page.Total > 100, match.That("totalResults counts all resources", fmt.Sprintf("totalResults is %d, but at least 101 exist", page.Total)))
}

// missed reads all pages. It reports a user that is on no page or on several, or "".
func (p *probe) missed(ctx context.Context, own []string) string {
	a := p.get(ctx, "/Users?startIndex=1&count=0")
	p.expect(a, match.Status(http.StatusOK))
	total := a.Page().Total
	if total > most {
		p.skip(fmt.Sprintf("the target has %d users; this check reads at most %d", total, most))
	}
	size := max(2, total/10)
	seen := map[any]int{}
	for start := 1; start <= total; start += size {
		page := p.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", start, size))
		p.expect(page, match.Status(http.StatusOK))
		for _, one := range page.Page().Resources {
			seen[one["id"]]++
		}
	}
	for _, id := range own {
		if n := seen[id]; n != 1 {
			return fmt.Sprintf("one of the users is on %d pages with count=%d", n, size)
		}
	}
	return ""
}

// walkByCursor reads all pages by cursor. It returns what went wrong, or "".
func (p *probe) walkByCursor(ctx context.Context, own []string) string {
	const size = 50
	seen := map[any]int{}
	for cursor, pages := "", 0; ; pages++ {
		count := size
		if pages < 2 {
			count = 2 // to get more than one page
		}
		a := p.get(ctx, fmt.Sprintf("/Users?count=%d&cursor=%s", count, url.QueryEscape(cursor)))
		if pages > 0 && a.Status == http.StatusBadRequest {
			return "the target rejected its own nextCursor"
		}
		p.expect(a, match.Status(http.StatusOK))
		for _, one := range a.Page().Resources {
			seen[one["id"]]++
		}
		cursor, _ = a.Body["nextCursor"].(string)
		switch {
		case cursor == "":
			for _, id := range own {
				if seen[id] != 1 {
					return fmt.Sprintf("one of the users is on %d pages", seen[id])
				}
			}
			for _, n := range seen { // users of others come first in many lists
				if n > 1 {
					return "a user is on several pages"
				}
			}
			return ""
		case len(seen) > most:
			p.skip(fmt.Sprintf("the target has more than %d users, the most that this check reads", most))
		case pages > most/size+2:
			return fmt.Sprintf("page %d still has a nextCursor, after %d users", pages+1, len(seen))
		}
	}
}
