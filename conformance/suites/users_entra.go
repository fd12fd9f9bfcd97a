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

// windowsRole is the type that Entra gives roles of an application (W-46 to W-48).
const windowsRole = "WindowsAzureActiveDirectoryRole"

// usersEntra are the checks of what Entra sends with a user beside the values that are mapped, and of
// requests in the exact form of its dialect without the feature flag.
func usersEntra() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-082", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "W-32", Cause: "create",
			Title: "creates a user that is sent with meta and an empty list of roles",
			Why:   "Entra sends meta.resourceType and roles [] with every new user. If they are refused, nobody is provisioned.",
			Fix:   "Ignore meta in a create, and take an empty list as no value, also for an attribute that you do not have.",
		}, func(ctx context.Context, p *probe) {
			sent := p.person("entra", nil)
			body := resource.Copy(sent)
			body["meta"] = map[string]any{"resourceType": "User"}
			if p.survey.Lacks(p.survey.Users, "roles") == nil || !p.survey.Users.Described {
				body["roles"] = []any{}
			}
			p.madeAs(ctx, sent, body)
		}),
		check(catalog.Check{
			ID: "USR-083", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: customising(), Rule: "W-46, W-47, W-48, W-67", Cause: "roles",
			Title: "stores roles in each form that Entra's mappings of app roles give",
			Why:   "Which form a tenant sends depends on the expression in its mapping. A role that is dropped is access that nobody gets.",
			Fix:   "Store value of each role, whatever else stands beside it. Ignore parts that you do not have.",
		}, func(ctx context.Context, p *probe) { p.rolesOfMappings(ctx) }),
		check(catalog.Check{
			ID: "ATT-069", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: compatibility(), Rule: "R-184, W-58, W-59, W-61, W-63", Cause: "patch-support",
			Needs: []string{catalog.Patch},
			Title: "carries out the requests that Entra sends without the feature flag, in the order of a job",
			Why:   "A job adds the manager after the user, changes several paths at once, and disables by a string.",
			Fix:   "Fold the case of op and of \"True\" and \"False\". Apply every operation of a PATCH, and take the bare id of a manager.",
		}, func(ctx context.Context, p *probe) { p.legacyJob(ctx) }),
	}
}

// madeAs creates a user with more in the body than it must have then.
func (p *probe) madeAs(ctx context.Context, sent, body map[string]any) *thing {
	a := p.post(ctx, "Users", "userName", body)
	p.expect(a, match.Made())
	t := &thing{collection: "Users", id: p.id(a), sent: sent}
	t.now = p.arranged(ctx, t)
	p.finding.Assertions++
	for _, d := range p.lost(sent, t.now) {
		p.end(Failed, apart(a, d, "a read after "+a.Request))
	}
	return t
}

// rolesOfMappings creates users with a role in each form, and replaces the roles of the last one as an
// assertive mapping does.
func (p *probe) rolesOfMappings(ctx context.Context) {
	p.hasRoles()
	roles := p.survey.Users.Under("roles")
	if len(roles) == 0 || len(roles[0].Types) > 0 && !slices.Contains(roles[0].Types, windowsRole) || len(roles[0].Canonical) > 0 {
		p.finding.Lacks = "roles of any type and value"
		p.skip("the target announces which roles there are, and Entra's are not among them")
	}
	var last *thing
	for _, form := range []map[string]any{
		{"primary": true, "type": windowsRole, "value": "Admin"},
		{"primary": false, "type": windowsRole, "display": "Administrator", "value": "Admin"},
		{"primary": false, "type": windowsRole, "displayName": "Administrator", "value": "Admin"},
	} {
		body := p.person("role", nil)
		body["roles"] = []any{form}
		a := p.post(ctx, "Users", "userName", body)
		p.expect(a, match.Made())
		last = &thing{collection: "Users", id: p.id(a), sent: body}
		last.now = p.arranged(ctx, last)
		p.hasRole(last.now, "Admin", "")
	}
	if p.Lacks(catalog.Patch) != "" || !p.ability(catalog.Patch).Works {
		return
	}
	list := []any{map[string]any{"primary": false, "type": windowsRole, "display": "Editor", "value": "Editor"}}
	a := p.do(ctx, http.MethodPatch, last.path(), patchOp(op("replace", "roles", list)))
	p.expect(a, match.Success())
	p.hasRole(p.arranged(ctx, last), "Editor", "Admin")
}

// hasRole asserts that a user has a role, and not another one. A target may give roles of its own.
func (p *probe) hasRole(user map[string]any, value, not string) {
	list, _ := resource.Value(user, "roles").([]any)
	has := func(role string) bool {
		return slices.ContainsFunc(list, func(e any) bool { return strings.EqualFold(valued(e), role) })
	}
	p.expect(has(value), match.That("roles has the value "+value, "roles is "+match.JSON(list)))
	p.expect(not == "" || !has(not), match.That("roles has the value "+not+" no longer", "roles is "+match.JSON(list)))
}

// legacyJob sends what a job without the flag sends to a user in the course of time.
func (p *probe) legacyJob(ctx context.Context) {
	u := p.aUser(ctx, "job", nil)
	p.because("letter-case-op", p.do(ctx, http.MethodPatch, u.path(), patchOp(op("Replace", p.carrier(), "Tour"))), match.Success())
	u.now = p.arranged(ctx, u)
	exact := func(want map[string]any, operations ...map[string]any) {
		p.keeps(u.path(), operations)
		p.write(ctx, u, want, http.MethodPatch, patchOp(operations...))
	}
	want, operations := u.now, []map[string]any(nil)
	for i, name := range p.someCarriers(2) {
		want = resource.With(want, name, []string{"First", "Second"}[i])
		operations = append(operations, op([]string{"Replace", "Add"}[i], name, []string{"First", "Second"}[i]))
	}
	exact(want, operations...)
	if boss := p.boss(ctx); boss != "" {
		exact(resource.With(u.now, manager+".value", boss), op("Add", manager, boss))
	}
	if a := p.survey.Users.Find("active"); a != nil && a.Post == survey.Kept && p.able(a) {
		exact(resource.With(u.now, "active", false), op("Replace", "active", "False"))
		exact(resource.With(u.now, "active", true), op("Replace", "active", "true"))
	}
}
