package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// usersRename are the checks of renaming users.
func usersRename() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-009", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "rename",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "keeps the id when a user is renamed",
			Why:   "Entra uses the stored id. If the id changes, every later change fails.",
			Fix:   "Use your own id as the key, never userName.",
		}, func(ctx context.Context, p *probe) {
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
		}),
		check(catalog.Check{
			ID: "USR-029", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "rename",
			Needs: []string{catalog.Patch},
			Title: "changes nothing else when a user is renamed",
			Why:   "After a marriage or a domain change, the account must otherwise stay the same.",
			Fix:   "Change only userName. Do not derive active or e-mails from it.",
		}, func(ctx context.Context, p *probe) {
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
		}),
		check(catalog.Check{
			ID: "USR-040", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "rename",
			Needs: []string{catalog.Patch},
			Title: "lets another user take the old userName of a renamed user",
			Why:   "Names are reused in a company. A 409 for a free name blocks the new colleague.",
			Fix:   "Compare only with names in current use, and update every index on a rename.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "before")
			p.change(ctx, path, op("replace", "userName", p.Name("after")+"@scimdrill.example"))
			next := p.person("next", map[string]any{"userName": sent["userName"]})
			p.expect(p.post(ctx, "Users", "userName", next), match.Status(http.StatusCreated, http.StatusOK))
		}),
		check(catalog.Check{
			ID: "USR-041", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-123", Cause: "rename",
			Needs: []string{catalog.Patch},
			Title: "accepts an update that repeats the user's own userName",
			Why:   "After a restart, Entra may send values that are already set.",
			Fix:   "Exclude the user itself when you check for conflicts.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "again")
			p.change(ctx, path, op("replace", "userName", sent["userName"]), op("replace", "title", "Countess"))
			p.expect(p.read(ctx, path)["title"], match.Is("title, changed in the same request,", "Countess"))
		}),
		check(catalog.Check{
			ID: "QRY-024", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "rename",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "finds a renamed user by the new name only",
			Why:   "Otherwise, the next user with the old name is matched with the renamed user.",
			Fix:   "Update the search index in the same transaction.",
		}, func(ctx context.Context, p *probe) {
			path, id, sent := p.plain(ctx, "old")
			name := p.Name("new") + "@scimdrill.example"
			p.change(ctx, path, op("replace", "userName", name))
			p.only(p.find(ctx, "Users", "userName", name), id)
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
		}),
	}
}
