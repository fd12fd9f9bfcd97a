package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersLife registers the checks of renaming, disabling, replacing and deleting users.
func (r *registry) usersLife() {
	r.check("USR-007", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "gone")
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
		p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNotFound))
		p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
	})
	r.check("USR-008", func(ctx context.Context, p *probe) {
		path, id, sent := p.plain(ctx, "back")
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent))
		a := p.post(ctx, "Users", "userName", sent)
		p.expect(a, match.Status(http.StatusCreated, http.StatusOK))
		p.expect(p.id(a) != id, match.That("the new user has a new id", "it has the id of the deleted user"))
	})
	r.check("USR-009", func(ctx context.Context, p *probe) {
		path, id, sent := p.plain(ctx, "old")
		renamed := strings.Replace(sent["userName"].(string), "old", "renamed", 1)
		p.change(ctx, path, op("replace", "userName", renamed))
		found := p.find(ctx, "Users", "userName", renamed)
		if list, _ := found.Body["Resources"].([]any); len(list) == 1 {
			if first, ok := list[0].(map[string]any); ok {
				if now, _ := first["id"].(string); now != "" {
					p.Moved(id, now)
				}
			}
		}
		p.expect(p.read(ctx, path)["userName"], match.Is("userName of the old id", renamed))
	})
	r.check("USR-010", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "leaver")
		p.change(ctx, path, op("replace", "active", false))
		p.expect(p.read(ctx, path)["active"], match.Is("active", false))
		p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(1))
	})
	r.check("USR-016", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "gone")
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNoContent, http.StatusOK))
		p.expect(p.get(ctx, path), match.Status(http.StatusNotFound))
		p.expect(p.patch(ctx, path, op("replace", "displayName", "Ghost")), match.Status(http.StatusNotFound))
		p.expect(p.do(ctx, "PUT", path, sent), match.Status(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
		p.expect(p.do(ctx, "DELETE", path, nil), match.Status(http.StatusNotFound))
	})
	r.check("USR-029", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "maiden")
		renamed := strings.Replace(sent["userName"].(string), "maiden", "married", 1)
		p.change(ctx, path, op("replace", "userName", renamed))
		a := p.get(ctx, path)
		if a.Status == http.StatusNotFound {
			return // the rename changed the id; USR-009 reports that
		}
		p.expect(a, match.Status(http.StatusOK))
		p.expect(a.Body["active"], match.Is("active after a rename", true))
		p.expect(a.Body["externalId"], match.Is("externalId after a rename", sent["externalId"]))
		p.expect(element(a.Body, "emails", "work")["value"], match.Is("work e-mail after a rename", sent["userName"]))
	})
	r.check("USR-031", func(ctx context.Context, p *probe) {
		path, _, sent := p.plain(ctx, "put")
		sent["displayName"], sent["title"] = "Replaced", "Boss"
		p.expect(p.do(ctx, "PUT", path, sent), match.Status(http.StatusOK, http.StatusNoContent))
		body := p.read(ctx, path)
		p.expect(body["displayName"], match.Is("displayName after PUT", "Replaced"))
		p.expect(body["title"], match.Is("title after PUT", "Boss"))
	})
}
