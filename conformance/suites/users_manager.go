package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// manager is the path of the manager.
const manager = enterprise + ":manager"

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
			path, _, _ := p.plain(ctx, "report")
			_, boss, _ := p.plain(ctx, "boss")
			p.change(ctx, path, op("add", manager, boss))
			p.expectManager(ctx, path, boss)
		}),
		check(catalog.Check{
			ID: "ATT-028", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: microsoft(), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "sets, changes and removes the manager by its path",
			Why:   "Managers change with every reorganisation. Entra sends the manager after both users exist.",
			Fix:   "Store manager.value under the enterprise URN, and let PATCH replace and remove it.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "report")
			_, first, _ := p.plain(ctx, "boss")
			_, second, _ := p.plain(ctx, "chief")
			p.change(ctx, path, op("add", manager, map[string]any{"value": first}))
			p.expectManager(ctx, path, first)
			p.change(ctx, path, op("replace", manager, map[string]any{"value": second}))
			p.expectManager(ctx, path, second)
			p.change(ctx, path, op("remove", manager, nil))
			p.expect(inner(p.read(ctx, path), enterprise)["manager"], match.Is("manager after removal", nil))
		}),
		check(catalog.Check{
			ID: "ATT-029", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: observed("thomaspoignant/scim-patch issue 453", "https://github.com/thomaspoignant/scim-patch/issues/453"), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "removes the manager by a path with a value filter",
			Why:   "Entra was observed to send removals in this form. A rejection stops the whole PATCH.",
			Fix:   "Treat manager[value eq \"…\"] as a condition on the single value.",
		}, func(ctx context.Context, p *probe) {
			_, boss, _ := p.plain(ctx, "boss")
			path, _, _ := p.user(ctx, "report", map[string]any{enterprise: map[string]any{"manager": map[string]any{"value": boss}}})
			p.change(ctx, path, op("remove", manager+"[value eq "+quoted(boss)+"]", nil))
			p.expect(inner(p.read(ctx, path), enterprise)["manager"], match.Is("manager after removal", nil))
		}),
		check(catalog.Check{
			ID: "ATT-037", Suite: "attributes", About: catalog.Attributes, Level: catalog.Entra, Basis: knownIssues(), Rule: "R-189", Cause: "manager",
			Needs: []string{catalog.Enterprise, catalog.Patch},
			Title: "updates a user whose manager does not exist yet",
			Why:   "The manager may come later or never. The rest of the update must not wait.",
			Fix:   "Store the reference or ignore it. Never reject the user.",
		}, func(ctx context.Context, p *probe) {
			path, _, _ := p.plain(ctx, "report")
			p.change(ctx, path, op("replace", "title", "Countess"), op("add", enterprise+":manager", "00000000-0000-4000-8000-000000000000"))
			p.expect(p.read(ctx, path)["title"], match.Is("title, sent together with an unknown manager,", "Countess"))
		}),
	}
}

// expectManager asserts that the manager is an object with the given id as its value (W-108).
func (p *probe) expectManager(ctx context.Context, path, id string) {
	manager := inner(p.read(ctx, path), enterprise)["manager"]
	object, _ := manager.(map[string]any)
	p.expect(object["value"] == id, match.That("manager is an object with value "+match.JSON(id), "manager is "+match.JSON(manager)))
}
