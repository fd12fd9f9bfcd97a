package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
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
			p.renamesUser()
			u := p.aUser(ctx, "old", nil)
			renamed := p.Mail(p.Name("renamed"))
			p.renamedUser(ctx, u, renamed)
			list := p.find(ctx, "Users", "userName", renamed).Page().Resources
			if len(list) == 1 {
				if now, _ := list[0]["id"].(string); now != "" && now != u.id {
					p.Moved(u.id, now)
				}
			}
			p.expect(p.get(ctx, u.path()), match.Status(http.StatusOK))
		}),
		check(catalog.Check{
			ID: "USR-029", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-128", Cause: "rename",
			Needs: []string{catalog.Patch},
			Title: "changes nothing else when a user is renamed",
			Why:   "After a marriage or a domain change, the account must otherwise stay the same.",
			Fix:   "Change only userName. Do not derive active or e-mails from it.",
		}, func(ctx context.Context, p *probe) {
			p.renamesUser()
			u := p.aUser(ctx, "maiden", nil)
			renamed := p.Mail(p.Name("married"))
			a := p.renamedUser(ctx, u, renamed)
			if p.get(ctx, u.path()).Status == http.StatusNotFound {
				p.finding.Assertions++
				return // the rename changed the id; USR-009 reports that
			}
			p.becomes(ctx, u, resource.With(u.now, "userName", renamed), a)
		}),
		check(catalog.Check{
			ID: "USR-040", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.3"), Rule: "R-79", Cause: "old-name",
			Needs: []string{catalog.Patch},
			Title: "lets another user take the old userName of a renamed user",
			Why:   "Names are reused in a company. A 409 for a free name blocks the new colleague.",
			Fix:   "Compare only with names in current use, and update every index on a rename.",
		}, func(ctx context.Context, p *probe) {
			p.renamesUser()
			u := p.aUser(ctx, "before", nil)
			p.renamedUser(ctx, u, p.UserName(p.Name("after")))
			a := p.post(ctx, "Users", "userName", p.person("next", map[string]any{"userName": u.sent["userName"]}))
			p.expect(a, match.Made())
			p.expect(p.id(a) != u.id, match.That("the next user gets its own id", "it got the id of the renamed user"))
			if p.Lacks(catalog.Put) != "" || !p.survey.Asked || !p.survey.Put.Works {
				return
			}
			u = p.aUser(ctx, "put", nil)
			name := p.UserName(p.Name("after"))
			body := resource.With(u.sent, "userName", name)
			body["id"] = u.id
			p.do(ctx, http.MethodPut, u.path(), body)
			if resource.Value(p.arranged(ctx, u), "userName") == name { // whether PUT renames is for others to judge
				p.expect(p.post(ctx, "Users", "userName", p.person("last", map[string]any{"userName": u.sent["userName"]})), match.Made())
			}
		}),
		check(catalog.Check{
			ID: "USR-041", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.2.3"), Rule: "R-123", Cause: "own-name",
			Needs: []string{catalog.Patch},
			Title: "accepts an update that repeats the user's own userName",
			Why:   "After a restart, Entra may send values that are already set.",
			Fix:   "Exclude the user itself when you check for conflicts.",
		}, func(ctx context.Context, p *probe) {
			p.renamesUser()
			u := p.aUser(ctx, "again", nil)
			name := p.carrier()
			value := p.Name("changed")
			a := p.patch(ctx, u.path(), op("replace", "userName", u.sent["userName"]), op("replace", name, value))
			p.renamable(ctx, a)
			p.expect(a, match.Success())
			p.finding.Cause = "patch-support"
			p.becomes(ctx, u, resource.With(u.now, name, value), a)
		}),
		check(catalog.Check{
			ID: "USR-060", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32", Cause: "own-name",
			Needs: []string{catalog.Patch},
			Title: "lets a user change only the case of its userName",
			Why:   "Directories correct the case of names. A 409 for it blocks every other change in the same request.",
			Fix:   "Exclude the user itself when you check for conflicts.",
		}, func(ctx context.Context, p *probe) {
			p.renamesUser()
			u := p.aUser(ctx, "case", nil)
			name, _ := u.sent["userName"].(string)
			a := p.patch(ctx, u.path(), op("replace", "userName", strings.ToUpper(name)))
			p.renamable(ctx, a)
			p.expect(a, match.Success())
			p.finding.Cause = "rename"
			p.becomes(ctx, u, resource.With(u.now, "userName", strings.ToUpper(name)), a)
			if p.survey.Asked && p.survey.Put.Works {
				p.finding.Cause = "own-name"
				body := resource.With(u.sent, "userName", strings.ToLower(name))
				body["id"] = u.id
				p.expect(p.put(ctx, u, body), match.Success())
			}
		}),
		check(catalog.Check{
			ID: "QRY-024", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "old-name",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "finds a renamed user by the new name only",
			Why:   "Otherwise, the next user with the old name is matched with the renamed user.",
			Fix:   "Update the search index in the same transaction.",
		}, func(ctx context.Context, p *probe) {
			p.renamesUser()
			u := p.aUser(ctx, "old", nil)
			name := p.Mail(p.Name("new"))
			before := p.find(ctx, "Users", "userName", u.sent["userName"])
			p.because("filter", byID(before.Page().Resources, u.id) != nil, match.That("the filter finds the user before the rename", "it does not"))
			p.renamedUser(ctx, u, name)
			if p.get(ctx, u.path()).Status == http.StatusNotFound {
				p.finding.Assertions++
				return // the rename changed the id; USR-009 reports that
			}
			found := p.find(ctx, "Users", "userName", name)
			p.expect(byID(found.Page().Resources, u.id) != nil, match.That("the filter finds the user by the new name", "it does not"))
			old := p.find(ctx, "Users", "userName", u.sent["userName"])
			p.expect(byID(old.Page().Resources, u.id) == nil, match.That("the filter does not find the user by the old name", "it does"))
		}),
	}
}

// renamable ends the check if the target refused a PATCH of userName that changes nothing, because it
// refuses every change of a name: USR-029 says so.
func (p *probe) renamable(ctx context.Context, a session.Response) {
	if a.Status < http.StatusBadRequest || a.Status >= http.StatusInternalServerError || a.Status == http.StatusConflict {
		return
	}
	refusal := p.last
	p.renamedUser(ctx, p.aUser(ctx, "fixed", nil), p.UserName(p.Name("other")))
	p.last = refusal
}

// renamedUser changes the userName of a user. Without a rename that works, USR-029 fails.
func (p *probe) renamedUser(ctx context.Context, u *thing, name string) session.Response {
	a := p.patch(ctx, u.path(), op("replace", "userName", name))
	p.because("rename", a, match.Success())
	return a
}
