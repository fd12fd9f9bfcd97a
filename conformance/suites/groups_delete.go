package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// groupsDelete are the checks of deleting groups and members, and of groups that do not exist.
func groupsDelete() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-011", Suite: "memberships", About: catalog.Groups, Level: catalog.Should, Basis: rfc7643("2.3.7"), Rule: "R-165", Cause: "members-dangling",
			Needs: []string{catalog.GroupsHere},
			Title: "removes a deleted user from its groups",
			Why:   "A dangling member comes back with the next user that gets the same id.",
			Fix:   "Remove memberships when a user is deleted.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 3)
			leaver, teams := p.withoutOne(ctx, ids)
			for _, g := range teams {
				p.becomes(ctx, g, resource.With(g.now, "members", refs(others(memberIDs(g.now), leaver)...)), p.last, "members")
			}
		}),
		check(catalog.Check{
			ID: "MEM-079", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-165", Cause: "members-lost-with-one",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps groups and their other members when a member is deleted",
			Why:   "Whoever leaves must not take a group, or the access of colleagues, along.",
			Fix:   "On DELETE of a user, remove its own memberships. Do not delete or clear a group.",
		}, func(ctx context.Context, p *probe) {
			leaver, teams := p.withoutOne(ctx, p.crew(ctx, 3))
			a := p.last
			for _, g := range teams {
				read := p.get(ctx, g.path())
				p.last = a
				p.expect(read.Status == http.StatusOK, match.That("a group is still there after the DELETE of a member", fmt.Sprintf("a read returned status %d", read.Status)))
				want, left := others(memberIDs(g.now), leaver), others(memberIDs(read.Body), leaver) // whether the user is gone is judged by MEM-011
				p.expect(slices.Equal(want, left), match.That(fmt.Sprintf("the group has its other %d members", len(want)), fmt.Sprintf("it has %d after the DELETE of a member", len(left))))
				for _, d := range resource.Compare(g.now, read.Body, p.rules(nil)) {
					p.end(Failed, differs(d, nil, nil, a))
				}
			}
		}),
		check(catalog.Check{
			ID: "MEM-026", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "deletes a group completely: it is neither read nor found any more",
			Why:   "When a group leaves the scope, Entra deletes it. A group that can still be found is linked again.",
			Fix:   "On DELETE, remove the group from reads and queries.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			p.deletes(ctx, g.path())
			p.expect(p.get(ctx, g.path()), match.Status(http.StatusNotFound, http.StatusGone))
			p.expect(p.find(ctx, "Groups", "displayName", g.sent["displayName"]), match.Total(0))
		}),
		check(catalog.Check{
			ID: "MEM-052", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "group-touches-users",
			Needs: []string{catalog.GroupsHere},
			Title: "leaves users as they are when their groups change or are deleted",
			Why:   "A group is not its members. A deleted group must not delete, disable or change anybody.",
			Fix:   "Do not touch any user when a group is written or deleted.",
		}, func(ctx context.Context, p *probe) {
			a, b := p.aUser(ctx, "a", nil), p.aUser(ctx, "b", nil)
			g := p.aGroup(ctx, "g", a.id, b.id)
			for _, step := range []struct {
				method string
				body   any
			}{
				{http.MethodPatch, patchOp(op(p.spelled("remove"), "members", refs(a.id)))},
				{http.MethodDelete, nil},
			} {
				done := p.do(ctx, step.method, g.path(), step.body) // whether it succeeds is for others to judge
				for _, u := range []*thing{a, b} {
					p.becomes(ctx, u, u.now, done)
				}
			}
		}),
		check(catalog.Check{
			ID: "MEM-076", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "group-comes-back",
			Needs: []string{catalog.GroupsHere},
			Title: "gives nothing of a deleted group to the next one with its name",
			Why:   "The new group would let in the members of another one, or be matched with the object of another one.",
			Fix:   "Remove everything on DELETE. Start a new group with what the create sends.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "back", p.crew(ctx, 2)...)
			p.deletes(ctx, g.path())
			body := p.team(p.Name("next"))
			body["displayName"] = g.sent["displayName"]
			if a := p.survey.Groups.Find("externalId"); a == nil || !a.Required {
				delete(body, "externalId")
			}
			a := p.post(ctx, "Groups", "displayName", body)
			p.because("no-groups", a, match.Made())
			next := p.arranged(ctx, &thing{collection: "Groups", id: p.id(a)})
			p.expect(p.id(a) != g.id, match.That("the new group gets its own id", "it got the id of the deleted group"))
			p.expect(len(memberIDs(next)) == 0, match.That("the new group has no members", "it has "+match.JSON(len(memberIDs(next)))+" of the deleted group"))
			if old := g.now["externalId"]; old != nil {
				p.expect(next["externalId"] == nil || next["externalId"] != old, match.That("the new group does not have the externalId of the deleted one", "it has "+match.JSON(next["externalId"])))
			}
		}),
		check(catalog.Check{
			ID: "MEM-053", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "group-unknown",
			Needs: []string{catalog.GroupsHere},
			Title: "returns 404 for every request to a deleted group",
			Why:   "Entra repeats a DELETE when the response was lost, and looks a group up again after a 404. A server error puts the job into quarantine.",
			Fix:   "Look up the group before GET, PATCH, PUT and DELETE, and return 404.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			p.deletes(ctx, g.path())
			p.nowhere(ctx, g.path(), g.sent)
		}),
		check(catalog.Check{
			ID: "MEM-054", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-135", Cause: "group-unknown",
			Needs: []string{catalog.GroupsHere},
			Title: "returns 404 for every request to a group that never existed",
			Why:   "A success for an unknown group hides that the link is dead. A closed connection stops the job.",
			Fix:   "Look up the group before GET, PATCH, PUT and DELETE, and return 404, whatever the id looks like.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g")
			p.nowhere(ctx, "/Groups/"+unlike(g.id), g.sent)
			p.nowhere(ctx, "/Groups/"+p.Name("no-such-id"), g.sent, http.StatusBadRequest)
			p.unmoved(ctx, g, p.last)
		}),
		check(catalog.Check{
			ID: "MEM-055", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.1.2"), Rule: "R-164", Cause: "members-of-user",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "shows the groups of a user as they are",
			Why:   "Applications grant access by the groups of a user. A stale group keeps the access of a leaver.",
			Fix:   "Compute groups of a user from the members of the groups.",
		}, func(ctx context.Context, p *probe) {
			user := p.crew(ctx, 1)[0]
			first, second := p.aGroup(ctx, "first", user), p.aGroup(ctx, "second")
			if len(p.groupsOf(ctx, user)) == 0 {
				p.skip("the target does not return a user's groups")
			}
			p.inGroups(ctx, user, "a create with the user", first.id)
			change := func(kind string) {
				a := p.do(ctx, http.MethodPatch, second.path(), patchOp(op(p.spelled(kind), "members", refs(user))))
				p.because("no-members", a, match.Success())
			}
			change("add")
			p.inGroups(ctx, user, "an add", first.id, second.id)
			change("remove")
			p.inGroups(ctx, user, "a remove", first.id)
			p.namedGroup(ctx, user, first)
			p.deletes(ctx, first.path())
			p.inGroups(ctx, user, "the deletion of the group")
		}),
	}
}

// withoutOne deletes a user who is the only member of a group, the first one of another and the last one of a
// third. It returns the user and the groups as they were before.
func (p *probe) withoutOne(ctx context.Context, ids []string) (leaver string, teams []*thing) {
	leaver = ids[1]
	for _, members := range [][]string{{leaver}, {leaver, ids[0]}, {ids[0], ids[2], leaver}} {
		teams = append(teams, p.aGroup(ctx, "team", members...))
	}
	a := p.deletes(ctx, "/Users/"+leaver)
	p.because("delete-users", p.get(ctx, "/Users/"+leaver), match.Status(http.StatusNotFound, http.StatusGone))
	p.last = a
	return leaver, teams
}

// others are the ids without one, sorted.
func others(ids []string, one string) []string {
	out := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == one })
	slices.Sort(out)
	return out
}

// deletes removes a resource. Any 2xx will do; the status itself has a check of its own.
func (p *probe) deletes(ctx context.Context, path string) (a session.Response) {
	a = p.do(ctx, http.MethodDelete, path, nil)
	if strings.HasPrefix(path, "/Users/") {
		p.deletable(a)
	}
	p.because("delete", a, match.Status(http.StatusNoContent, http.StatusOK, http.StatusAccepted))
	return a
}

// nowhere asserts that requests for a group which does not exist return 404, or one of the other
// statuses. A method that the target does not have says nothing.
func (p *probe) nowhere(ctx context.Context, path string, body map[string]any, others ...int) {
	allowed := append([]int{http.StatusNotFound, http.StatusGone}, others...)
	without := append(slices.Clone(allowed), http.StatusMethodNotAllowed, http.StatusNotImplemented)
	rename := patchOp(op(p.spelled("replace"), "displayName", p.Name("ghost")))
	p.expect(p.get(ctx, path), match.Status(allowed...))
	p.expect(p.do(ctx, http.MethodPatch, path, rename), match.Status(without...))
	add := patchOp(op(p.spelled("add"), "members", refs(strings.TrimPrefix(path, "/Groups/"))))
	p.expect(p.do(ctx, http.MethodPatch, path, add), match.Status(append(without, http.StatusBadRequest)...)) // the member is unknown as well
	p.expect(p.do(ctx, http.MethodPut, path, resource.With(body, "displayName", p.Name("ghost"))), match.Status(without...))
	p.expect(p.do(ctx, http.MethodDelete, path, nil), match.Status(without...))
}

// groupsOf returns the ids of the groups that a user shows, sorted.
func (p *probe) groupsOf(ctx context.Context, user string) []string {
	list, _ := p.read(ctx, "/Users/"+user)["groups"].([]any)
	var ids []string
	for _, e := range list {
		m, _ := e.(map[string]any)
		id, _ := m["value"].(string)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

// namedGroup renames a group, and asserts that its user does not show the old name: display is optional.
func (p *probe) namedGroup(ctx context.Context, user string, g *thing) {
	old, _ := resource.Value(g.now, "displayName").(string)
	a := p.do(ctx, http.MethodPatch, g.path(), patchOp(op(p.spelled("replace"), "displayName", p.Name("renamed"))))
	if a.Status >= http.StatusMultipleChoices || resource.Value(p.arranged(ctx, g), "displayName") == old {
		return // which other checks are about
	}
	list, _ := p.read(ctx, "/Users/"+user)["groups"].([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		shown, _ := m[resource.Key(m, "display")].(string)
		p.expect(m["value"] != g.id || shown != old, match.That("the user shows the new name of a renamed group, or none", "it shows the old one"))
	}
}

// inGroups asserts the groups of a user.
func (p *probe) inGroups(ctx context.Context, user, after string, want ...string) {
	got := slices.Compact(p.groupsOf(ctx, user))
	slices.Sort(want)
	p.expect(slices.Equal(got, want), match.That(
		"after "+after+", the user shows the groups "+match.JSON(want), "it shows "+match.JSON(got)))
}
