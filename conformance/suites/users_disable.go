package suites

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// usersDisable are the checks of disabling users.
func usersDisable() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-010", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-178", Cause: "inactive-users",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "returns inactive users by id and by filter",
			Why:   "A hidden leaver looks like a missing account. The next assignment fails or creates a duplicate.",
			Fix:   "Return users with active false in reads and queries.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			p.has("active")
			u := p.aUser(ctx, "leaver", nil)
			a := p.patch(ctx, u.path(), op("replace", "active", false))
			p.expect(a, match.Success())
			p.expect(p.get(ctx, u.path()), match.Status(http.StatusOK))
			for _, name := range []string{"userName", "externalId"} {
				if text, _ := u.now[resource.Key(u.now, name)].(string); text != "" {
					found := p.find(ctx, "Users", name, text)
					if name != "userName" {
						p.filterable(ctx, found, "Users", name)
					}
					p.expect(byID(found.Page().Resources, u.id) != nil, match.That("a filter by "+name+" finds the disabled user", "it does not"))
				}
			}
		}),
		check(catalog.Check{
			ID: "ATT-002", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-187", Cause: "string-booleans",
			Needs: []string{catalog.Patch},
			Title: "disables a user when active is the string \"False\"",
			Why:   "Without the feature flag, Entra disables leavers this way. If the request is rejected, they stay active.",
			Fix:   "Read \"True\" and \"False\" as Booleans for Boolean attributes, and store a Boolean.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.aUser(ctx, "leaver", nil)
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", "False"))
			p.set(ctx, u, resource.With(u.now, "active", true), op("replace", "active", "True"))
		}),
		check(catalog.Check{
			ID: "ATT-003", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "inactive-users",
			Needs: []string{catalog.Patch},
			Title: "re-enables a disabled user",
			Why:   "Entra enables a returning employee by PATCH and never creates the user again.",
			Fix:   "Let PATCH change active in both directions, like every mapped attribute.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.aUser(ctx, "back", nil)
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", false))
			p.set(ctx, u, resource.With(u.now, "active", true), op("replace", "active", true))
		}),
		check(catalog.Check{
			ID: "ATT-004", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: observed("better-auth issue 10682", "https://github.com/better-auth/better-auth/issues/10682"), Rule: "R-75", Cause: "unknown-attributes",
			Needs: []string{catalog.Patch},
			Title: "applies a deactivation sent together with an unknown attribute",
			Why:   "Entra sends all changes to a user in one PATCH. If one attribute causes a rejection, the leaver stays active.",
			Fix:   "Ignore attributes outside your schema instead of rejecting the whole request.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.aUser(ctx, "leaver", nil)
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "noSuchAttribute", "x"), op("replace", "active", false))
		}),
		check(catalog.Check{
			ID: "ATT-030", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "inactive-users",
			Needs: []string{catalog.Patch},
			Title: "updates a disabled user",
			Why:   "Leavers are renamed, moved and re-enabled, all by PATCH.",
			Fix:   "Allow every change regardless of active.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			name := p.carrier()
			u := p.aUser(ctx, "moved", nil)
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", false))
			value := p.Name("changed")
			p.set(ctx, u, resource.With(u.now, name, value), op("replace", name, value))
			p.staysDisabled(ctx, name)
		}),
		check(catalog.Check{
			ID: "USR-063", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-187", Cause: "pathless",
			Needs: []string{catalog.Patch},
			Title: "disables a user by a value without a path",
			Why:   "Entra without the feature flag sends changes this way. A leaver whose active is ignored keeps access.",
			Fix:   "Treat each key of a value without a path as a path, active included.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.aUser(ctx, "leaver", nil)
			for _, value := range []any{false, true, "False", "True"} {
				want := value == true || value == "True"
				p.set(ctx, u, resource.With(u.now, "active", want), op("replace", "", map[string]any{"active": value}))
			}
		}),
		check(catalog.Check{
			ID: "USR-064", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "disables a user in a PATCH with other changes",
			Why:   "Entra sends all changes of a user in one PATCH. If active is skipped there, a leaver keeps access.",
			Fix:   "Apply every operation of a PATCH, in order, or none.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			names := p.carriers(2)
			u := p.aUser(ctx, "leaver", nil)
			for _, active := range []bool{false, true} {
				first, second := p.Name("first"), p.Name("second")
				want := resource.With(resource.With(resource.With(u.now, "active", active), names[0], first), names[1], second)
				list := []map[string]any{op("replace", names[0], first), op("replace", "active", active), op("replace", names[1], second)}
				if active { // first or last makes no difference
					list[0], list[1] = list[1], list[0]
				}
				p.set(ctx, u, want, list...)
			}
		}),
		check(catalog.Check{
			ID: "USR-065", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-107", Cause: "put",
			Needs: []string{catalog.Put},
			Title: "disables and enables a user by PUT",
			Why:   "Other directories and scripts disable users by PUT.",
			Fix:   "On PUT, replace active like every other value.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u := p.aUser(ctx, "leaver", nil)
			for _, active := range []bool{false, true} {
				body := resource.With(u.sent, "active", active)
				body["id"] = u.id
				a := p.put(ctx, u, body)
				p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent))
				read := p.get(ctx, u.path())
				p.expect(read, match.Status(http.StatusOK))
				p.finding.Assertions++
				for _, d := range p.lost(body, read.Body) {
					p.end(Failed, apart(a, d, "a read after "+a.Request))
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-066", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-183", Cause: "create",
			Title: "creates a user that is disabled from the start",
			Why:   "People are provisioned before their first day. If active is ignored, they have access too early.",
			Fix:   "Store active from POST /Users, also when it is false.",
		}, func(ctx context.Context, p *probe) {
			p.plainly()
			p.has("active")
			p.aUser(ctx, "enabled", nil)
			for _, value := range []any{false, "False"} {
				u := p.aUser(ctx, "early", map[string]any{"active": value})
				a := session.Response{Request: "POST /Users", Status: http.StatusCreated}
				if got := resource.Value(u.now, "active"); got != false {
					p.end(Failed, apart(a, resource.Difference{Path: "active", Kind: fact.OtherValue, Want: false, Got: got}, "a read after POST /Users"))
				}
				p.finding.Assertions++
				if name := p.patched(); name != "" {
					p.aside(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), name, "Early")), name)
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-067", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "changes nothing but active when a user is disabled and enabled",
			Why:   "A person who returns must have the roles and values of before.",
			Fix:   "Change only active. Do not clear roles, addresses or other values.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			m := p.aWhole(ctx, "leaver", false)
			u := &m.thing
			if boss := p.boss(ctx); boss != "" {
				u = p.withManager(ctx, u, &thing{id: boss})
			}
			p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", false))
			p.set(ctx, u, resource.With(u.now, "active", true), op("replace", "active", true))
		}),
		check(catalog.Check{
			ID: "USR-068", Suite: "users", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "inactive-users",
			Needs: []string{catalog.GroupsHere, catalog.Patch},
			Title: "keeps the groups of a user that is disabled and enabled",
			Why:   "Entra does not add the memberships again. A person who returns has lost them.",
			Fix:   "Leave memberships alone when active changes. Only sign-in depends on it.",
		}, func(ctx context.Context, p *probe) {
			p.has("active")
			u, other := p.aUser(ctx, "leaver", nil), p.aUser(ctx, "stays", nil)
			g := p.aGroup(ctx, "team", u.id, other.id)
			before := p.memberIDs(ctx, g)
			p.because("no-members", slices.Contains(before, u.id), match.That("the group has the user as a member", "it does not"))
			shown := groupIDs(p.arranged(ctx, u))
			for _, active := range []bool{false, true} { // a target may hide inactive members
				p.expect(p.patch(ctx, u.path(), op("replace", "active", active)), match.Success())
			}
			a := p.last
			p.moved(a, "members", before, p.memberIDs(ctx, g))
			p.moved(a, "groups", shown, groupIDs(p.arranged(ctx, u)))
		}),
	}
}

// memberIDs reads the ids of the members of a group, sorted.
func (p *probe) memberIDs(ctx context.Context, g *thing) []string {
	return ids(p.arranged(ctx, g), "members")
}

// groupIDs are the ids of the groups that a user shows, sorted.
func groupIDs(user map[string]any) []string { return ids(user, "groups") }

func ids(body map[string]any, attribute string) []string {
	var out []string
	list, _ := resource.Value(body, attribute).([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		if id, _ := m[resource.Key(m, "value")].(string); id != "" {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// moved asserts that a change of active left a list of references as it was.
func (p *probe) moved(a session.Response, attribute string, before, after []string) {
	p.finding.Assertions++
	if slices.Equal(before, after) {
		return
	}
	kind := fact.TooFew
	if len(after) > len(before) {
		kind = fact.TooMany
	}
	f := fact.Fact{
		Layer: fact.Side, Kind: kind, Status: a.Status, Attribute: attribute,
		Expected: attribute + " are as before a change of active", Actual: "there were " + match.JSON(len(before)) + ", and there are " + match.JSON(len(after)),
	}
	f.Method, f.Route = http.MethodPatch, "/Users/{id}"
	p.end(Failed, f)
}
