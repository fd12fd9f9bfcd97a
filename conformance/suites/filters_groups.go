package suites

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// filtersGroups are the checks of filters for groups.
func filtersGroups() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-006", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group by displayName and returns no others",
			Why:   "Entra matches groups by name. A wrong match mixes the members of two groups.",
			Fix:   "Apply filters to groups as to users.",
		}, func(ctx context.Context, p *probe) {
			p.group(ctx, "near")
			path, name := p.group(ctx, "target")
			p.only(p.find(ctx, "Groups", "displayName", name), strings.TrimPrefix(path, "/Groups/"))
			p.expect(p.find(ctx, "Groups", "displayName", p.Name("nobody")), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-014", Suite: "queries", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-167", Cause: "filter",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group by externalId and returns no others",
			Why:   "Tenants may match groups by externalId, so that renames do not matter.",
			Fix:   "Support filters on externalId of groups as well as on displayName.",
		}, func(ctx context.Context, p *probe) {
			p.group(ctx, "near")
			path, name := p.group(ctx, "target")
			p.only(p.find(ctx, "Groups", "externalId", "X-"+name), strings.TrimPrefix(path, "/Groups/"))
		}),
		check(catalog.Check{
			ID: "QRY-015", Suite: "queries", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "W-21", Cause: "filter",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "supports membership queries by id and members",
			Why:   "Microsoft documents the filter id eq \"…\" and members eq \"…\" as an alternative to reading a large group. Older jobs send it.",
			Fix:   "Support `and` between id and members in group filters.",
		}, func(ctx context.Context, p *probe) {
			_, inside, _ := p.plain(ctx, "inside")
			_, outside, _ := p.plain(ctx, "outside")
			p.group(ctx, "near", outside)
			path, _ := p.group(ctx, "g", inside)
			id := strings.TrimPrefix(path, "/Groups/")
			ask := "id eq " + quoted(id) + " and members eq "
			p.only(p.get(ctx, filtered("Groups", ask+quoted(inside))), id)
			p.expect(p.get(ctx, filtered("Groups", ask+quoted(outside))), match.Total(0))
		}),
	}
}
