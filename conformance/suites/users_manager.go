package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersManager are the checks of the manager of a user.
func usersManager() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "ATT-008", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: validation(), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "accepts a manager as a bare id and returns an object with value",
			Why:   "Entra sends the id as a string and needs {\"value\": id} back. Otherwise, matching fails.",
			Fix:   "Read a string manager as manager.value.",
		}, func(ctx context.Context, p *probe) {
			u, first, second := p.managed(ctx)
			p.set(ctx, u, led(u, first), op("add", manager, first))
			p.set(ctx, u, led(u, second), op("replace", manager, second))
			p.set(ctx, u, led(u, first), op("add", manager, first))
		}),
		check(catalog.Check{
			ID: "ATT-028", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "sets, changes and removes the manager by its path",
			Why:   "Managers change with every reorganisation. Entra sends the manager after both users exist.",
			Fix:   "Store manager.value under the enterprise URN, and let PATCH replace and remove it.",
		}, func(ctx context.Context, p *probe) {
			u, first, second := p.managed(ctx)
			p.set(ctx, u, led(u, first), op("add", manager, map[string]any{"value": first}))
			p.set(ctx, u, led(u, second), op("replace", manager, map[string]any{"value": second}))
			p.set(ctx, u, led(u, ""), op("remove", manager, nil))
		}),
		check(catalog.Check{
			ID: "ATT-054", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "sets and changes the manager without a path",
			Why:   "Clients send the manager inside the extension or under its URN key.",
			Fix:   "Treat the URN key of the manager, and manager inside the object of the extension, like its path.",
		}, func(ctx context.Context, p *probe) {
			u, first, second := p.managed(ctx)
			p.set(ctx, u, led(u, first), op("add", "", map[string]any{enterprise: map[string]any{"manager": map[string]any{"value": first}}}))
			p.set(ctx, u, led(u, second), op("replace", "", map[string]any{manager: second}))
			p.set(ctx, u, led(u, first), op("replace", "", map[string]any{enterprise: map[string]any{"manager": map[string]any{"value": first}}}))
		}),
		check(catalog.Check{
			ID: "ATT-055", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: validation(), Rule: "R-189", Cause: "manager-clear",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "removes the manager when its value is an empty string",
			Why:   "Microsoft's validators clear the manager in this way.",
			Fix:   "Treat a manager of \"\" and of {\"value\": \"\"} as a remove.",
		}, func(ctx context.Context, p *probe) {
			u, first, second := p.managed(ctx)
			p.set(ctx, u, led(u, first), op("add", manager, first))
			p.set(ctx, u, led(u, ""), op("replace", manager, ""))
			p.set(ctx, u, led(u, second), op("add", manager, second))
			p.set(ctx, u, led(u, ""), op("replace", manager, map[string]any{"value": ""}))
		}),
		check(catalog.Check{
			ID: "ATT-066", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Rule: "R-189", Cause: "manager",
			Basis: observed("MicrosoftDocs/azure-docs issue 11784", "https://github.com/MicrosoftDocs/azure-docs/issues/11784"),
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "stores a manager that is sent as a list, or rejects it",
			Why:   "Old jobs send the manager as a list with one element. A success without effect goes unnoticed.",
			Fix:   "Read the value of the only element, or return 400 invalidValue.",
		}, func(ctx context.Context, p *probe) {
			u, first, _ := p.managed(ctx)
			want := u.now
			if p.tried(ctx, u, op("add", manager, []any{map[string]any{"value": first}})) {
				want = led(u, first)
			}
			p.becomes(ctx, u, want, p.last)
		}),
		check(catalog.Check{
			ID: "ATT-029", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: observed("thomaspoignant/scim-patch issue 453", "https://github.com/thomaspoignant/scim-patch/issues/453"), Rule: "R-189", Cause: "manager-clear",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "removes the manager by a path with a value filter",
			Why:   "Entra was observed to send removals in this form. A rejection stops the whole PATCH.",
			Fix:   "Treat manager[value eq \"…\"] as a condition on the single value.",
		}, func(ctx context.Context, p *probe) {
			u, first, _ := p.managed(ctx)
			add := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("add"), manager, map[string]any{"value": first})))
			p.because("manager", add, match.Success())
			u.now = p.arranged(ctx, u)
			p.set(ctx, u, led(u, ""), op("remove", manager+"[value eq "+quoted(first)+"]", nil))
		}),
		check(catalog.Check{
			ID: "USR-079", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "manager-deleted",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "leaves the people of a deleted manager as they are",
			Why:   "When a manager leaves, the team stays. Whoever is deleted or changed with the manager loses access.",
			Fix:   "On DELETE, remove the user alone. Clear references to it, or keep them.",
		}, func(ctx context.Context, p *probe) {
			p.has(enterprise)
			boss := p.boss(ctx)
			u := p.withManager(ctx, p.aRichUser(ctx, "report"), &thing{id: boss})
			if boss == "" || managerOf(u.now) != boss {
				p.finding.Lacks = "User." + manager
				p.skip("the target keeps no manager that PATCH sets")
			}
			a := p.deletes(ctx, "/Users/"+boss)
			read := p.get(ctx, u.path())
			p.expect(read, match.Status(http.StatusOK))
			p.becomes(ctx, u, resource.With(u.now, manager, resource.Value(read.Body, manager)), a) // cleared or kept
		}),
		check(catalog.Check{
			ID: "ATT-037", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: knownIssues(), Rule: "R-189", Cause: "manager-unknown",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "updates a user whose manager does not exist yet",
			Why:   "The manager may come later or never. The rest of the update must not wait.",
			Fix:   "Store the reference or ignore it. Never reject the user.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.aUser(ctx, "report", nil), p.carrier()
			const nobody = "00000000-0000-4000-8000-000000000000"
			a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), name, "Countess"), op(p.spelled("add"), manager, nobody)))
			p.expect(a, match.Success())
			want := resource.With(u.now, name, "Countess")
			read := p.get(ctx, u.path())
			p.because("no-read", read, match.Status(http.StatusOK))
			want = resource.With(want, manager, resource.Value(read.Body, manager)) // stored or ignored
			p.becomes(ctx, u, want, a)
		}),
	}
}

// managed arranges a user and two managers for it.
func (p *probe) managed(ctx context.Context) (u *thing, first, second string) {
	p.has(enterprise)
	if p.survey.Asked && !p.survey.Users.Manager {
		p.finding.Lacks = "User.manager"
		p.skip("the target does not announce manager")
	}
	return p.aUser(ctx, "report", nil), p.aUser(ctx, "boss", nil).id, p.aUser(ctx, "chief", nil).id
}

// led is a user with a manager, or without one (W-108: an object with value).
func led(u *thing, id string) map[string]any {
	if id == "" {
		return resource.With(u.now, manager, nil)
	}
	return resource.With(u.now, manager, map[string]any{"value": id})
}
