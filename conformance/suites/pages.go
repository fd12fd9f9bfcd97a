package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// pages are the checks of pages and their order.
func pages() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-009", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "applies startIndex and count",
			Why:   "Account discovery pages through all users.",
			Fix:   "Count from 1, and never return more than count. Set totalResults to the true total.",
		}, func(ctx context.Context, p *probe) {
			for range 3 {
				p.plain(ctx, "page")
			}
			// RFC 7644 does not promise stable pages while others write, so a failed walk is
			// repeated once.
			expected, actual := p.walk(ctx)
			if expected != "" {
				expected, actual = p.walk(ctx)
			}
			p.expect(expected == "", match.That(expected, actual))
		}),
		check(catalog.Check{
			ID: "QRY-016", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging",
			Title: "treats a negative count as 0",
			Why:   "A client that counts down must get an empty page, not a crash.",
			Fix:   "Treat count below 0 as 0, and startIndex below 1 as 1.",
		}, func(ctx context.Context, p *probe) {
			// Without startIndex, a target may page by cursor and reject the count (RFC 9865 section 2.1).
			a := p.get(ctx, "/Users?startIndex=1&count=-1")
			p.expect(a, match.Status(http.StatusOK))
			list, _ := a.Body["Resources"].([]any)
			p.expect(len(list) == 0, match.That("count=-1 returns no resources", fmt.Sprintf("it returned %d", len(list))))
		}),
		check(catalog.Check{
			ID: "QRY-017", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "paging",
			Title: "sets itemsPerPage to the number of resources on the page",
			Why:   "A client that adds itemsPerPage to startIndex skips users that the page did not contain.",
			Fix:   "Set itemsPerPage to the length of Resources.",
		}, func(ctx context.Context, p *probe) {
			p.three(ctx)
			a := p.get(ctx, "/Users?count=2")
			p.expect(a, match.Status(http.StatusOK))
			list, _ := a.Body["Resources"].([]any)
			if n, there := a.Body["itemsPerPage"]; there { // it is required on pages; see QRY-009
				p.expect(n, match.Is("itemsPerPage with count=2", len(list)))
				return
			}
			p.expect(len(list) <= 2, match.That("count=2 returns at most two resources", fmt.Sprintf("it returned %d", len(list))))
		}),
		check(catalog.Check{
			ID: "QRY-018", Suite: "queries", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.4.2.4"), Rule: "R-100", Cause: "paging",
			Title: "returns every user once across all pages",
			Why:   "Account discovery reads all users. A user that falls between two pages is missing from the report.",
			Fix:   "Sort by a stable key, and fetch exactly count rows.",
		}, func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			p.walked("each of three users is on one page", func() string { return p.missed(ctx, []string{a, b, c}) })
		}),
		check(catalog.Check{
			ID: "QRY-019", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-85", Cause: "hundred",
			Needs: []string{catalog.Filter},
			Title: "finds and counts more than 100 users",
			Why:   "If a user is not found, Entra creates it again. That affects every user after the first 100.",
			Fix:   "Filter in the database before you cut a page. Count with the same condition.",
		}, func(ctx context.Context, p *probe) {
			p.many(ctx, 100)
			_, id, sent := p.plain(ctx, "last")
			p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
			a := p.get(ctx, "/Users?count=1")
			p.expect(a, match.Status(http.StatusOK))
			total, _ := a.Body["totalResults"].(float64)
			p.expect(total > 100, match.That("totalResults counts all users", fmt.Sprintf("totalResults is %v, but at least 101 users exist", total)))
		}),
		check(catalog.Check{
			ID: "QRY-026", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.3"), Rule: "R-98", Cause: "optional",
			Needs: []string{catalog.Filter},
			Title: "sorts by displayName case-insensitively, if it announces sorting",
			Why:   "Entra does not sort. A client that trusts the announcement gets the wrong order.",
			Fix:   "Apply sortBy and sortOrder with the attribute's case rule, or announce sort.supported as false.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "sort", "supported")
			family := p.Name("family")
			var want []any
			for _, name := range []string{"Beta", "alpha", "gamma"} {
				_, id, _ := p.user(ctx, "sorted", map[string]any{"displayName": name, "name": map[string]any{"familyName": family}})
				want = append(want, id)
			}
			want[0], want[1] = want[1], want[0] // alpha, Beta, gamma
			for order, ids := range map[string][]any{"ascending": want, "descending": {want[2], want[1], want[0]}} {
				a := p.get(ctx, filtered("Users", "name.familyName eq "+quoted(family))+"&sortBy=displayName&sortOrder="+order)
				p.expect(a, match.Total(3))
				list, _ := a.Body["Resources"].([]any)
				for i := range ids {
					p.expect(idOf(list[i]) == ids[i], match.That(
						"alpha, Beta and gamma are in "+order+" order", fmt.Sprintf("the user at position %d is out of order", i+1)))
				}
			}
		}),
		check(catalog.Check{
			ID: "QRY-027", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc9865("2"), Rule: "R-174", Cause: "optional",
			Needs: []string{catalog.Filter},
			Title: "returns every user once by cursor and then stops, if it announces cursors",
			Why:   "If paging restarts or never ends, account discovery stops.",
			Fix:   "Let a cursor mark the position after the last resource. Omit nextCursor on the last page.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "pagination", "cursor")
			a, b, c := p.three(ctx)
			p.walked("each of three users is on one page, and the last page has no nextCursor", func() string { return p.walkByCursor(ctx, []string{a, b, c}) })
		}),
	}
}

// most is the maximum number of resources that a walk through all pages reads.
const most = 500

// walk reads pages of one user. It returns a mismatch, or "".
func (p *probe) walk(ctx context.Context) (expected, actual string) {
	page := func(query string) (id any, size int, total float64) {
		a := p.get(ctx, "/Users?"+query)
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		total, _ = a.Body["totalResults"].(float64)
		if len(list) > 0 {
			id = idOf(list[0])
		}
		return id, len(list), total
	}
	first, n, total := page("startIndex=1&count=1")
	second, m, _ := page("startIndex=2&count=1")
	begin, _, _ := page("count=1")
	switch {
	case n != 1 || m != 1:
		return "count=1 returns one resource per page", fmt.Sprintf("the first two pages contain %d and %d resources", n, m)
	case first == second:
		return "the second page continues after the first", "both pages contain the same resource"
	case total < 3:
		return "totalResults counts all users", fmt.Sprintf("totalResults is %v, but at least 3 users exist", total)
	case begin != first:
		return "a query without startIndex begins at startIndex=1", "it begins with a different resource"
	}
	return "", ""
}

// walked grades a walk over pages, which returns what went wrong, or "". Pages may change while
// others write (RFC 7644 section 3.4.2.4), so a failed walk is repeated once.
func (p *probe) walked(what string, walk func() string) {
	wrong := walk()
	if wrong != "" {
		wrong = walk()
	}
	p.expect(wrong == "", match.That(what, wrong))
}

// missed reads all pages. It reports a user that is on no page or on several, or "".
func (p *probe) missed(ctx context.Context, own []string) string {
	a := p.get(ctx, "/Users?startIndex=1&count=0")
	p.expect(a, match.Status(http.StatusOK))
	total, _ := a.Body["totalResults"].(float64)
	if total > most {
		p.skip(fmt.Sprintf("the target has %v users; this check reads at most %d", total, most))
	}
	size := max(2, int(total)/10)
	seen := map[any]int{}
	for start := 1; start <= int(total); start += size {
		page := p.get(ctx, fmt.Sprintf("/Users?startIndex=%d&count=%d", start, size))
		p.expect(page, match.Status(http.StatusOK))
		list, _ := page.Body["Resources"].([]any)
		for _, one := range list {
			seen[idOf(one)]++
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
		list, _ := a.Body["Resources"].([]any)
		for _, one := range list {
			seen[idOf(one)]++
		}
		cursor, _ = a.Body["nextCursor"].(string)
		switch {
		case cursor == "":
			for _, id := range own {
				if seen[id] != 1 {
					return fmt.Sprintf("one of the users is on %d pages", seen[id])
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
