package suites

import (
	"context"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// quoted is a value in a filter.
func quoted(v any) string {
	s, _ := v.(string)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func filtered(collection, filter string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}

// find asks for the resources whose attribute equals a value.
func (p *probe) find(ctx context.Context, collection, attribute string, value any) session.Answer {
	return p.get(ctx, filtered(collection, attribute+" eq "+quoted(value)))
}

// only asserts that exactly one resource was found, and that it is this one.
func (p *probe) only(a session.Answer, id string) map[string]any {
	p.expect(a, match.Total(1))
	list, _ := a.Body["Resources"].([]any)
	found, _ := list[0].(map[string]any)
	p.expect(found["id"] == id, match.That("the one that was asked for is found", "another one is found"))
	return found
}

// queriesMatch is about the filters that Entra looks for an object with.
func (r *registry) queriesMatch() {
	r.check("QRY-001", func(ctx context.Context, p *probe) {
		p.plain(ctx, "near")
		_, id, sent := p.plain(ctx, "target")
		p.plain(ctx, "near")
		p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
	})
	r.check("QRY-002", func(ctx context.Context, p *probe) {
		_, id, sent := p.plain(ctx, "case")
		p.only(p.find(ctx, "Users", "userName", strings.ToUpper(sent["userName"].(string))), id)
	})
	r.check("QRY-003", func(ctx context.Context, p *probe) {
		p.plain(ctx, "other")
		p.expect(p.find(ctx, "Users", "userName", p.Name("nobody")), match.Total(0))
	})
	r.check("QRY-004", func(ctx context.Context, p *probe) {
		p.plain(ctx, "near")
		_, id, sent := p.plain(ctx, "target")
		p.only(p.find(ctx, "Users", "externalId", sent["externalId"]), id)
		p.expect(p.find(ctx, "Users", "externalId", p.Name("nobody")), match.Total(0))
	})
	r.check("QRY-005", func(ctx context.Context, p *probe) {
		_, id, sent := p.plain(ctx, "both")
		_, _, other := p.plain(ctx, "other")
		both := "userName eq " + quoted(sent["userName"]) + " and externalId eq "
		p.only(p.get(ctx, filtered("Users", both+quoted(sent["externalId"]))), id)
		p.expect(p.get(ctx, filtered("Users", both+quoted(other["externalId"]))), match.Total(0))
	})
	r.check("QRY-006", func(ctx context.Context, p *probe) {
		p.group(ctx, "near")
		path, name := p.group(ctx, "target")
		p.only(p.find(ctx, "Groups", "displayName", name), strings.TrimPrefix(path, "/Groups/"))
		p.expect(p.find(ctx, "Groups", "displayName", p.Name("nobody")), match.Total(0))
	})
	r.check("QRY-008", func(ctx context.Context, p *probe) {
		p.plain(ctx, "near")
		_, id, sent := p.plain(ctx, "mail")
		p.only(p.get(ctx, filtered("Users", `emails[type eq "work"].value eq `+quoted(sent["userName"]))), id)
	})
	r.check("QRY-014", func(ctx context.Context, p *probe) {
		p.group(ctx, "near")
		path, name := p.group(ctx, "target")
		p.only(p.find(ctx, "Groups", "externalId", "X-"+name), strings.TrimPrefix(path, "/Groups/"))
	})
	r.check("QRY-015", func(ctx context.Context, p *probe) {
		_, inside, _ := p.plain(ctx, "inside")
		_, outside, _ := p.plain(ctx, "outside")
		p.group(ctx, "near", outside)
		path, _ := p.group(ctx, "g", inside)
		id := strings.TrimPrefix(path, "/Groups/")
		ask := "id eq " + quoted(id) + " and members eq "
		p.only(p.get(ctx, filtered("Groups", ask+quoted(inside))), id)
		p.expect(p.get(ctx, filtered("Groups", ask+quoted(outside))), match.Total(0))
	})
}
