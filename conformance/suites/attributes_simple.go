package suites

import (
	"context"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// attributesSimple registers the checks of PATCH for single-valued attributes.
func (r *registry) attributesSimple() {
	r.check("ATT-001", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "op")
		p.change(ctx, path, op("Replace", "displayName", "Changed"))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
	})
	r.check("ATT-002", func(ctx context.Context, p *probe) {
		path, id, sent := p.plain(ctx, "leaver")
		p.change(ctx, path, op("replace", "active", "False"))
		p.expect(p.read(ctx, path)["active"], match.Is(`active after "False"`, false))
		user := p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
		p.expect(user["active"], match.Is("active in the filter response", false))
	})
	r.check("ATT-003", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "back")
		p.change(ctx, path, op("replace", "active", false))
		p.change(ctx, path, op("replace", "active", true))
		p.expect(p.read(ctx, path)["active"], match.Is("active", true))
	})
	r.check("ATT-004", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "leaver")
		p.patch(ctx, path, op("replace", "noSuchAttribute", "x"), op("replace", "active", false))
		p.expect(p.read(ctx, path)["active"], match.Is("active", false))
	})
	r.check("ATT-009", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "names")
		p.change(ctx, path, op("replace", "DISPLAYNAME", "Changed"))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", "Changed"))
	})
	r.check("ATT-011", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "order")
		p.change(ctx, path, op("replace", "title", "one"), op("replace", "nickName", "nick"), op("replace", "title", "two"))
		body := p.read(ctx, path)
		p.expect(body["title"], match.Is("title", "two"))
		p.expect(body["nickName"], match.Is("nickName", "nick"))
	})
	r.check("ATT-013", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "clear", map[string]any{"title": "Boss"})
		p.change(ctx, path, op("remove", "title", nil))
		p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
	})
	r.check("ATT-014", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "whole")
		p.change(ctx, path, op("replace", "", map[string]any{"displayName": "Changed", "title": "Boss"}))
		body := p.read(ctx, path)
		p.expect(body["displayName"], match.Is("displayName", "Changed"))
		p.expect(body["title"], match.Is("title", "Boss"))
		p.expect(body["externalId"], match.Is("externalId, which the PATCH does not name,", sent["externalId"]))
		p.expect(element(body, "emails", "work")["value"], match.Is("work e-mail, which the PATCH does not name,", sent["userName"]))
	})
	r.check("ATT-016", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "none")
		p.change(ctx, path, op("add", "title", "Boss"))
		p.expect(p.read(ctx, path)["title"], match.Is("title after an add", "Boss"))
	})
	r.check("ATT-017", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "some")
		p.change(ctx, path, op("add", "displayName", "Changed"))
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName after an add", "Changed"))
	})
	r.check("ATT-018", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "still")
		before := inner(p.read(ctx, path), "meta")["lastModified"]
		p.change(ctx, path, op("add", "displayName", sent["displayName"]))
		body := p.read(ctx, path)
		p.expect(body["displayName"], match.Is("displayName", sent["displayName"]))
		p.expect(inner(body, "meta")["lastModified"], match.Is("meta.lastModified after adding the same value", before))
	})
	r.check("ATT-026", func(ctx context.Context, p *probe) {
		path, _, _ := p.user(ctx, "null", map[string]any{"title": "Boss"})
		p.change(ctx, path, opNull("replace", "title"))
		p.expect(p.read(ctx, path)["title"], match.Is("title after a replace with null", nil))
	})
	r.check("ATT-030", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "moved")
		p.change(ctx, path, op("replace", "active", false))
		p.change(ctx, path, op("replace", "displayName", "Changed"))
		body := p.read(ctx, path)
		p.expect(body["displayName"], match.Is("displayName of a disabled user", "Changed"))
		p.expect(body["active"], match.Is("active", false))
	})
	r.check("ATT-036", func(ctx context.Context, p *probe) {
		path, _, _ := p.plain(ctx, "parts")
		p.change(ctx, path, op("replace", "name", map[string]any{"givenName": "Changed"}))
		p.change(ctx, path, op("replace", "name.middleName", "Mid"))
		name := inner(p.read(ctx, path), "name")
		p.expect(name["givenName"], match.Is("name.givenName", "Changed"))
		p.expect(name["middleName"], match.Is("name.middleName", "Mid"))
		p.expect(name["familyName"], match.Is("name.familyName, which the PATCH does not name,", "parts"))
	})
}
