package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// membersRemove registers the checks of removing members, in Entra's form and in that of RFC 7644.
func (r *registry) membersRemove() {
	r.check("MEM-005", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b, c)
		p.change(ctx, path, op("remove", "members", refs(b)))
		p.expectMembers(ctx, path, "removing one member by a value list", a, c)
	})
	r.check("MEM-006", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b, c)
		p.change(ctx, path, op("remove", "members[value eq "+quoted(b)+"]", nil))
		p.expectMembers(ctx, path, "removing one member by a filter", a, c)
	})
	r.check("MEM-020", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.expect(p.patch(ctx, path, op("remove", "members[value eq "+quoted(c)+"]", nil)), match.Status(200, 204, 400))
		p.expectMembers(ctx, path, "removing a non-member", a, b)
	})
	r.check("MEM-028", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.change(ctx, path, op("remove", "members", nil))
		p.expectMembers(ctx, path, "removing all members")
	})
	r.check("MEM-031", func(ctx context.Context, p *probe) {
		a, b, c := p.three(ctx)
		path, _ := p.group(ctx, "g", a)
		p.change(ctx, path, op("add", "members", refs(b, c)), op("remove", "members[value eq "+quoted(b)+"]", nil))
		p.expectMembers(ctx, path, "adding two members and removing one of them", a, c)
	})
	r.check("MEM-033", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a)
		p.change(ctx, path, op("Add", "members", refs(b)))
		p.expectMembers(ctx, path, "a capitalized Add", a, b)
		p.change(ctx, path, op("Remove", "members[value eq "+quoted(a)+"]", nil))
		p.expectMembers(ctx, path, "a capitalized Remove", b)
	})
}
