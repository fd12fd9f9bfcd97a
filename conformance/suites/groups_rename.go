package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// groupsRename are the checks of renaming groups, and of the names that groups may have.
func groupsRename() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-008", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "group-attributes",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the members when a group is renamed",
			Why:   "A rename in Entra must not remove anyone's access.",
			Fix:   "Change only displayName.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			name := p.Name("renamed")
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "displayName", name))
		}),
		check(catalog.Check{
			ID: "MEM-022", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "returns 409 or 400 for a rename to another group's name, or allows it",
			Why:   "Entra retries a 500 cycle after cycle. A 409 says what is wrong.",
			Fix:   "Check displayName before you write, and return 409 uniqueness.",
		}, func(ctx context.Context, p *probe) {
			taken, g := p.aGroup(ctx, "taken"), p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			name := taken.sent["displayName"]
			p.renames(ctx, taken, g, http.MethodPatch, patchOp(op(p.spelled("replace"), "displayName", name)))
		}),
		check(catalog.Check{
			ID: "MEM-043", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Needs: []string{catalog.GroupsHere, catalog.Put},
			Title: "returns 409 or 400 for a PUT with another group's name, or allows it",
			Why:   "A rejected PUT must leave both groups as they are. A half-done one mixes their members.",
			Fix:   "Check displayName before you write, and return 409 uniqueness.",
		}, func(ctx context.Context, p *probe) {
			taken, g := p.aGroup(ctx, "taken"), p.aGroup(ctx, "g", p.crew(ctx, 1)...)
			body := resource.With(g.sent, "displayName", taken.sent["displayName"])
			body["members"] = refs(memberIDs(g.now)...)
			p.renames(ctx, taken, g, http.MethodPut, body)
		}),
		check(catalog.Check{
			ID: "MEM-032", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "renames a group by a replace without a path and keeps its members",
			Why:   "Microsoft's validator renames groups this way.",
			Fix:   "Merge the attributes of the value into the group. Keep the members.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "g", p.crew(ctx, 2)...)
			name := p.Name("renamed")
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "", map[string]any{"displayName": name}))
		}),
		check(catalog.Check{
			ID: "MEM-035", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "lets another group take the old name of a renamed group",
			Why:   "Teams swap names. A 409 for a free name blocks the new group.",
			Fix:   "Compare only with names in current use, and update every index on a rename.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "before")
			old := g.sent["displayName"]
			name := p.Name("after")
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "displayName", name))
			next := p.team(p.Name("next"))
			next["displayName"] = old
			p.expect(p.post(ctx, "Groups", "displayName", next), match.Made())
		}),
		check(catalog.Check{
			ID: "MEM-044", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2"), Rule: "R-79", Cause: "rename",
			Needs: []string{catalog.Filter, catalog.GroupsHere, catalog.Patch},
			Title: "finds a renamed group by its new name only",
			Why:   "Entra takes a match by the old name for another group, and creates the renamed one again if the new name has no match.",
			Fix:   "Update the search index with every rename, in the same transaction.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "before")
			old := g.sent["displayName"]
			p.only(p.find(ctx, "Groups", "displayName", old), g.id) // fills a cache, if there is one
			name := p.Name("after")
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "displayName", name))
			p.only(p.find(ctx, "Groups", "displayName", name), g.id)
			p.expect(p.find(ctx, "Groups", "displayName", old), match.Total(0))
		}),
		check(catalog.Check{
			ID: "MEM-045", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "group-letter-case",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "renames a group when only the letter case changes",
			Why:   "A group must not stand in the way of its own name: Entra sends the rename in every cycle.",
			Fix:   "Leave the group itself out when you look for its new name.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "case", p.crew(ctx, 1)...)
			old, _ := g.sent["displayName"].(string)
			name := strings.ToUpper(old)
			p.set(ctx, g, resource.With(g.now, "displayName", name), op("replace", "displayName", name)) // a target may keep the old case
		}),
	}
}

// renames gives a group the name of another one. A target may allow that or reject it, but either
// way completely.
func (p *probe) renames(ctx context.Context, taken, g *thing, method string, body map[string]any) {
	a := p.do(ctx, method, g.path(), body)
	p.expect(a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusBadRequest, http.StatusConflict)) // on a change, 400 is equally valid
	want := g.now
	if a.Status < http.StatusBadRequest {
		want = resource.With(g.now, "displayName", taken.now["displayName"])
	}
	p.finding.Cause = "group-names-mixed"
	p.becomes(ctx, g, want, a, "displayName")
	p.becomes(ctx, taken, taken.now, a)
}
