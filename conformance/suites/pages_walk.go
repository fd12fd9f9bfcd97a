package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// most is the maximum number of resources that a walk through all pages reads.
const most = 500

// walk reads pages of one user. It returns what went wrong, or "".
func (p *probe) walk(ctx context.Context, collection string) string {
	page := func(query string) (id any, size int, total float64) {
		a := p.get(ctx, "/"+collection+"?"+query)
		p.expect(a, match.Status(http.StatusOK))
		list := a.Page()
		if len(list.Resources) > 0 {
			id = list.Resources[0]["id"]
		}
		return id, len(list.Resources), float64(list.Total)
	}
	p.ahead(ctx, "/"+collection+"?startIndex=1&count=1", "/"+collection+"?startIndex=2&count=1", "/"+collection+"?count=1")
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
		return fmt.Sprintf("totalResults is %v, but at least 3 resources exist", total)
	case begin != first:
		return "a query without startIndex begins with another resource than startIndex=1"
	}
	return ""
}

// walked grades a walk over pages, which returns what went wrong, or "". Pages may change while
// others write (RFC 7644 section 3.4.2.4), so a failed walk is repeated, and a target whose order
// differs from read to read is not judged.
func (p *probe) walked(ctx context.Context, collection, what string, walk func() string) {
	wrong := ""
	for range 3 {
		if wrong = walk(); wrong == "" {
			break
		}
	}
	if wrong != "" && p.restless(ctx, "/"+collection+"?startIndex=1&count=3") {
		p.finding.Lacks = "a stable order of lists"
		p.skip("the target lists resources in another order with each read, which RFC 7644 section 3.4.2.4 allows")
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

// missed reads all resources of a collection in about so many pages. It reports one that is on no
// page or on several, or "".
func (p *probe) missed(ctx context.Context, collection string, pages int, own []string) string {
	a := p.get(ctx, "/"+collection+"?startIndex=1&count=0")
	p.expect(a, match.Status(http.StatusOK))
	total := a.Page().Total
	if total > most {
		p.skip(fmt.Sprintf("the target has %d resources; this check reads at most %d", total, most))
	}
	size := max(2, total/pages)
	seen := map[any]int{}
	var paths []string
	for start := 1; start <= total; start += size {
		paths = append(paths, fmt.Sprintf("/%s?startIndex=%d&count=%d", collection, start, size))
	}
	p.ahead(ctx, paths...)
	for _, path := range paths {
		page := p.get(ctx, path)
		p.expect(page, match.Status(http.StatusOK))
		for _, one := range page.Page().Resources {
			seen[one["id"]]++
		}
	}
	for _, id := range own {
		if n := seen[id]; n != 1 {
			return fmt.Sprintf("one of the resources is on %d pages with count=%d", n, size)
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
