package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// membersReplace registers the checks of replacing the whole member list, by PATCH and by PUT.
func (r *registry) membersReplace() {
	r.check("MEM-007", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("replace", "members", refs(c)))
		p.expectMembers(ctx, path, "a replace with one member", c)
	})
	r.check("MEM-017", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, name := p.group(ctx, "g", a, b)
		p.putMembers(ctx, path, name, b, c)
		p.expectMembers(ctx, path, "a PUT with two members", b, c)
	})
	r.check("MEM-018", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, name := p.group(ctx, "g", a, b)
		p.putMembers(ctx, path, name)
		p.expectMembers(ctx, path, "a PUT with []")
	})
	r.check("MEM-029", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("replace", "members", []any{}))
		p.expectMembers(ctx, path, "a replace with []")
	})
}

// putMembers replaces a group. It keeps the name and sets other members.
func (p *probe) putMembers(ctx context.Context, path, name string, ids ...string) {
	body := map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + name, "members": refs(ids...)}
	p.expect(p.do(ctx, "PUT", path, body), match.Status(200, 204))
}
