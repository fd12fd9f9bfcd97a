package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// attributesRefused registers the checks of requests that PATCH must reject.
func (r *registry) attributesRefused() {
	r.check("ATT-012", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "atom")
		p.expect(p.patch(ctx, path, op("replace", "displayName", "Half"), op("remove", "", nil)), match.Status(400))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after the failed PATCH", sent["displayName"]))
	})
	r.check("ATT-023", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "named")
		p.expect(p.patch(ctx, path, op("remove", "userName", nil)), match.SCIMError(400, ""))
		p.expect(p.read(ctx, path)["userName"], match.Is("userName after the rejected removal", sent["userName"]))
	})
	r.check("ATT-024", func(ctx context.Context, p *probe) {
		path, id, _ := p.plain(ctx, "fixed")
		p.expect(p.patch(ctx, path, op("replace", "id", p.Name("other"))), match.SCIMError(400, ""))
		p.expect(p.read(ctx, path)["id"], match.Is("id after the rejected change", id))
	})
	r.check("ATT-031", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "typed")
		p.expect(p.patch(ctx, path, op("replace", "active", map[string]any{"value": "maybe"})), match.SCIMError(400, ""))
		p.expect(p.read(ctx, path)["active"], match.Is("active after the rejected change", true))
	})
	r.check("ATT-032", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "path")
		p.expect(p.patch(ctx, path, op("replace", `emails[type eq`, "x")), match.SCIMError(400, ""))
		p.expect(element(p.read(ctx, path), "emails", "work")["value"], match.Is("work e-mail", sent["userName"]))
	})
	r.check("ATT-033", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "nothing")
		p.expect(p.patch(ctx, path), match.Status(200, 204, 400))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", sent["displayName"]))
	})
}
