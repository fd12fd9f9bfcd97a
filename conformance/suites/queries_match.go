package suites

import (
	"context"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// quoted writes a value as a string in a filter.
func quoted(v any) string {
	s, _ := v.(string)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func filtered(collection, filter string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}

// find queries for the resources whose attribute equals a value.
func (p *probe) find(ctx context.Context, collection, attribute string, value any) session.Response {
	return p.get(ctx, filtered(collection, attribute+" eq "+quoted(value)))
}

// only asserts that a query returned one resource, and that it has the given id.
func (p *probe) only(a session.Response, id string) map[string]any {
	p.expect(a, match.Total(1))
	list, _ := a.Body["Resources"].([]any)
	found, _ := list[0].(map[string]any)
	p.expect(found["id"] == id, match.That("the query returns "+id, "it returned "+p.shown(found["id"])))
	return found
}

// shown names a resource that a query returned. The id stays secret if the run did not create the
// resource: the recorded exchange then has it masked.
func (p *probe) shown(id any) string {
	text, ok := id.(string)
	if !ok {
		return "a resource whose id is " + match.JSON(id)
	}
	if last := p.Exchanges[len(p.Exchanges)-1]; strings.Contains(string(last.ResponseBody), match.JSON(text)) {
		return text
	}
	return "a resource that this run did not create"
}

// queriesMatch registers the checks of the filters that Entra uses to find an object.
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
