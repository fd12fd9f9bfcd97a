package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// queriesShape is about the form of queries and answers: names, projection, pages.
func (r *registry) queriesShape() {
	r.check("QRY-007", func(ctx context.Context, p *probe) {
		p.plain(ctx, "other")
		p.expect(p.get(ctx, filtered("Users", `userName nosuchoperator "x"`)), match.SCIMError(400, "invalidFilter"))
	})
	r.check("QRY-009", func(ctx context.Context, p *probe) {
		for range 3 {
			p.plain(ctx, "page")
		}
		all := p.get(ctx, "/Users?startIndex=1&count=1")
		p.expect(all, match.Status(http.StatusOK))
		second := p.get(ctx, "/Users?startIndex=2&count=1")
		p.expect(second, match.Status(http.StatusOK))
		first, _ := all.Body["Resources"].([]any)
		next, _ := second.Body["Resources"].([]any)
		p.expect(len(first) == 1 && len(next) == 1, match.That("count=1 gives one resource a page", fmt.Sprintf("the first two pages of count=1 hold %d and %d resources", len(first), len(next))))
		p.expect(idOf(first[0]) != idOf(next[0]), match.That("the second page goes on where the first ends", "both pages hold the same resource"))
		total, _ := all.Body["totalResults"].(float64)
		p.expect(total >= 3, match.That("totalResults counts all users", fmt.Sprintf("totalResults is %v with at least 3 users there", total)))
		none := p.get(ctx, "/Users?count=1")
		p.expect(none, match.Status(http.StatusOK))
		start, _ := none.Body["Resources"].([]any)
		p.expect(len(start) == 1 && idOf(start[0]) == idOf(first[0]), match.That("startIndex=1 is where a query without startIndex begins", "the page of startIndex=1 begins with another resource than a query without startIndex"))
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
		p.expect(p.read(ctx, path+"?excludedAttributes=id,displayName")["id"], match.Is("the id when it is excluded", id))
	})
	r.check("QRY-013", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "less")
		body := p.read(ctx, path+"?excludedAttributes="+url.QueryEscape("emails,displayName"))
		p.expect(body["emails"], match.Is("emails when they are excluded", nil))
		p.expect(body["displayName"], match.Is("displayName when it is excluded", nil))
		p.expect(body["userName"], match.Is("userName when others are excluded", sent["userName"]))
	})
	r.check("QRY-016", func(ctx context.Context, p *probe) {
		a := p.get(ctx, "/Users?count=-1")
		p.expect(a, match.Status(http.StatusOK))
		list, _ := a.Body["Resources"].([]any)
		p.expect(len(list) == 0, match.That("count=-1 gives no resource", fmt.Sprintf("count=-1 gives %d resources", len(list))))
	})
}

func idOf(resource any) any {
	m, _ := resource.(map[string]any)
	return m["id"]
}
