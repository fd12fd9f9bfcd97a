package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// groupsMembersKeep are the checks of what memberships must survive: changes of the members
// themselves.
func groupsMembersKeep() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-069", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-of-disabled",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the memberships of a user who is disabled and enabled",
			Why:   "Entra does not send memberships again when it enables a user. Whoever comes back has no access.",
			Fix:   "Change only active. Let sign-in depend on it, not the membership.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "g", ids...)
			var a session.Response
			for _, active := range []bool{false, true} { // a group may hide members while they are disabled
				a = p.do(ctx, http.MethodPatch, "/Users/"+ids[0], patchOp(op(p.spelled("replace"), "active", active)))
				p.because("patch-narrow", a, match.Success())
			}
			p.becomes(ctx, g, g.now, a)
		}),
		check(catalog.Check{
			ID: "MEM-070", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-of-changed",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps the memberships of a user who is renamed or replaced",
			Why:   "Marriages and new e-mail addresses change the userName. They must not cost anybody access.",
			Fix:   "Refer to members by id, never by userName, and leave groups alone when you write a user.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "renamed", nil)
			g := p.aGroup(ctx, "g", u.id, p.crew(ctx, 1)[0])
			name := p.Mail(p.Name("other"))
			renamed := resource.With(u.sent, "userName", name)
			p.survives(ctx, g, http.MethodPatch, u, patchOp(op(p.spelled("replace"), "userName", name)))
			if p.Lacks(catalog.Put) == "" {
				p.survives(ctx, g, http.MethodPut, u, renamed)
			}
		}),
		check(catalog.Check{
			ID: "MEM-071", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-of-others",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the members of a group when another group changes",
			Why:   "Most users are in several groups. A change of one must not cost them the others.",
			Fix:   "Store a membership with the id of its group and of its member.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			g, other := p.aGroup(ctx, "g", ids...), p.aGroup(ctx, "other", ids[:2]...)
			for _, step := range []struct {
				method string
				body   any
			}{
				{http.MethodPatch, patchOp(op(p.spelled("add"), "members", refs(ids[2])))},
				{http.MethodPatch, patchOp(op(p.spelled("remove"), "members", refs(ids[0])))},
				{http.MethodPatch, patchOp(op(p.spelled("replace"), "members", refs(ids[2])))},
				{http.MethodDelete, nil},
			} {
				a := p.do(ctx, step.method, other.path(), step.body) // its own effect is for others to judge
				p.becomes(ctx, g, g.now, a, "members")
			}
		}),
	}
}

// survives changes a user and asserts that a group is as before. A change that the target
// rejects changes nothing either.
func (p *probe) survives(ctx context.Context, g *thing, method string, u *thing, body any) {
	p.becomes(ctx, g, g.now, p.do(ctx, method, u.path(), body))
}
