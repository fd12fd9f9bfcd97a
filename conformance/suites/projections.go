package suites

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// projections are the checks of attributes and excludedAttributes.
func projections() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-012", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-70", Cause: "projection-id",
			Title: "returns id even if it is excluded",
			Why:   "Without the id, there is nothing to link to.",
			Fix:   "Always return id and schemas.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "id", nil)
			a := p.get(ctx, t.path()+"?excludedAttributes=id,displayName")
			p.expect(a, match.Status(http.StatusOK))
			p.expect(a.Body["id"], match.Is("id when excluded", t.id))
		}),
		check(catalog.Check{
			ID: "QRY-013", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-102", Cause: "projection",
			Title: "omits only the user attributes that excludedAttributes names",
			Why:   "Clients exclude attributes that are large or private.",
			Fix:   "Apply excludedAttributes to users as to groups.",
		}, func(ctx context.Context, p *probe) {
			t, names := p.optional(ctx, 2)
			path := t.path() + "?excludedAttributes=" + url.QueryEscape(strings.Join(names, ","))
			a := p.get(ctx, path)
			p.expect(a, match.Status(http.StatusOK))
			p.conceals(a.Body, t, names)
			if family, given := resource.Value(t.now, "name.familyName"), resource.Value(t.now, "name.givenName"); family != nil && given != nil {
				a = p.get(ctx, t.path()+"?excludedAttributes=name.familyName")
				p.expect(a, match.Status(http.StatusOK))
				p.expect(resource.Value(a.Body, "name.givenName") != nil, match.That("name.givenName is returned when name.familyName is excluded", a.Request+" returned a resource without it"))
			}
		}),
		check(catalog.Check{
			ID: "QRY-051", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-102", Cause: "projection-lists",
			Needs: []string{catalog.Filter},
			Title: "applies attributes and excludedAttributes to lists of users",
			Why:   "Old Entra jobs ask with attributes=id. An answer with everything is slow and shows more than was asked.",
			Fix:   "Select the attributes of each resource in a list as in a read by id.",
		}, func(ctx context.Context, p *probe) {
			t, names := p.optional(ctx, 2)
			query := filtered("Users", "userName eq "+quoted(t.sent["userName"]))
			t.now = p.only(p.get(ctx, query), t.id) // what a list lacks anyway is judged by QRY-020
			p.conceals(p.only(p.get(ctx, query+"&excludedAttributes="+url.QueryEscape(strings.Join(names, ","))), t.id), t, names)
			p.projects(p.only(p.get(ctx, query+"&attributes="+url.QueryEscape(names[0])), t.id), t, names[:1])
			p.projects(p.only(p.get(ctx, query+"&attributes=id"), t.id), t, nil)
		}),
		check(catalog.Check{
			ID: "QRY-052", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-101", Cause: "projection",
			Title: "returns of a user only the attributes that attributes names",
			Why:   "A client that asks for one attribute is given a whole person otherwise.",
			Fix:   "Return the named attributes, id, and what is always returned.",
		}, func(ctx context.Context, p *probe) {
			t, names := p.optional(ctx, 2)
			for _, asked := range [][]string{names[:1], names, {"userName"}} {
				a := p.get(ctx, t.path()+"?attributes="+url.QueryEscape(strings.Join(asked, ",")))
				p.expect(a, match.Status(http.StatusOK))
				p.projects(a.Body, t, asked)
			}
			p.namedParts(ctx)
		}),
		check(catalog.Check{
			ID: "QRY-053", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.10"), Rule: "R-103", Cause: "projection-names",
			Title: "reads names in attributes in any letter case and with their URN, and ignores unknown ones",
			Why:   "Clients spell names as in their mapping. A name that is not recognized makes a value look removed.",
			Fix:   "Look up names case-insensitively, with and without the URN of the schema. Ignore what you do not know.",
		}, func(ctx context.Context, p *probe) {
			t, names := p.optional(ctx, 1)
			for _, asked := range []string{strings.ToUpper(names[0]), coreUser + ":" + names[0], names[0] + ",noSuchAttribute"} {
				a := p.get(ctx, t.path()+"?attributes="+url.QueryEscape(asked))
				p.expect(a, match.Status(http.StatusOK))
				p.includes(a.Body, names)
			}
		}),
		check(catalog.Check{
			ID: "QRY-054", Suite: "queries", About: catalog.Attributes, Level: catalog.Should, Basis: rfc7644("3.10"), Rule: "R-103", Cause: "projection-parts",
			Title: "returns only the sub-attributes that attributes names",
			Why:   "A client that asks for one part of a value is given all of it otherwise.",
			Fix:   "Select sub-attributes such as name.familyName, and attributes of an extension by its URN.",
		}, func(ctx context.Context, p *probe) { p.subParts(ctx) }),
		check(catalog.Check{
			ID: "QRY-055", Suite: "queries", About: catalog.Attributes, Level: catalog.Should, Basis: rfc7644("3.9"), Rule: "R-101", Cause: "projection-writes",
			Title: "applies attributes to the responses of POST and PATCH",
			Why:   "A client that asks for the id only is given the whole person otherwise.",
			Fix:   "Select the attributes of every response that contains a resource.",
		}, func(ctx context.Context, p *probe) { p.selectedWrites(ctx) }),
		check(catalog.Check{
			ID: "QRY-056", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-101", Cause: "projection-groups",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "returns of a group only the attributes that attributes names",
			Why:   "A large group with all its members takes minutes when only its name was asked for.",
			Fix:   "Apply attributes to groups as to users, in reads by id and in lists.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "g", p.aUser(ctx, "a", nil).id)
			a := p.get(ctx, t.path()+"?attributes=displayName")
			p.expect(a, match.Status(http.StatusOK))
			p.projects(a.Body, t, []string{"displayName"})
			a = p.get(ctx, t.path()+"?attributes=members.value")
			p.expect(a, match.Status(http.StatusOK))
			p.includes(a.Body, []string{"members"})
			query := filtered("Groups", "displayName eq "+quoted(t.sent["displayName"]))
			t.now = p.only(p.get(ctx, query), t.id) // see QRY-047
			p.projects(p.only(p.get(ctx, query+"&attributes=displayName"), t.id), t, []string{"displayName"})
		}),
		check(catalog.Check{
			ID: "MEM-009", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "projection-groups",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "omits only members for excludedAttributes=members",
			Why:   "Every group read uses this parameter. Otherwise, large groups time out.",
			Fix:   "Apply excludedAttributes, and do not load excluded attributes.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "g", p.aUser(ctx, "a", nil).id)
			a := p.get(ctx, t.path()+"?excludedAttributes=members")
			p.expect(a, match.Status(http.StatusOK))
			p.conceals(a.Body, t, []string{"members"})
			query := filtered("Groups", "displayName eq "+quoted(t.sent["displayName"]))
			t.now = p.only(p.get(ctx, query), t.id) // see QRY-047
			p.conceals(p.only(p.get(ctx, query+"&excludedAttributes=members"), t.id), t, []string{"members"})
		}),
	}
}

// optional arranges a user, and returns n attributes that it has and that a response may omit.
func (p *probe) optional(ctx context.Context, n int) (*thing, []string) {
	t := p.aUser(ctx, "part", nil)
	var names []string
	for _, name := range []string{"emails", "displayName", "name", "externalId", "title", "active"} {
		if resource.Value(t.now, name) != nil && !p.always(t, name) {
			names = append(names, name)
		}
	}
	if len(names) < n {
		p.finding.Lacks = "attributes that a response may omit"
		p.skip("the target returns too few attributes that a response may omit")
	}
	return t, names[:n]
}

// always reports an attribute that every response contains (RFC 7643 section 7).
func (p *probe) always(t *thing, name string) bool {
	r := p.survey.Users
	if t.collection == "Groups" {
		r = p.survey.Groups
	}
	return slices.ContainsFunc(r.Under(name), func(a survey.Attribute) bool { return strings.EqualFold(a.Returned, "always") })
}

// projects asserts that a representation has exactly the named attributes, besides what every one
// may have.
func (p *probe) projects(got map[string]any, t *thing, names []string) {
	p.includes(got, slices.DeleteFunc(slices.Clone(names), func(name string) bool { return top(t.now, name) == nil }))
	p.asRead(got, t, names)
	for _, name := range slices.Sorted(maps.Keys(got)) {
		free := slices.ContainsFunc(append([]string{"id", "schemas", "meta"}, names...), func(s string) bool { return strings.EqualFold(s, name) })
		p.expect(free || top(got, name) == nil || p.always(t, name) || !t.wrote(name), match.That("only the attributes that were asked for are returned", p.last.Request+" also returned "+name))
	}
	p.finding.Assertions++
}

// wrote reports an attribute that the check has written. A target may add others of its own.
func (t *thing) wrote(name string) bool {
	return t.sent[resource.Key(t.sent, name)] != nil || strings.EqualFold(name, "members")
}

// includes asserts that a representation has the named attributes. What else is in it is judged by
// other checks.
func (p *probe) includes(got map[string]any, names []string) {
	for _, name := range names {
		p.expect(top(got, name) != nil, match.That(name+" is returned, because attributes names it", p.last.Request+" returned a resource without "+name))
	}
}

// top returns the value of an attribute or of an extension, or nil if it is absent in any form.
func top(of map[string]any, name string) any {
	v := of[resource.Key(of, name)]
	switch v := v.(type) {
	case []any:
		if len(v) == 0 {
			return nil
		}
	case map[string]any:
		if len(v) == 0 {
			return nil
		}
	}
	return v
}

// conceals asserts that a representation lacks the named attributes only.
func (p *probe) conceals(got map[string]any, t *thing, names []string) {
	for _, name := range slices.Sorted(maps.Keys(t.now)) {
		if !t.wrote(name) {
			continue
		}
		excluded := slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, name) })
		value := top(got, name)
		if excluded {
			p.expect(value == nil, match.That(name+" is absent when excluded", p.last.Request+" returned "+name))
			continue
		}
		p.expect(value != nil || top(t.now, name) == nil, match.That(
			name+" is returned when other attributes are excluded", p.last.Request+" returned a resource without "+name))
		p.asRead(got, t, []string{name})
	}
}

// asRead asserts that a projection shows the attributes with the values of the read before it. What a
// target derives from them may be left out.
func (p *probe) asRead(got map[string]any, t *thing, names []string) {
	want, shown := map[string]any{}, map[string]any{}
	for _, name := range names {
		if t.wrote(name) {
			want[name], shown[name] = underivedParts(top(t.now, name)), underivedParts(top(got, name))
		}
	}
	for _, d := range resource.Compare(want, shown, p.rules(nil)) {
		if d.Want != nil {
			p.expect(false, match.That(d.Path+" is "+match.JSON(d.Want)+" in a projection, as in the read by id", p.last.Request+" shows it as "+match.JSON(d.Got)))
		}
	}
	p.finding.Assertions++
}

// underivedParts is a value without what a target may derive from its other parts.
func underivedParts(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := resource.Copy(v)
		for name := range v {
			if slices.Contains([]string{"display", "formatted", "$ref"}, strings.ToLower(name)) {
				delete(out, name)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = underivedParts(e)
		}
		return out
	}
	return v
}

// namedParts asks for one part of each complex attribute that the target keeps: of a name, of the elements
// of a list, and of an extension. What comes with it is judged by QRY-054.
func (p *probe) namedParts(ctx context.Context) {
	t := p.aDoubled(ctx, p.everything("parts", false, true))
	asked := map[string]string{} // by the path as clients write it, that of the value
	for _, u := range p.unitsIfAny() {
		switch first := u.leaves[0]; {
		case u.list && first.Listed && resource.Value(t.now, u.name) != nil:
			asked[u.name+"."+sub(first)] = u.name
		case !u.list && strings.ContainsAny(u.name, ".:") && resource.Value(t.now, u.name) != nil:
			asked[u.name] = u.name
		}
	}
	paths := slices.Sorted(maps.Keys(asked))
	if len(paths) == 0 {
		return
	}
	a := p.get(ctx, t.path()+"?attributes="+url.QueryEscape(strings.Join(paths, ",")))
	p.expect(a, match.Status(http.StatusOK))
	for _, path := range paths {
		p.shownPart(a.Body, t.now, path, asked[path])
	}
}

// shownPart asserts that a projection has the named part with the values of the read before it.
func (p *probe) shownPart(got, before map[string]any, path, name string) {
	list, plural := resource.Value(before, name).([]any)
	if !plural {
		p.expect(match.JSON(resource.Value(got, path)), match.Is(path+" in a projection that names it", match.JSON(resource.Value(before, path))))
		return
	}
	values := func(of []any) []string {
		var out []string
		for _, e := range of {
			m, _ := e.(map[string]any)
			if v := m[resource.Key(m, path[len(name)+1:])]; v != nil {
				out = append(out, match.JSON(v))
			}
		}
		slices.Sort(out)
		return out
	}
	shown, _ := resource.Value(got, name).([]any)
	p.expect(strings.Join(values(shown), ", "), match.Is(path+" in a projection that names it", strings.Join(values(list), ", ")))
}

// subParts asks for one part of a name and of the extension.
func (p *probe) subParts(ctx context.Context) {
	p.has("name.givenName", "name.familyName")
	t := p.aUser(ctx, "part", nil)
	a := p.get(ctx, t.path()+"?attributes=name.familyName")
	p.expect(a, match.Status(http.StatusOK))
	p.includes(a.Body, []string{"name"})
	p.expect(resource.Value(a.Body, "name.familyName") != nil && resource.Value(a.Body, "name.givenName") == nil, match.That(
		"name has only the part that was asked for", a.Request+" returned name "+match.JSON(a.Body["name"])))
	if list, _ := resource.Value(t.now, "emails").([]any); len(list) > 0 {
		a = p.get(ctx, t.path()+"?attributes=emails.value")
		p.expect(a, match.Status(http.StatusOK))
		shown, _ := resource.Value(a.Body, "emails").([]any)
		for _, e := range shown {
			m, _ := e.(map[string]any)
			p.expect(m[resource.Key(m, "type")] == nil, match.That("emails has only the part that was asked for", a.Request+" returned "+match.JSON(e)))
		}
	}
	path := enterprise + ":department"
	if p.survey.Lacks(p.survey.Users, path) != nil {
		return
	}
	t = p.aUser(ctx, "ext", map[string]any{enterprise: map[string]any{"department": "Sales"}})
	a = p.get(ctx, t.path()+"?attributes="+url.QueryEscape(path))
	p.expect(a, match.Status(http.StatusOK))
	p.includes(a.Body, []string{enterprise})
}

// selectedWrites asks for one attribute in the responses of writes. A response may have no body.
func (p *probe) selectedWrites(ctx context.Context) {
	sent := p.person("part", nil)
	a := p.post(ctx, "Users?attributes=userName", "userName", sent)
	p.because("no-users", a, match.Made())
	t := &thing{collection: "Users", id: p.id(a), sent: sent, now: sent}
	if len(a.Raw) > 0 {
		p.projects(a.Body, t, []string{"userName"})
	}
	if p.ability(catalog.Patch).Works && p.Lacks(catalog.Patch) == "" {
		name := p.carrier()
		a = p.do(ctx, http.MethodPatch, t.path()+"?attributes=userName", patchOp(op(p.spelled("replace"), name, "Part")))
		p.expect(a, match.Success())
		if len(a.Raw) > 0 {
			p.projects(a.Body, t, []string{"userName"})
		}
	}
	p.finding.Assertions++
}
