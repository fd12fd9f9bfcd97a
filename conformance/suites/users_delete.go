package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// usersDelete are the checks of deleting users.
func usersDelete() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-007", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete",
			Needs: []string{catalog.Filter},
			Title: "deletes a user completely: a read returns 404, and no query finds it",
			Why:   "A deleted user that can still be found is linked again and regains access.",
			Fix:   "On DELETE, remove the user from reads and queries, and return 204.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "gone", nil)
			p.deleted(ctx, u)
			p.expect(p.get(ctx, u.path()), match.Status(http.StatusNotFound))
			found := p.find(ctx, "Users", "userName", u.sent["userName"])
			p.expect(byID(found.Page().Resources, u.id) == nil, match.That("a filter does not find the deleted user", "it does"))
			for _, query := range []string{"/Users", "/Users?startIndex=1&count=50"} {
				if p.survey.Users.Unlisted != "" {
					break
				}
				a := p.get(ctx, query)
				p.because("no-list", a, match.Status(http.StatusOK, http.StatusNotFound))
				p.finding.Cause = "deleted-listed"
				p.expect(byID(a.Page().Resources, u.id) == nil, match.That("the list of all users does not show the deleted user", a.Request+" still shows it"))
				p.finding.Cause = ""
			}
		}),
		check(catalog.Check{
			ID: "USR-073", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "delete-status",
			Title: "returns 204 for a DELETE",
			Why:   "A client that waits for 204 repeats the request.",
			Fix:   "Return 204 without a body.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "gone", nil)
			p.expect(p.deleted(ctx, u), match.Status(http.StatusNoContent))
		}),
		check(catalog.Check{
			ID: "USR-008", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "rehire",
			Title: "allows the userName of a deleted user to be reused",
			Why:   "An employee who returns after 30 days is created again.",
			Fix:   "Release unique keys when a user is deleted.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "back", nil)
			p.deleted(ctx, u)
			a := p.post(ctx, "Users", "userName", u.sent)
			p.expect(a, match.Made())
			p.finding.Cause = "id-again"
			p.expect(p.id(a) != u.id, match.That("the new user has a new id", "it has the id of the deleted user"))
		}),
		check(catalog.Check{
			ID: "USR-061", Suite: "users", About: catalog.Attributes, Level: catalog.Entra, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "rehire",
			Title: "allows the userName of a deleted user to be reused with another externalId",
			Why:   "A person who returns after years has a new object in the directory.",
			Fix:   "Release every unique key when a user is deleted.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "back", nil)
			p.deleted(ctx, u)
			p.expect(p.again(ctx, u), match.Made())
		}),
		check(catalog.Check{
			ID: "USR-074", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "comes-back",
			Title: "gives nothing of a deleted user to the next one with its name",
			Why:   "The new person would get the department, roles and rights of another one.",
			Fix:   "Remove everything on DELETE. Start a new user with what the create sends.",
		}, func(ctx context.Context, p *probe) {
			m := p.aWhole(ctx, "back", false)
			p.deleted(ctx, &m.thing)
			a := p.again(ctx, &m.thing)
			p.because("rehire", a, match.Made())
			read := p.get(ctx, "/Users/"+p.id(a))
			p.because("no-read", read, match.Status(http.StatusOK))
			p.finding.Assertions++
			for _, name := range tops(m.sent) {
				lower := strings.ToLower(name)
				if slices.Contains([]string{"schemas", "id", "meta", "username", "active", "displayname", "groups"}, lower) || p.requires(name) {
					continue
				}
				old, now := m.now[resource.Key(m.now, name)], read.Body[resource.Key(read.Body, name)]
				empty := len(resource.Compare(nil, map[string]any{name: now}, resource.Rules{})) == 0
				if !empty && len(resource.Compare(map[string]any{name: old}, map[string]any{name: now}, resource.Rules{})) == 0 {
					f := apart(a, resource.Difference{Path: name, Kind: fact.Unasked, Got: now}, "a read of the new user")
					f.Layer = fact.Claim
					p.finds(name, "", f)
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-075", Suite: "users", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-136", Cause: "comes-back",
			Needs: []string{catalog.GroupsHere},
			Title: "puts a new user with the name of a deleted one into no groups",
			Why:   "The new person would have the access of another one.",
			Fix:   "Remove memberships on DELETE.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "back", nil)
			g := p.aGroup(ctx, "team", u.id)
			p.deleted(ctx, u)
			a := p.again(ctx, u)
			p.because("rehire", a, match.Made())
			id := p.id(a)
			found := slices.Contains(p.memberIDs(ctx, g), id) && id != ""
			p.expect(!found, match.That("the group of the deleted user does not have the new user", "it has it as a member"))
			shown := groupIDs(p.arranged(ctx, &thing{collection: "Users", id: id}))
			p.expect(len(shown) == 0, match.That("the new user shows no groups", "it shows "+match.JSON(len(shown))))
		}),
		check(catalog.Check{
			ID: "USR-016", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.6"), Rule: "R-135", Cause: "unknown-id",
			Needs: []string{catalog.Patch},
			Title: "returns 404 for every request to a deleted user",
			Why:   "After a 404, Entra matches the user again. A success hides that the link is dead.",
			Fix:   "Look up the user before DELETE, PUT, PATCH and GET, and return 404.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "gone", nil)
			p.deleted(ctx, u)
			p.finding.Cause = "delete"
			p.expect(p.get(ctx, u.path()), match.Status(http.StatusNotFound))
			p.finding.Cause = ""
			p.nobody(ctx, u.id, "deleted", http.StatusNotFound)
		}),
	}
}

// deleted removes a user. Any success will do; USR-073 is about the status.
func (p *probe) deleted(ctx context.Context, u *thing) session.Response {
	a := p.do(ctx, http.MethodDelete, u.path(), nil)
	if a.Status < http.StatusOK || a.Status >= http.StatusMultipleChoices {
		p.deletable(a)
		p.finding.Cause = "delete"
		p.expect(a, match.Status(http.StatusNoContent))
	}
	return a
}

// deletable ends the check if the target has no DELETE for users: USR-073 says so.
func (p *probe) deletable(a session.Response) {
	p.because("no-delete", a, match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
}

// disappears ends the check if a user that is deleted by one request can still be read: USR-007 says so.
func (p *probe) disappears(ctx context.Context) {
	u := p.aUser(ctx, "lasting", nil)
	p.deletes(ctx, u.path())
	p.because("delete-users", p.get(ctx, u.path()), match.Status(http.StatusNotFound, http.StatusGone))
}

// again creates a user with the name of another one, another externalId, and as little as possible.
func (p *probe) again(ctx context.Context, u *thing) session.Response {
	body := p.bareUser("again")
	body["userName"] = u.sent["userName"]
	if p.survey.Lacks(p.survey.Users, "externalId") == nil {
		body["externalId"] = "X-" + p.Name("again")
	}
	return p.post(ctx, "Users", "userName", body)
}

// requires reports whether every user has a value below a name.
func (p *probe) requires(name string) bool {
	return slices.ContainsFunc(p.survey.Users.Under(name), func(a survey.Attribute) bool { return a.Required })
}
