package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// groupsRename are the checks of renaming groups.
func groupsRename() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-008", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-155", Cause: "members-add",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the members when a group is renamed",
			Why:   "A rename in Entra must not remove anyone's access.",
			Fix:   "Change only displayName.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, name := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("replace", "displayName", name+"-renamed"))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name+"-renamed"))
			p.expectMembers(ctx, path, "renaming the group", a, b)
		}),
		check(catalog.Check{
			ID: "MEM-021", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-190", Cause: "group-names",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "updates the externalId of a group",
			Why:   "Groups matched by name get their externalId by PATCH.",
			Fix:   "Support PATCH of externalId on groups as on users.",
		}, func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "g")
			p.change(ctx, path, op("replace", "externalId", "Y-"+name))
			p.Named(strings.TrimPrefix(path, "/Groups/"), "externalId", "Y-"+name)
			p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the group", "Y-"+name))
		}),
		check(catalog.Check{
			ID: "MEM-022", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "returns 409 or 400 for a rename to another group's name, or allows it",
			Why:   "Entra retries a 500 cycle after cycle. A 409 says what is wrong.",
			Fix:   "Check displayName before you write, and return 409 uniqueness.",
		}, func(ctx context.Context, p *probe) {
			_, taken := p.group(ctx, "taken")
			path, name := p.group(ctx, "g")
			answer := p.patch(ctx, path, op("replace", "displayName", taken))
			p.expect(answer, match.Status(200, 204, 400, 409)) // on a change, 400 is equally valid
			want := taken
			if answer.Status >= 400 {
				want = name
			}
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after the rename request", want))
		}),
		check(catalog.Check{
			ID: "MEM-032", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "pathless",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "renames a group by a replace without a path and keeps its members",
			Why:   "Microsoft's validator renames groups this way.",
			Fix:   "Merge the attributes of the value into the group. Keep the members.",
		}, func(ctx context.Context, p *probe) {
			a, b, _ := p.three(ctx)
			path, name := p.group(ctx, "g", a, b)
			p.change(ctx, path, op("replace", "", map[string]any{"displayName": name + "-renamed"}))
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name+"-renamed"))
			p.expectMembers(ctx, path, "renaming the group without a path", a, b)
		}),
		check(catalog.Check{
			ID: "MEM-035", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "lets another group take the old name of a renamed group",
			Why:   "Teams swap names. A 409 for a free name blocks the new group.",
			Fix:   "Compare only with names in current use, and update every index on a rename.",
		}, func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "before")
			p.change(ctx, path, op("replace", "displayName", p.Name("after")))
			a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "externalId": "X2-" + name, "displayName": name})
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		}),
	}
}
