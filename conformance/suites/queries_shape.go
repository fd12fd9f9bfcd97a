package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// queriesShape registers the checks of query syntax, projection and pages.
func (r *registry) queriesShape() {
	r.check("QRY-007", func(ctx context.Context, p *probe) {
		p.plain(ctx, "other")
		p.expect(p.get(ctx, filtered("Users", `userName nosuchoperator "x"`)), match.SCIMError(400, "invalidFilter"))
	})
	r.check("QRY-009", func(ctx context.Context, p *probe) {
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
	})
	r.check("QRY-010", func(ctx context.Context, p *probe) {
		_, id, sent := p.plain(ctx, "flag")
		p.only(p.get(ctx, filtered("Users", "userName eq "+quoted(sent["userName"]))+"&aadOptscim062020"), id)
	})
	r.check("QRY-011", func(ctx context.Context, p *probe) {
		p.plain(ctx, "near")
		_, id, sent := p.plain(ctx, "names")
		p.only(p.get(ctx, filtered("Users", "USERNAME Eq "+quoted(sent["userName"]))), id)
	})
	r.check("QRY-012", func(ctx context.Context, p *probe) {
		path, id, _ := p.plain(ctx, "id")
		p.expect(p.read(ctx, path+"?excludedAttributes=id,displayName")["id"], match.Is("id when excluded", id))
	})
	r.check("QRY-013", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "less")
		body := p.read(ctx, path+"?excludedAttributes="+url.QueryEscape("emails,displayName"))
		p.expect(body["emails"], match.Is("emails when excluded", nil))
		p.expect(body["displayName"], match.Is("displayName when excluded", nil))
		p.expect(body["userName"], match.Is("userName when other attributes are excluded", sent["userName"]))
	})
	r.check("QRY-016", func(ctx context.Context, p *probe) {
		// Without startIndex, a target may page by cursor and reject the count (RFC 9865 section 2.1).
		a := p.get(ctx, "/Users?startIndex=1&count=-1")
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		p.expect(len(list) == 0, match.That("count=-1 returns no resources", fmt.Sprintf("it returned %d", len(list))))
	})
}

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

func idOf(resource any) any {
	m, _ := resource.(map[string]any)
	return m["id"]
}
