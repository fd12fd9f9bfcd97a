package suites

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	. "github.com/onsi/ginkgo/v2"

	"github.com/scimdrill/scimdrill/conformance/match"
)

func (r *registry) users() {
	Describe("users", func() {
		r.check("USR-001", func(ctx context.Context, p *probe) {
			sent := p.person("new", nil)
			a := p.post(ctx, "Users", "userName", sent)
			p.expect(a, match.Status(http.StatusCreated))
			body := p.read(ctx, "/Users/"+p.id(a))
			for _, name := range []string{"userName", "externalId", "active", "displayName"} {
				p.expect(body[name], match.Is(name, sent[name]))
			}
			p.expect(inner(body, "name")["familyName"], match.Is("name.familyName", "new"))
			p.expect(element(body, "emails", "work")["value"], match.Is("the work e-mail", sent["userName"]))
		})
		r.check("USR-002", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "twin", nil)
			again := p.person("again", map[string]any{"userName": sent["userName"]})
			p.expect(p.post(ctx, "Users", "userName", again), match.SCIMError(http.StatusConflict, "uniqueness"))
			p.expect(p.read(ctx, path)["externalId"], match.Is("externalId of the first user", sent["externalId"]))
		})
		r.check("USR-003", func(ctx context.Context, p *probe) {
			_, _, sent := p.user(ctx, "twin", nil)
			upper := strings.ToUpper(sent["userName"].(string))
			again := p.person("again", map[string]any{"userName": upper})
			p.expect(p.post(ctx, "Users", "userName", again), match.Status(http.StatusConflict))
		})
		r.check("USR-004", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "null", map[string]any{"phoneNumbers": nil, "addresses": []any{}, "title": nil})
			p.expect(p.read(ctx, path)["title"], match.Is("title", nil))
		})
		r.check("USR-005", func(ctx context.Context, p *probe) {
			path, _, _ := p.user(ctx, "ent", map[string]any{enterprise: map[string]any{"department": "Tour", "employeeNumber": "E1"}})
			body := p.read(ctx, path)
			p.expect(inner(body, enterprise)["department"], match.Is("department of the enterprise extension", "Tour"))
			p.expect(inner(body, enterprise)["employeeNumber"], match.Is("employeeNumber of the enterprise extension", "E1"))
		})
		r.check("USR-006", func(ctx context.Context, p *probe) {
			wish := p.Name("wish")
			a := p.post(ctx, "Users", "userName", p.person("own", map[string]any{"id": wish}))
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.id(a) != wish, match.That("the id is the target's own", "the target took over the id that the client sent"))
		})
		r.check("USR-007", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "gone", nil)
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNotFound))
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
		})
		r.check("USR-008", func(ctx context.Context, p *probe) {
			path, id, sent := p.user(ctx, "back", nil)
			p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
			a := p.post(ctx, "Users", "userName", sent)
			p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
			p.expect(p.id(a) != id, match.That("the new user has a new id", "the id of the deleted user was given again"))
		})
		r.check("USR-009", func(ctx context.Context, p *probe) {
			path, id, sent := p.user(ctx, "old", nil)
			renamed := strings.Replace(sent["userName"].(string), "old", "renamed", 1)
			p.expect(p.patch(ctx, path, op("Replace", "userName", renamed)), match.Success())
			found := p.find(ctx, "Users", "userName", renamed)
			if list, _ := found.Body["Resources"].([]any); len(list) == 1 {
				if now, _ := list[0].(map[string]any)["id"].(string); now != "" {
					p.Moved(id, now)
				}
			}
			p.expect(p.read(ctx, path)["userName"], match.Is("userName under the old id", renamed))
		})
		r.check("USR-010", func(ctx context.Context, p *probe) {
			path, _, sent := p.user(ctx, "leaver", nil)
			p.expect(p.patch(ctx, path, op("replace", "active", false)), match.Success())
			p.expect(p.read(ctx, path)["active"], match.Is("active", false))
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(1))
		})
	})
}

// quoted is a value in a filter.
func quoted(v any) string {
	s, _ := v.(string)
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

func filtered(collection, filter string) string {
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}
