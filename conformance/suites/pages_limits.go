package suites

import (
	"context"
	"fmt"
	"net/http"
	"reflect"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// pagesLimits are the checks of startIndex and count at and beyond their limits. Each is asked of
// users and groups, with a filter that finds one resource, so that others do not matter.
func pagesLimits() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-057", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-count",
			Needs: []string{catalog.Filter},
			Title: "returns no resources for count 0, only their number",
			Why:   "A client that only wants to know how many there are reads the whole tenant.",
			Fix:   "Return totalResults and no resources for count 0.",
		}, func(ctx context.Context, p *probe) {
			p.paged(ctx, "startIndex=1&count=0", func(t *thing, a session.Response) {
				p.expect(a, match.Total(0))
				page := a.Page()
				p.expect(!page.Counted || page.Total == 1, match.That("totalResults is 1", fmt.Sprintf("%s returned totalResults %d", a.Request, page.Total)))
			})
			for _, collection := range p.collections() {
				p.expect(p.get(ctx, "/"+collection+"?startIndex=1&count=0"), match.Total(0))
			}
		}),
		check(catalog.Check{
			ID: "QRY-058", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-beyond",
			Needs: []string{catalog.Filter},
			Title: "returns no resources beyond the last one",
			Why:   "A client that reads until a page is empty never ends, or reads everything twice.",
			Fix:   "Return an empty list for a startIndex that is greater than totalResults.",
		}, func(ctx context.Context, p *probe) {
			p.paged(ctx, "startIndex=2&count=10", func(_ *thing, a session.Response) {
				if a.Status != http.StatusBadRequest {
					p.expect(a, match.Total(0))
				}
				p.finding.Assertions++
			})
			for _, collection := range p.collections() {
				if a := p.get(ctx, "/"+collection+"?startIndex=1000000&count=10"); a.Status != http.StatusBadRequest {
					p.expect(a, match.Total(0))
				}
			}
		}),
		check(catalog.Check{
			ID: "QRY-059", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-start",
			Needs: []string{catalog.Filter},
			Title: "reads a startIndex below 1 as 1",
			Why:   "A client that counts from 0 misses the first user or gets an error.",
			Fix:   "Treat startIndex below 1 as 1.",
		}, func(ctx context.Context, p *probe) {
			for _, start := range []string{"0", "-1"} {
				p.paged(ctx, "startIndex="+start+"&count=10", func(t *thing, a session.Response) { p.only(a, t.id) })
			}
		}),
		check(catalog.Check{
			ID: "QRY-060", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-count",
			Needs: []string{catalog.Filter},
			Title: "accepts a count above its own maximum",
			Why:   "Clients ask for as much as they can take. An error ends the report.",
			Fix:   "Return as many resources as you allow, and totalResults.",
		}, func(ctx context.Context, p *probe) {
			p.paged(ctx, "startIndex=1&count=1000000", func(t *thing, a session.Response) { p.only(a, t.id) })
			a := p.get(ctx, "/Users?startIndex=1&count=2147483648&filter=userName+eq+%22"+p.Name("nobody")+"%22")
			p.expect(a.Status < 500, match.That("a count of 2147483648 is no server error", fmt.Sprintf("%s returned status %d", a.Request, a.Status)))
		}),
		check(catalog.Check{
			ID: "QRY-061", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.2.4"), Rule: "R-99", Cause: "paging-filter",
			Needs: []string{catalog.Filter},
			Title: "pages through the results of a filter",
			Why:   "A client reads all members of a department page by page. Pages that are cut before the filter are incomplete.",
			Fix:   "Apply the filter first, then startIndex and count. Count all matches in totalResults.",
		}, func(ctx context.Context, p *probe) {
			c := p.aCrowd(ctx, []any{"amber", "cobalt", "jade", "violet", "zinc"})
			if wrong := p.pagedCrowd(ctx, c); wrong != "" && !p.restless(ctx, filtered("Users", c.mark.String())+"&startIndex=1&count=2") {
				wrong = p.pagedCrowd(ctx, c)
				p.expect(wrong == "", match.That("each of five users that a filter finds is on one page", wrong))
			}
			p.finding.Assertions++
		}),
	}
}

// groupsToo reports whether what is asked of users is asked of groups as well.
func (p *probe) groupsToo() bool {
	return p.ability(catalog.GroupsHere).Works && p.Lacks(catalog.GroupsHere) == ""
}

// collections are those that the target has.
func (p *probe) collections() []string {
	if p.groupsToo() {
		return []string{"Users", "Groups"}
	}
	return []string{"Users"}
}

// paged sends a query that finds one resource, of users and of groups, with paging parameters.
func (p *probe) paged(ctx context.Context, parameters string, asserts func(t *thing, a session.Response)) {
	things := []*thing{p.aUser(ctx, "page", nil)}
	if p.groupsToo() {
		things = append(things, p.aGroup(ctx, "page"))
	}
	by := func(t *thing) filtermodel.Filter {
		key := keyOf(t.collection)
		return filtermodel.Compare(key, "eq", t.sent[key])
	}
	paths := []string{filtered("Users", by(things[0]).String()) + "&" + parameters}
	for _, t := range things[1:] {
		path := filtered("Groups", by(t).String())
		paths = append(paths, path, path+"&"+parameters)
	}
	p.ahead(ctx, paths...)
	for _, t := range things {
		f := by(t)
		if t.collection == "Groups" {
			p.because("filter-groups", p.get(ctx, filtered(t.collection, f.String())), match.Total(1))
		}
		asserts(t, p.get(ctx, filtered(t.collection, f.String())+"&"+parameters))
	}
}

// pagedCrowd reads a crowd page by page. It returns what went wrong, or "".
func (p *probe) pagedCrowd(ctx context.Context, c *crowd) string {
	const size = 2
	seen := map[any]int{}
	var paths []string
	for start := 1; start <= len(c.people); start += size {
		paths = append(paths, filtered("Users", c.mark.String())+fmt.Sprintf("&startIndex=%d&count=%d", start, size))
	}
	p.ahead(ctx, paths...)
	for _, path := range paths {
		a := p.get(ctx, path)
		p.expect(a, match.Status(http.StatusOK))
		page := a.Page()
		switch {
		case len(page.Resources) > size:
			return fmt.Sprintf("a page with count=%d has %d users", size, len(page.Resources))
		case page.Counted && page.Total != len(c.people):
			return fmt.Sprintf("totalResults is %d for a filter that finds %d users", page.Total, len(c.people))
		}
		for _, r := range page.Resources {
			seen[r["id"]]++
		}
	}
	for _, t := range c.people {
		if n := seen[t.id]; n != 1 {
			return fmt.Sprintf("one of the users is on %d pages", n)
		}
	}
	return ""
}

// restless reports whether equal reads return resources in another order, which RFC 7644 section
// 3.4.2.4 allows. Pages then do not fit together, and nothing is wrong.
func (p *probe) restless(ctx context.Context, path string) bool {
	const tries = 20
	var first []any
	for i := range tries {
		var ids []any
		for _, r := range p.get(ctx, path).Page().Resources {
			ids = append(ids, r["id"])
		}
		if i == 0 {
			first = ids
		}
		if !reflect.DeepEqual(ids, first) {
			return true
		}
	}
	return false
}
