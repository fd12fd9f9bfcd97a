package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// usersPatchLists are the checks of PATCH for multi-valued attributes.
func usersPatchLists() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-005", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "replaces the value that a type selects and keeps the others",
			Why:   "Entra changes e-mail addresses, telephone numbers and postal addresses this way.",
			Fix:   "Support value filters in paths. Change only the named sub-attribute.",
		}, func(ctx context.Context, p *probe) {
			p.inLists(ctx, func(l plural, now map[string]any) (map[string]any, map[string]any) {
				return resource.With(now, l.part(0), l.other()), op("replace", l.part(0), l.other())
			})
			p.typesInAnyCase(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-006", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-186", Cause: "value-filters-create",
			Needs: []string{catalog.Patch},
			Title: "adds a value whose type does not exist yet",
			Why:   "Entra uses the same filtered path to add a user's first telephone number.",
			Fix:   "If nothing matches the filter, create the element that it describes.",
		}, func(ctx context.Context, p *probe) {
			l := p.plural()
			u := p.aUserOf(ctx, complete(resource.With(p.person("first", nil), l.name, []any{l.element(0)})))
			p.gains(ctx, u, resource.With(u.now, l.part(1), l.other()), op("add", l.part(1), l.other()))
		}),
		check(catalog.Check{
			ID: "ATT-019", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2"), Rule: "R-118", Cause: "primary",
			Needs: []string{catalog.Patch},
			Title: "moves primary when another value becomes primary",
			Why:   "With two primary values, each read may pick a different address.",
			Fix:   "When one value becomes primary, set primary to false on the others.",
		}, func(ctx context.Context, p *probe) {
			l := p.primary()
			u := p.aListed(ctx, l)
			want := resource.With(resource.With(u.now, l.of(0)+".primary", nil), l.of(1)+".primary", true)
			p.set(ctx, u, want, op("replace", l.of(1)+".primary", true))
			p.isPrimary(u, l, 1)
			p.newPrimaries(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-020", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-121", Cause: "lists-add",
			Needs: []string{catalog.Patch},
			Title: "adds a second value and leaves the first unchanged and primary",
			Why:   "The sign-in address must not follow the last write.",
			Fix:   "Append the element as sent. Do not make it primary.",
		}, func(ctx context.Context, p *probe) {
			u, lists := p.joined(ctx, func(l plural) map[string]any { return op("add", l.name, []any{l.element(1)}) })
			for _, l := range lists {
				if l.flagged() {
					p.isPrimary(u, l, 0)
				}
			}
			p.finding.Cause = ""
			p.joined(ctx, func(l plural) map[string]any { return op("add", "", map[string]any{l.name: []any{l.element(1)}}) })
			p.bothAdded(ctx)
		}),
		check(catalog.Check{
			ID: "ATT-067", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.1"), Rule: "R-123", Cause: "lists-add",
			Needs: []string{catalog.Patch},
			Title: "does not add a value twice",
			Why:   "Entra repeats an add whose response was lost. Each repetition would add the address again.",
			Fix:   "Compare a new element with those that are there. Do nothing if it is among them.",
		}, func(ctx context.Context, p *probe) {
			p.inLists(ctx, func(l plural, now map[string]any) (map[string]any, map[string]any) {
				if !l.asSent(now, 1) { // a form of the target's own: which of the two it compares is its own too
					return now, nil
				}
				return now, op("add", l.name, []any{l.stored(now, 1)})
			})
			p.inValues(ctx, func(u unit, now map[string]any) (map[string]any, map[string]any) {
				list, _ := resource.Value(now, u.name).([]any)
				return now, op("add", u.name, slices.Clone(list[len(list)-1:]))
			})
			if p.finding.Assertions == 0 {
				p.skip("the target keeps each list in a form of its own")
			}
		}),
		check(catalog.Check{
			ID: "ATT-021", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-131", Cause: "value-filters-create",
			Needs: []string{catalog.Patch},
			Title: "does not report success for a replace whose filter matched nothing, unless it created the value",
			Why:   "A success without effect goes unnoticed.",
			Fix:   "Return 400 noTarget, or create the element as Entra expects.",
		}, func(ctx context.Context, p *probe) {
			l := p.plural()
			u := p.aUserOf(ctx, complete(resource.With(p.person("none", nil), l.name, []any{l.element(0)})))
			want := resource.With(u.now, l.part(1), l.other())
			if !p.tried(ctx, u, op("replace", l.part(1), l.other())) {
				want = u.now
			}
			p.becomes(ctx, u, want, p.last)
		}),
		check(catalog.Check{
			ID: "ATT-022", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-130", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "changes one part of an address and keeps the others",
			Why:   "Entra patches street, town and postal code separately.",
			Fix:   "Write only the sub-attribute that the path names.",
		}, func(ctx context.Context, p *probe) {
			l := p.address()
			u := p.aListed(ctx, l)
			last := l.leaves[len(l.leaves)-1]
			for _, a := range []survey.Attribute{l.leaves[0], last} {
				value := l.variant(a, 1, l.run)
				p.set(ctx, u, resource.With(u.now, a.Path, value), op("replace", a.Path, value))
			}
		}),
		check(catalog.Check{
			ID: "ATT-049", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-186", Cause: "address-parts",
			Needs: []string{catalog.Patch},
			Title: "makes one address of the parts that one PATCH adds",
			Why:   "Entra adds street, town and postal code of a new address in one operation each.",
			Fix:   "Look for the element again before each operation, in what the operations before have made.",
		}, func(ctx context.Context, p *probe) {
			l := p.address()
			u := p.aUserOf(ctx, p.bare("town"))
			want := u.now
			var operations []map[string]any
			for _, a := range l.leaves {
				value := l.variant(a, 0, l.run)
				operations, want = append(operations, op("add", a.Path, value)), resource.With(want, a.Path, value)
			}
			p.set(ctx, u, want, operations...)
		}),
		check(catalog.Check{
			ID: "ATT-027", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("2.5"), Rule: "R-19", Cause: "null-values",
			Needs: []string{catalog.Patch},
			Title: "clears a list that is set to [] or null",
			Why:   "Clients send an empty list when a user no longer has a telephone number.",
			Fix:   "Treat a replace with an empty list, or with null, as a remove.",
		}, func(ctx context.Context, p *probe) {
			l := p.optionalList()
			for _, o := range []map[string]any{
				op("replace", l.name, []any{}), opNull("replace", l.name), op("replace", "", map[string]any{l.name: []any{}}), op("replace", "", map[string]any{l.name: nil}),
			} {
				u := p.aListed(ctx, l)
				p.set(ctx, u, resource.With(u.now, l.name, nil), o)
			}
			p.emptied(ctx, func(names []string) (operations []map[string]any) {
				for _, name := range names {
					operations = append(operations, op("replace", name, []any{}))
				}
				return operations
			})
			p.emptied(ctx, func(names []string) []map[string]any {
				value := map[string]any{}
				for _, name := range names {
					value[name] = []any{}
				}
				return []map[string]any{op("replace", "", value)}
			})
		}),
		check(catalog.Check{
			ID: "ATT-035", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "value-filters",
			Needs: []string{catalog.Patch},
			Title: "removes only the value that a filter selects",
			Why:   "Removing the private address must keep the work address.",
			Fix:   "Remove exactly the elements that match the filter.",
		}, func(ctx context.Context, p *probe) {
			p.inLists(ctx, func(l plural, now map[string]any) (map[string]any, map[string]any) {
				return without(now, l.name, l.typeOf(1)), op("remove", l.of(1), nil)
			})
			p.inLists(ctx, func(l plural, now map[string]any) (map[string]any, map[string]any) {
				value, _ := resource.Value(now, l.part(1)).(string)
				if value != l.element(1)[sub(l.leaves[0])] { // kept in a form of the target's own
					return now, nil
				}
				return without(now, l.name, l.typeOf(1)), op("remove", l.name+"["+sub(l.leaves[0])+" eq "+quoted(value)+"]", nil)
			})
			p.inValues(ctx, func(u unit, now map[string]any) (map[string]any, map[string]any) {
				list, _ := resource.Value(now, u.name).([]any)
				return resource.With(now, u.name, slices.Clone(list[1:])), op("remove", u.name+"[value eq "+quoted(longer[:len(longer)-1])+"]", nil)
			})
		}),
		check(catalog.Check{
			ID: "ATT-050", Suite: "attributes", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.2"), Rule: "R-126", Cause: "value-filters-and",
			Needs: []string{catalog.Patch},
			Title: "evaluates both conditions of a value filter with and",
			Why:   "A removal that looks at the type alone deletes the address that replaced the old one.",
			Fix:   "Evaluate the whole filter for each element, not only its first comparison.",
		}, func(ctx context.Context, p *probe) {
			l := p.plural()
			u := p.aListed(ctx, l)
			second := " and " + sub(l.leaves[0]) + " eq "
			path := func(value string) string { return strings.TrimSuffix(l.of(1), "]") + second + quoted(value) + "]" }
			p.tried(ctx, u, op("remove", path("nobody-"+l.run), nil))
			if p.last.Status >= http.StatusBadRequest && p.last.Status != http.StatusNotFound {
				p.finding.Cause = "value-filters" // if the next one is rejected as well
			}
			p.becomes(ctx, u, u.now, p.last)
			value, _ := resource.Value(u.now, l.part(1)).(string)
			p.set(ctx, u, without(u.now, l.name, l.typeOf(1)), op("remove", path(value), nil))
		}),
		check(catalog.Check{
			ID: "ATT-051", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: customising(), Rule: "R-186", Cause: "primary-filters",
			Needs: []string{catalog.Patch},
			Title: "finds the primary value by a Boolean and by the string \"True\"",
			Why:   "Mappings of primary values have a filter with primary. Entra writes its Boolean as a string, Microsoft's validator as true.",
			Fix:   "In a value filter, compare primary as a Boolean, and read \"True\" as true.",
		}, func(ctx context.Context, p *probe) {
			for _, l := range p.primaries() {
				u := p.aListed(ctx, l)
				for i, literal := range []string{"true", `"True"`} {
					value := l.variant(l.leaves[0], 1-i, l.run+"z")
					p.set(ctx, u, resource.With(u.now, l.part(0), value), op("replace", l.name+"[primary eq "+literal+"]."+sub(l.leaves[0]), value))
				}
			}
		}),
		check(catalog.Check{
			ID: "ATT-052", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: customising(), Rule: "R-186", Cause: "primary-filters",
			Needs: []string{catalog.Patch},
			Title: "adds the first role by a filter on primary",
			Why:   "Entra sends the role of a user as roles[primary eq \"True\"].value, also if the user has none yet.",
			Fix:   "If nothing matches the filter, create the element that it describes.",
		}, func(ctx context.Context, p *probe) {
			p.hasRoles()
			if roles := p.survey.Users.Under("roles"); len(roles) > 0 && roles[0].Announced && !roles[0].Primary {
				p.finding.Lacks = "primary of roles"
				p.skip("the target announces no primary flag for roles")
			}
			u := p.aUser(ctx, "role", nil)
			p.set(ctx, u, resource.With(u.now, "roles", []any{map[string]any{"primary": true, "value": "Editor"}}), op("add", `roles[primary eq "True"].value`, "Editor"))
		}),
		check(catalog.Check{
			ID: "ATT-053", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: customising(), Rule: "R-186", Cause: "verbatim",
			Needs: []string{catalog.Patch},
			Title: "stores a role whose value is JSON in a string",
			Why:   "Entra packs id, value and displayName of an app role into one string.",
			Fix:   "Store the value of a role as the string that was sent.",
		}, func(ctx context.Context, p *probe) {
			p.hasRoles()
			u := p.aUser(ctx, "role", nil)
			packed := []any{map[string]any{"value": `{"id":"5f0c","value":"Admin","displayName":"Admin"}`}}
			p.set(ctx, u, resource.With(u.now, "roles", packed), op("add", "roles", packed))
		}),
	}
}

// hasRoles ends the check if the target has no roles with a value, or announces them as strings.
func (p *probe) hasRoles() {
	p.has("roles")
	if p.survey.Users.Find("roles") != nil {
		p.finding.Lacks = "User.roles.value"
		p.skip("/Schemas announces that roles are not complex values")
	}
}

// customising is Microsoft's page on attribute mappings.
func customising() catalog.Basis {
	return catalog.Basis{Kind: catalog.Microsoft, Ref: "Customize user provisioning attribute mappings", URL: "https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes"}
}

// aListed arranges a user with two elements of a multi-valued attribute. If the target keeps only
// one of them, other checks say so.
func (p *probe) aListed(ctx context.Context, l plural) *thing {
	u := p.aUserOf(ctx, complete(resource.With(p.person("listed", nil), l.name, l.both())))
	for n := range 2 {
		p.because("multi-valued", resource.Element(u.now, l.name, l.typeOf(n)) != nil, match.That(
			"the new user has two elements of "+l.name, "a read shows none of type "+l.typeOf(n)))
	}
	return u
}

// without is a resource without the element of a type.
func without(object map[string]any, attribute, kind string) map[string]any {
	list, _ := resource.Value(object, attribute).([]any)
	var left []any
	for _, e := range list {
		m, _ := e.(map[string]any)
		if text, _ := m[resource.Key(m, "type")].(string); !strings.EqualFold(text, kind) {
			left = append(left, e)
		}
	}
	return resource.With(object, attribute, left)
}

// primary is a list whose elements have a primary flag.
func (p *probe) primary() plural {
	l := p.plural()
	if !l.flagged() {
		p.finding.Lacks = "primary of multi-valued attributes"
		p.skip("the target announces no primary flag for " + l.name)
	}
	return l
}

// address is a list whose elements have several parts.
func (p *probe) address() plural {
	p.has("addresses")
	for _, u := range p.unitsOr() {
		if u.name == "addresses" && u.kind != "" && len(u.leaves) > 1 {
			return plural{u, p.Name("l")}
		}
	}
	p.finding.Lacks = "User.addresses"
	p.skip("the target keeps fewer than two parts of an address")
	return plural{}
}

// unitsOr are the units of the target, or those of an address if it was not surveyed.
func (p *probe) unitsOr() []unit {
	if p.survey.Asked {
		return p.units()
	}
	u := unit{name: "addresses", list: true, kind: "work"}
	for _, part := range []string{"streetAddress", "locality"} {
		u.leaves = append(u.leaves, survey.Attribute{Path: `addresses[type eq "work"].` + part, Listed: true})
	}
	return []unit{u}
}

// optionalList is a list that the target does not require.
func (p *probe) optionalList() plural {
	l := p.plural()
	if l.required() {
		p.finding.Lacks = "optional multi-valued attributes"
		p.skip("the target requires " + l.name)
	}
	return l
}

// isPrimary asserts that the n-th element is primary and no other one.
func (p *probe) isPrimary(u *thing, l plural, n int) {
	list, _ := resource.Value(u.now, l.name).([]any)
	var found []string
	for _, e := range list {
		m, _ := e.(map[string]any)
		if kind, _ := m[resource.Key(m, "type")].(string); m[resource.Key(m, "primary")] == true {
			found = append(found, kind)
		}
	}
	p.finding.Cause = "primary"
	p.expect(len(found) == 1 && strings.EqualFold(found[0], l.typeOf(n)), match.That(
		"only the element of "+l.name+" with type "+l.typeOf(n)+" is primary", "primary are the types "+match.JSON(found)))
}
