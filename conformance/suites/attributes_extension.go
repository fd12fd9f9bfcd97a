package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// attributesExtension registers the checks of URN paths and of the manager.
func (r *registry) attributesExtension() {
	const manager = enterprise + ":manager"
	r.check("ATT-007", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "dept")
		p.change(ctx, path, op("add", enterprise+":department", "Tour"))
		p.expect(inner(p.read(ctx, path), enterprise)["department"], match.Is("department", "Tour"))
	})
	r.check("ATT-008", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "report")
		_, boss, _ := p.plain(ctx, "boss")
		p.change(ctx, path, op("add", manager, boss))
		p.expectManager(ctx, path, boss)
	})
	r.check("ATT-010", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "keys")
		p.change(ctx, path, op("replace", "", map[string]any{"name.givenName": "Dotted", enterprise + ":department": "Tour"}))
		body := p.read(ctx, path)
		p.expect(inner(body, "name")["givenName"], match.Is("name.givenName", "Dotted"))
		p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "keys"))
		p.expect(inner(body, enterprise)["department"], match.Is("department", "Tour"))
	})
	r.check("ATT-015", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "nested")
		p.change(ctx, path, op("add", "", map[string]any{"title": "Boss", enterprise: map[string]any{"department": "Tour", "costCenter": "C7"}}))
		body := p.read(ctx, path)
		p.expect(body["title"], match.Is("title", "Boss"))
		p.expect(inner(body, enterprise)["department"], match.Is("department", "Tour"))
		p.expect(inner(body, enterprise)["costCenter"], match.Is("costCenter", "C7"))
	})
	r.check("ATT-025", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "core")
		p.change(ctx, path, op("replace", coreUser+":displayName", "Changed"))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
	})
	r.check("ATT-028", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "report")
		_, first, _ := p.plain(ctx, "boss")
		_, second, _ := p.plain(ctx, "chief")
		p.change(ctx, path, op("add", manager, map[string]any{"value": first}))
		p.expectManager(ctx, path, first)
		p.change(ctx, path, op("replace", manager, map[string]any{"value": second}))
		p.expectManager(ctx, path, second)
		p.change(ctx, path, op("remove", manager, nil))
		p.expect(inner(p.read(ctx, path), enterprise)["manager"], match.Is("manager after removal", nil))
	})
	r.check("ATT-029", func(ctx context.Context, p *probe) {
		_, boss, _ := p.plain(ctx, "boss")
		path, _, _ := p.user(ctx, "report", map[string]any{enterprise: map[string]any{"manager": map[string]any{"value": boss}}})
		p.change(ctx, path, op("remove", manager+"[value eq "+quoted(boss)+"]", nil))
		p.expect(inner(p.read(ctx, path), enterprise)["manager"], match.Is("manager after removal", nil))
	})
}

// expectManager asserts that the manager is an object with the given id as its value (W-108).
func (p *probe) expectManager(ctx context.Context, path, id string) {
	manager := inner(p.read(ctx, path), enterprise)["manager"]
	object, _ := manager.(map[string]any)
	p.expect(object["value"] == id, match.That("manager is an object with value "+match.JSON(id), "manager is "+match.JSON(manager)))
}
