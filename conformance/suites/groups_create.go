package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// groupsCreate are the checks of creating groups.
func groupsCreate() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "MEM-001", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-153", Cause: "create",
			Needs: []string{catalog.GroupsHere},
			Title: "creates a group without members",
			Why:   "Entra creates every group empty and adds members later.",
			Fix:   "Accept a group with members [] or without members.",
		}, func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "empty")
			p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name))
			p.expectMembers(ctx, path, "creating the group without members")
		}),
		check(catalog.Check{
			ID: "MEM-012", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-166", Cause: "group-names",
			Needs: []string{catalog.GroupsHere},
			Title: "returns 409 for a second group with the same displayName",
			Why:   "Entra matches groups by name, so names must be unique.",
			Fix:   "Check that a group's displayName is unique, and return 409.",
		}, func(ctx context.Context, p *probe) {
			_, name := p.group(ctx, "g")
			again := map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + p.Name("again")}
			p.expect(p.post(ctx, "Groups", "displayName", again), match.Status(http.StatusConflict))
		}),
		check(catalog.Check{
			ID: "MEM-014", Suite: "memberships", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "W-43", Cause: "group-names",
			Needs: []string{catalog.GroupsHere},
			Title: "accepts a group with a second schema URN",
			Why:   "Microsoft's own create example lists a custom URN beside the core schema.",
			Fix:   "Ignore unknown schema URNs.",
		}, func(ctx context.Context, p *probe) {
			name := p.Name("two-urns")
			a := p.post(ctx, "Groups", "displayName", map[string]any{
				"schemas":    []string{coreGroup, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"},
				"externalId": "X-" + name, "displayName": name, "meta": map[string]any{"resourceType": "Group"},
			})
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", name))
		}),
		check(catalog.Check{
			ID: "MEM-015", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("2.3.1"), Rule: "R-14", Cause: "encoding",
			Needs: []string{catalog.GroupsHere},
			Title: "keeps special characters and spaces in a group name",
			Why:   "Groups have names such as \"R&D / EMEA (ext.)\".",
			Fix:   "Treat displayName as an opaque string.",
		}, func(ctx context.Context, p *probe) {
			path, name := p.group(ctx, "plain")
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent, http.StatusOK))
			name += " R&D / EMEA (ext.), Zürich"
			a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + p.Name("signs"), "members": []any{}})
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", name))
		}),
	}
}
