package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsMembersForms are the checks that take one group through the forms of a change of members.
func groupsMembersForms() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-077", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-in-turn",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "fills, changes and empties a group in each form, and leaves other groups alone",
			Why:   "A group gets its first member, loses its last one and is renamed over the years. Each change must do the same at any size.",
			Fix:   "Apply each form of a change to the members of this group only, however many it has.",
		}, func(ctx context.Context, p *probe) { p.turns(ctx) }),
	}
}

// turn is one request of a series on a group, and the members after it.
type turn struct {
	op, path string
	value    any
	rename   bool // beside the members; only in a value without a path
	want     []string
}

// turns sends a series of changes, in which each form meets an empty group, the first, the only and
// the last member. Forms that a target does not take are for others to judge.
func (p *probe) turns(ctx context.Context) {
	ids := p.crew(ctx, 4)
	other, g := p.aGroup(ctx, "other", ids...), p.aGroup(ctx, "g")
	for _, t := range []turn{
		{op: "add", value: refs(ids[:3]...), want: ids[:3]},
		{op: "remove", path: member(ids[2]), want: ids[:2]},
		{op: "remove", path: "members", value: refs(ids[0]), want: ids[1:2]},
		{op: "remove", path: "members", value: refs(ids[1])},
		{op: "add", path: "members", value: refs(ids[3]), want: ids[3:]},
		{op: "remove", path: member(ids[3])},
		{op: "replace", path: "members", value: refs(ids...), want: ids},
		{op: "replace", value: refs(ids[1:3]...), want: ids[1:3]},
		{op: "add", path: "members", value: refs(ids[0], ids[3]), want: ids},
	} {
		p.turned(ctx, g, t)
	}
	p.becomes(ctx, other, other.now, p.last, "members")
}

// turned sends one change and asserts the members, and the name, after it.
func (p *probe) turned(ctx context.Context, g *thing, t turn) {
	want, o := resource.With(g.now, "members", refs(t.want...)), op(p.spelled(t.op), t.path, t.value)
	if a := p.survey.Groups.Find("displayName"); t.path == "" {
		o = op(p.spelled(t.op), "", map[string]any{"members": t.value})
		t.rename = a == nil || a.Writable()
	}
	if t.rename {
		name := p.Name("turn")
		o = op(p.spelled(t.op), "", map[string]any{"displayName": name, "members": t.value})
		want = resource.With(want, "displayName", name)
	}
	a := p.do(ctx, http.MethodPatch, g.path(), patchOp(o))
	p.because("no-members", a, match.Success()) // what is refused is for others to judge
	p.becomes(ctx, g, want, a, "members")
}
