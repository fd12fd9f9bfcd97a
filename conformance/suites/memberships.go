package suites

import (
	"context"
	"fmt"
	"net/url"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// three makes three users and returns their ids.
func (p *probe) three(ctx context.Context) (a, b, c string) {
	_, a, _ = p.user(ctx, "a", nil)
	_, b, _ = p.user(ctx, "b", nil)
	_, c, _ = p.user(ctx, "c", nil)
	return a, b, c
}

func refs(ids ...string) []any {
	out := []any{}
	for _, id := range ids {
		out = append(out, map[string]any{"value": id})
	}
	return out
}

func (r *registry) memberships() {
	Describe("memberships", func() {
		r.check("MEM-001", func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "empty")
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name))
			p.expectMembers(ctx, path, "a create without members")
		})
		r.check("MEM-002", func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.patch(ctx, path, op("add", "members", refs(c))), match.Success())
			p.expectMembers(ctx, path, "an add of one", a, b, c)
		})
		r.check("MEM-003", func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g")
			p.expect(p.patch(ctx, path, op("add", "members", refs(a, b, c))), match.Success())
			p.expectMembers(ctx, path, "an add of three in one operation", a, b, c)
		})
		r.check("MEM-004", func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.patch(ctx, path, op("add", "members", refs(a))), match.Success())
			p.expectMembers(ctx, path, "an add of one who was there", a, b)
		})
		r.check("MEM-005", func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b, c)
			p.expect(p.patch(ctx, path, op("remove", "members", refs(b))), match.Success())
			p.expectMembers(ctx, path, "a removal of one by a value list", a, c)
		})
		r.check("MEM-006", func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b, c)
			p.expect(p.patch(ctx, path, op("remove", `members[value eq "`+b+`"]`, nil)), match.Success())
			p.expectMembers(ctx, path, "a removal of one by a filter", a, c)
		})
		r.check("MEM-007", func(ctx context.Context, p *probe) {
			a, b, c := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.patch(ctx, path, op("replace", "members", refs(c))), match.Success())
			p.expectMembers(ctx, path, "a replace with one", c)
		})
		r.check("MEM-008", func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, name := p.group(ctx, "g", a, b)
			p.expect(p.patch(ctx, path, op("replace", "displayName", name+"-renamed")), match.Success())
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name+"-renamed"))
			p.expectMembers(ctx, path, "a rename", a, b)
		})
		r.check("MEM-009", func(ctx context.Context, p *probe) {
			_, a, _ := p.user(ctx, "a", nil)
			path, name := p.group(ctx, "g", a)
			body := p.read(ctx, path+"?excludedAttributes=members")
			p.expect(body["members"], match.Is("members when they are excluded", nil))
			p.expect(body["displayName"], match.Is("displayName when members are excluded", name))
			list := p.get(ctx, "/Groups?excludedAttributes=members&filter="+url.QueryEscape("displayName eq "+quoted(name)))
			p.only(list, path[len("/Groups/"):])
			p.expect(list.Body["Resources"].([]any)[0].(map[string]any)["members"], match.Is("members in a list when they are excluded", nil))
		})
		r.check("MEM-010", func(ctx context.Context, p *probe) {
			path, _ := p.group(ctx, "g")
			nobody := p.Name("no-such-id")
			answer := p.patch(ctx, path, op("add", "members", refs(nobody)))
			if answer.Status >= 400 {
				p.expect(answer, match.Status(400, 404, 409, 422))
				return
			}
			p.expectMembers(ctx, path, "an add that was answered with success", nobody)
		})
		r.check("MEM-011", func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, _ := p.group(ctx, "g", a, b)
			p.expect(p.do(ctx, "DELETE", "/Users/"+a, nil), match.Status(204))
			p.expectMembers(ctx, path, "the deletion of a member", b)
		})
		r.check("MEM-012", func(ctx context.Context, p *probe) {
			_, name := p.group(ctx, "g")
			again := map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + p.Name("again")}
			p.expect(p.post(ctx, "Groups", "displayName", again), match.Status(409))
		})
		r.check("MEM-013", func(ctx context.Context, p *probe) {
			const size = 150
			ids := make([]string, 0, size)
			for i := range size {
				_, id, _ := p.user(ctx, fmt.Sprintf("m%d-", i), nil)
				ids = append(ids, id)
			}
			path, _ := p.group(ctx, "large", ids[:size-1]...)
			p.expect(p.patch(ctx, path, op("add", "members", refs(ids[size-1]))), match.Success())
			p.expectMembers(ctx, path, "an add to a group of 149", ids...)
		})
	})
}
