package suites

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// groupsThemselves registers the checks of groups: create, name, references and delete.
func (r *registry) groupsThemselves() {
	r.check("MEM-001", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "empty")
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName", name))
		p.expectMembers(ctx, path, "creating the group without members")
	})
	r.check("MEM-009", func(ctx context.Context, p *probe) {
		_, a, _ := p.plain(ctx, "a")
		path, name := p.group(ctx, "g", a)
		body := p.read(ctx, path+"?excludedAttributes=members")
		p.expect(body["members"], match.Is("members when excluded", nil))
		p.expect(body["displayName"], match.Is("displayName when members is excluded", name))
		list := p.get(ctx, "/Groups?excludedAttributes=members&filter="+url.QueryEscape("displayName eq "+quoted(name)))
		p.expect(p.only(list, strings.TrimPrefix(path, "/Groups/"))["members"], match.Is("members in a list when excluded", nil))
	})
	r.check("MEM-011", func(ctx context.Context, p *probe) {
		a, b, _ := p.three(ctx)
		path, _ := p.group(ctx, "g", a, b)
		p.expect(p.do(ctx, "DELETE", "/Users/"+a, nil), match.Status(http.StatusNoContent))
		p.expectMembers(ctx, path, "deleting a member", b)
	})
	r.check("MEM-012", func(ctx context.Context, p *probe) {
		_, name := p.group(ctx, "g")
		again := map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + p.Name("again")}
		p.expect(p.post(ctx, "Groups", "displayName", again), match.Status(http.StatusConflict))
	})
	r.check("MEM-014", func(ctx context.Context, p *probe) {
		name := p.Name("two-urns")
		a := p.post(ctx, "Groups", "displayName", map[string]any{
			"schemas":    []string{coreGroup, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"},
			"externalId": "X-" + name, "displayName": name, "meta": map[string]any{"resourceType": "Group"},
		})
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", name))
	})
	r.check("MEM-015", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "plain")
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent, http.StatusOK))
		name += " R&D / EMEA (ext.), Zürich"
		a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": name, "externalId": "X-" + p.Name("signs"), "members": []any{}})
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		p.expect(p.read(ctx, "/Groups/"+p.id(a))["displayName"], match.Is("displayName", name))
	})
	r.check("MEM-023", func(ctx context.Context, p *probe) {
		path, name := p.group(ctx, "inner")
		id := strings.TrimPrefix(path, "/Groups/")
		outer := p.Name("outer")
		a := p.post(ctx, "Groups", "displayName", map[string]any{"schemas": []string{coreGroup}, "displayName": outer, "externalId": "X-" + outer, "members": refs(id)})
		if a.Status >= 400 {
			p.expect(a, match.SCIMError(400, ""))
			return
		}
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		list, _ := p.read(ctx, "/Groups/"+p.id(a))["members"].([]any)
		p.expect(len(list) == 1, match.That("the group has one member", fmt.Sprintf("it has %d members", len(list))))
		p.expectReference(list[0], "Group", "/Groups/"+id)
		p.expect(p.read(ctx, path)["displayName"], match.Is("displayName of the inner group", name))
	})
	r.check("MEM-025", func(ctx context.Context, p *probe) {
		_, id, _ := p.plain(ctx, "a")
		path, _ := p.group(ctx, "g", id)
		list, _ := p.read(ctx, path)["members"].([]any)
		p.expect(len(list) == 1, match.That("the group has one member", fmt.Sprintf("it has %d members", len(list))))
		p.expectReference(list[0], "User", "/Users/"+id)
	})
	r.check("MEM-026", func(ctx context.Context, p *probe) {
		user, id, sent := p.plain(ctx, "a")
		path, name := p.group(ctx, "g", id)
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
		p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
		p.expect(p.find(ctx, "Groups", "displayName", name), match.Total(0))
		p.expect(p.read(ctx, user)["userName"], match.Is("userName of a member of the deleted group", sent["userName"]))
	})
}

// expectReference asserts the value of a member, and its type and $ref if the target returns them.
func (p *probe) expectReference(member any, kind, path string) {
	m, _ := member.(map[string]any)
	p.expect(m["value"], match.Is("value of the member", path[strings.LastIndexByte(path, '/')+1:]))
	if m["type"] != nil {
		p.expect(m["type"], match.Is("type of the member", kind))
	}
	if ref, there := m["$ref"].(string); there {
		p.expect(p.leadsTo(ref, path), match.That("$ref of the member leads to "+path, "$ref is "+match.JSON(ref)))
	}
}
