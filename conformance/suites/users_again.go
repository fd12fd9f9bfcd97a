package suites

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// again are the checks of writes that say what is there already. Entra repeats a request whose
// response it did not get, and sends what its mapping computes, changed or not.
func again() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-077", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-123", Cause: "write-again",
			Needs: []string{catalog.Patch},
			Title: "accepts values that a user has already",
			Why:   "Entra repeats a request after a time-out. A second one that is rejected keeps the user in error for ever.",
			Fix:   "Treat a write of the current value as a success.",
		}, func(ctx context.Context, p *probe) {
			u := p.aRichUser(ctx, "again")
			names := []string{p.carrier(), "active", "externalId", "userName"}
			for _, name := range names {
				now := resource.Value(u.now, name)
				a := p.survey.Users.Find(name)
				fixed := p.survey.Asked && name != names[0] && (a == nil || !p.able(a) && name != "userName" && name != "active" || strings.EqualFold(a.Mutability, "immutable"))
				if now == nil || fixed {
					continue
				}
				if name == "userName" {
					p.renamable(ctx, p.patch(ctx, u.path(), op("replace", name, now)))
				}
				for _, verb := range []string{"replace", "add"} {
					p.set(ctx, u, u.now, op(verb, name, now))
				}
				p.set(ctx, u, u.now, op("replace", "", map[string]any{name: now}))
			}
			if active := p.survey.Users.Find("active"); active != nil && active.Post == survey.Kept && active.Patch == survey.Kept {
				p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", false))
				p.set(ctx, u, u.now, op("replace", "active", false))
				p.set(ctx, u, u.now, op("replace", "", map[string]any{"active": false}))
			}
			if boss := p.boss(ctx); boss != "" {
				u = p.withManager(ctx, u, &thing{id: boss})
				if managerOf(u.now) == boss { // setting it is for others to judge
					p.set(ctx, u, u.now, op("add", manager, boss))
					p.set(ctx, u, u.now, op("replace", manager, map[string]any{"value": boss}))
				}
			}
		}),
		check(catalog.Check{
			ID: "MEM-075", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-123", Cause: "write-again",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "accepts the name and the members that a group has already",
			Why:   "Entra repeats a request after a time-out. A second one that is rejected keeps the group in error for ever.",
			Fix:   "Treat a write of the current value as a success.",
		}, func(ctx context.Context, p *probe) {
			ids := p.crew(ctx, 2)
			g := p.aGroup(ctx, "again", ids...)
			p.set(ctx, g, g.now, op("replace", "displayName", g.now["displayName"]))
			p.set(ctx, g, g.now, op("add", "members", refs(ids[0])))
			p.set(ctx, g, g.now, op("replace", "members", refs(ids...)))
		}),
		check(catalog.Check{
			ID: "ATT-068", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.10"), Rule: "R-132", Cause: "core-urn",
			Needs: []string{catalog.Patch},
			Title: "replaces attributes by a path with the core URN in a user with core attributes only",
			Why:   "Most users of a new tenant have no enterprise attributes yet.",
			Fix:   "Strip the core schema URN from paths, whatever other schemas a user has.",
		}, func(ctx context.Context, p *probe) {
			name := p.carrier()
			u := p.aUserOf(ctx, p.bare("plain"))
			p.set(ctx, u, resource.With(u.now, name, "Plain"), op("add", coreUser+":"+name, "Plain"))
			p.set(ctx, u, resource.With(u.now, name, "Plainer"), op("replace", coreUser+":"+name, "Plainer"))
		}),
	}
}

// primaries are all multi-valued attributes with types and a primary flag that the target keeps.
func (p *probe) primaries() []plural {
	first := p.primary()
	list := []plural{first}
	if !p.survey.Asked {
		return list
	}
	for _, u := range p.units() {
		l := plural{u, first.run}
		if u.name != first.name && u.kind != "" && slices.Contains([]string{"emails", "phoneNumbers", "addresses"}, u.name) && l.flagged() {
			list = append(list, l)
		}
	}
	return list
}
