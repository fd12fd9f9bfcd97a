package suites

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// groupsNested are the checks of nested groups.
func groupsNested() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-023", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.2"), Rule: "R-51", Cause: "references",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "identifies a nested group as a group, not as a user",
			Why:   "If a nested group is taken for a user, its id points to the wrong account.",
			Fix:   "Return type Group and a $ref to /Groups, or reject nested groups with 400.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			inner := p.aGroup(ctx, "inner", p.crew(ctx, 1)...)
			outer := p.aGroup(ctx, "outer", p.crew(ctx, 1)...)
			users := memberIDs(outer.now)
			a := p.do(ctx, http.MethodPatch, outer.path(), patchOp(op(p.spelled("add"), "members", refs(inner.id))))
			if a.Status >= 400 && a.Status < 500 { // a target need not support nested groups
				p.unmoved(ctx, outer, a)
				return
			}
			p.rostered(ctx, outer, append(users, inner.id), a)
			list, _ := outer.now["members"].([]any)
			for _, e := range list {
				if m, _ := e.(map[string]any); m["value"] == inner.id {
					p.expectReference(ctx, e, "Group", "/Groups/"+inner.id)
				}
			}
			p.becomes(ctx, inner, inner.now, a, "members")
		}),
		check(catalog.Check{
			ID: "MEM-036", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: rfc7643("2.4"), Rule: "R-18", Cause: "nesting",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "lists a group only once for a user who belongs to it in two ways",
			Why:   "Otherwise, seats or rights counted by group are counted twice.",
			Fix:   "Collect a user's groups in a set.",
		}, func(ctx context.Context, p *probe) {
			id := p.crew(ctx, 1)[0]
			one, two := p.aGroup(ctx, "one", id), p.aGroup(ctx, "two", id)
			p.nested(ctx, one.id, two.id)
			list, _ := p.read(ctx, "/Users/"+id)["groups"].([]any)
			if len(list) == 0 {
				p.skip("the target does not return a user's groups")
			}
			seen := map[string]bool{}
			for _, e := range list {
				m, _ := e.(map[string]any)
				pair := match.JSON([]any{m["type"], m["value"]})
				p.expect(!seen[pair], match.That("each group of the user is listed once", fmt.Sprintf("two of the %d listed groups have the same type and value", len(list))))
				seen[pair] = true
			}
		}),
		check(catalog.Check{
			ID: "MEM-037", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.1"), Rule: "R-161", Cause: "nesting",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "reads two groups that contain each other, or rejects the second membership",
			Why:   "Entra treats an endless read as a time-out and retries it. Each attempt ties up one of your workers.",
			Fix:   "Track visited groups on the way up or down, or reject the membership that closes the loop.",
		}, func(ctx context.Context, p *probe) {
			one := p.aGroup(ctx, "one")
			two := p.nested(ctx, one.id)
			add := patchOp(op(p.spelled("add"), "members", refs(two.id)))
			closing := p.inTime(ctx, http.MethodPatch, one.path(), add)
			if closing.Status >= 400 {
				p.expect(closing.Status < 500, match.That(
					"a membership that closes a loop is accepted, or rejected with a 4xx status", fmt.Sprintf("%s returned status %d", closing.Request, closing.Status)))
				return
			}
			for _, path := range []string{one.path(), two.path()} {
				p.expect(p.inTime(ctx, http.MethodGet, path, nil), match.Status(http.StatusOK))
			}
		}),
		check(catalog.Check{
			ID: "MEM-072", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-159", Cause: "nested-members",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "removes a nested group from its outer group, and nothing else",
			Why:   "A nested group is one member. Its users are not members of the outer group, and must keep their own.",
			Fix:   "Treat a nested group as one member, in both directions.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			inner := p.aGroup(ctx, "inner", ids...)
			outer := p.nested(ctx, inner.id, ids[0])
			p.roster(ctx, outer, ids[:1], op("remove", "members", refs(inner.id)))
			p.becomes(ctx, inner, inner.now, p.last, "members")
		}),
		check(catalog.Check{
			ID: "MEM-073", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-dangling",
			Needs: []string{catalog.GroupsHere},
			Title: "removes a deleted group from its outer group, and keeps the outer one",
			Why:   "A dangling member points to nothing. An outer group that is deleted with it takes away access.",
			Fix:   "Remove memberships when a group is deleted. Delete nothing else.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			inner := p.aGroup(ctx, "inner", ids[0])
			outer := p.nested(ctx, inner.id, ids[1])
			a := p.deletes(ctx, inner.path())
			p.becomes(ctx, outer, resource.With(outer.now, "members", refs(ids[1])), a, "members")
		}),
	}
}

// patience is the time limit for a request that might loop.
const patience = 15 * time.Second

// inTime sends a request that must not loop.
func (p *probe) inTime(ctx context.Context, method, path string, body any) session.Response {
	a, ok := p.soon(ctx, patience, method, path, body)
	p.expect(ok, match.That(fmt.Sprintf("a response within %s", patience), fmt.Sprintf("%s %s received no response", method, path)))
	return a
}

// nested arranges a group whose members are groups. It skips the check if the target rejects that.
func (p *probe) nested(ctx context.Context, members ...string) *thing {
	g := p.aGroup(ctx, "outer")
	a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("add"), "members", refs(members...))))
	if a.Status >= 400 && a.Status < 500 {
		p.skip(fmt.Sprintf("the target rejects groups as members (status %d)", a.Status))
	}
	p.because("no-members", a, match.Success())
	g.now = p.arranged(ctx, g)
	p.manned(g, members, "no-members")
	return g
}

// soon sends a request with a time limit. ok is false if no response arrives in time.
func (p *probe) soon(ctx context.Context, d time.Duration, method, path string, body any) (a session.Response, ok bool) {
	within, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	a, err := p.Send(within, method, path, body, nil)
	if err == nil {
		return a, true
	}
	answered := len(p.Exchanges) == 0 || p.Exchanges[len(p.Exchanges)-1].Status != 0 // with 429, and a retry was due
	if within.Err() == nil || ctx.Err() != nil || answered {
		p.stop(err) // the request failed for another reason
	}
	return a, false
}
