package suites

import (
	"context"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/filtermodel"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// filtersGroups are the checks of filters for groups.
func filtersGroups() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-006", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-groups",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group by displayName and returns no others",
			Why:   "Entra matches groups by name. A wrong match mixes the members of two groups.",
			Fix:   "Apply filters to groups as to users.",
		}, func(ctx context.Context, p *probe) {
			p.aGroup(ctx, "near")
			t := p.aGroup(ctx, "target")
			p.found(ctx, t, "displayName", t.sent["displayName"])
			p.expect(p.find(ctx, "Groups", "displayName", p.Name("nobody")), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-014", Suite: "queries", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "R-167", Cause: "filter-groups",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group by externalId and returns no others",
			Why:   "Tenants may match groups by externalId, so that renames do not matter.",
			Fix:   "Support filters on externalId of groups as well as on displayName.",
		}, func(ctx context.Context, p *probe) {
			p.has("Group.externalId")
			p.aGroup(ctx, "near")
			t := p.aGroup(ctx, "target")
			p.found(ctx, t, "externalId", t.sent["externalId"])
			p.whole(ctx, t, "externalId")
		}),
		check(catalog.Check{
			ID: "QRY-015", Suite: "queries", About: catalog.Groups, Level: catalog.Entra, Basis: microsoft(), Rule: "W-21", Cause: "filter-members",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "supports membership queries by id and members",
			Why:   "Microsoft documents the filter id eq \"…\" and members eq \"…\" as an alternative to reading a large group. Older jobs send it.",
			Fix:   "Support `and` between id and members in group filters.",
		}, func(ctx context.Context, p *probe) {
			inside, outside := p.aUser(ctx, "inside", nil).id, p.aUser(ctx, "outside", nil).id
			p.aGroup(ctx, "near", outside)
			t := p.aGroup(ctx, "g", inside)
			ask := "id eq " + quoted(t.id) + " and members eq "
			p.only(p.get(ctx, filtered("Groups", ask+quoted(inside))), t.id)
			p.expect(p.get(ctx, filtered("Groups", ask+quoted(outside))), match.Total(0))
		}),
		check(catalog.Check{
			ID: "QRY-044", Suite: "queries", About: catalog.Groups, Level: catalog.Entra, Basis: validation(), Rule: "R-167", Cause: "letter-case",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "compares displayName of groups case-insensitively",
			Why:   "Microsoft's validator asks for a group in other letters. If it is not found, Entra creates it again.",
			Fix:   "Fold case on both sides when you filter groups by displayName.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "case")
			p.because("filter-groups", p.find(ctx, "Groups", "displayName", t.sent["displayName"]), match.Total(1))
			p.found(ctx, t, "displayName", strings.ToUpper(t.sent["displayName"].(string)))
		}),
		check(catalog.Check{
			ID: "QRY-045", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-members",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds the groups of a user by members.value, or rejects the filter",
			Why:   "Clients read the groups of a person by this filter. A wrong answer hides access that a leaver still has.",
			Fix:   "Resolve members.value and members[value eq \"…\"] in group filters, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) {
			inside, outside := p.aUser(ctx, "inside", nil).id, p.aUser(ctx, "outside", nil).id
			near, t := p.aGroup(ctx, "near", outside), p.aGroup(ctx, "g", outside, inside)
			for _, g := range []*thing{near, t} {
				g.sent["members"] = g.now["members"]
			}
			is := func(user string) filtermodel.Filter { return filtermodel.Compare("value", "eq", user) }
			asked := []filtermodel.Filter{
				filtermodel.Compare("members.value", "eq", inside), filtermodel.Element("members", is(inside)), filtermodel.Element("members", is(outside)),
				filtermodel.Compare(coreGroup+":displayName", "eq", t.sent["displayName"]), filtermodel.Compare("members.value", "eq", p.Name("nobody")),
			}
			p.aheadOf(ctx, "Groups", asked...)
			for _, f := range asked {
				a := p.get(ctx, filtered("Groups", f.String()))
				if unsupported(a) {
					p.finding.Assertions++
					continue
				}
				if p.finding.Cause = ""; strings.HasPrefix(f.String(), coreGroup) {
					p.finding.Cause = "filter-paths"
				}
				p.selects(a, f, []*thing{near, t})
			}
			p.finding.Cause = ""
			p.leavesOut(ctx, filtermodel.Present("members"), p.aGroup(ctx, "empty"))
		}),
	}
}
