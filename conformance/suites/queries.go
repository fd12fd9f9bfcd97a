package suites

import (
	"context"
	"fmt"
	"strings"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// find asks for the resources whose attribute equals a value.
func (p *probe) find(ctx context.Context, collection, attribute string, value any) session.Answer {
	return p.get(ctx, filtered(collection, attribute+" eq "+quoted(value)))
}

// only asserts that exactly one resource was found, and that it is this one.
func (p *probe) only(a session.Answer, id string) {
	p.expect(a, match.Total(1))
	list, _ := a.Body["Resources"].([]any)
	found, _ := list[0].(map[string]any)
	p.expect(found["id"], match.Is("the id found", id))
}

func (r *registry) queries() {
	Describe("queries", func() {
		r.check("QRY-001", func(ctx context.Context, p *probe) {
			p.user(ctx, "near", nil)
			_, id, sent := p.user(ctx, "target", nil)
			p.user(ctx, "near", nil)
			p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
		})
		r.check("QRY-002", func(ctx context.Context, p *probe) {
			_, id, sent := p.user(ctx, "case", nil)
			p.only(p.find(ctx, "Users", "userName", strings.ToUpper(sent["userName"].(string))), id)
		})
		r.check("QRY-003", func(ctx context.Context, p *probe) {
			p.user(ctx, "other", nil)
			p.expect(p.find(ctx, "Users", "userName", p.Name("nobody")), match.Total(0))
		})
		r.check("QRY-004", func(ctx context.Context, p *probe) {
			p.user(ctx, "near", nil)
			_, id, sent := p.user(ctx, "target", nil)
			p.only(p.find(ctx, "Users", "externalId", sent["externalId"]), id)
			p.expect(p.find(ctx, "Users", "externalId", p.Name("nobody")), match.Total(0))
		})
		r.check("QRY-005", func(ctx context.Context, p *probe) {
			_, id, sent := p.user(ctx, "both", nil)
			_, _, other := p.user(ctx, "other", nil)
			p.only(p.get(ctx, filtered("Users", "userName eq "+quoted(sent["userName"])+" and externalId eq "+quoted(sent["externalId"]))), id)
			p.expect(p.get(ctx, filtered("Users", "userName eq "+quoted(sent["userName"])+" and externalId eq "+quoted(other["externalId"]))), match.Total(0))
		})
		r.check("QRY-006", func(ctx context.Context, p *probe) {
			p.group(ctx, "near")
			path, name := p.group(ctx, "target")
			p.only(p.find(ctx, "Groups", "displayName", name), strings.TrimPrefix(path, "/Groups/"))
			p.expect(p.find(ctx, "Groups", "displayName", p.Name("nobody")), match.Total(0))
		})
		r.check("QRY-007", func(ctx context.Context, p *probe) {
			p.user(ctx, "other", nil)
			p.expect(p.get(ctx, filtered("Users", `userName nosuchoperator "x"`)), match.SCIMError(400, "invalidFilter"))
		})
		r.check("QRY-008", func(ctx context.Context, p *probe) {
			p.user(ctx, "near", nil)
			_, id, sent := p.user(ctx, "mail", nil)
			p.only(p.get(ctx, filtered("Users", `emails[type eq "work"].value eq `+quoted(sent["userName"]))), id)
		})
		r.check("QRY-009", func(ctx context.Context, p *probe) {
			for range 3 {
				p.user(ctx, "page", nil)
			}
			all := p.get(ctx, "/Users?startIndex=1&count=1")
			p.expect(all, match.Status(200))
			second := p.get(ctx, "/Users?startIndex=2&count=1")
			p.expect(second, match.Status(200))
			first, _ := all.Body["Resources"].([]any)
			next, _ := second.Body["Resources"].([]any)
			p.expect(len(first) == 1 && len(next) == 1, match.That("count=1 gives one resource a page", fmt.Sprintf("the first two pages of count=1 hold %d and %d resources", len(first), len(next))))
			p.expect(first[0].(map[string]any)["id"] != next[0].(map[string]any)["id"], match.That("the second page goes on where the first ends", "both pages hold the same resource"))
			total, _ := all.Body["totalResults"].(float64)
			p.expect(total >= 3, match.That("totalResults counts all users", fmt.Sprintf("totalResults is %v with at least 3 users there", total)))
		})
	})
}
