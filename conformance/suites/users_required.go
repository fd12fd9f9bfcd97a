package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// usersRequired are the checks of what a user must have, and of what only the target may set.
func usersRequired() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-051", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("4.1.1"), Rule: "R-32, R-63", Cause: "no-user-name",
			Title: "rejects a user without a userName",
			Why:   "Nobody can sign in as such a user, and Entra never finds it again.",
			Fix:   "Return 400 invalidValue for a create with a missing, null, empty or blank userName.",
			Alone: true, // of two users without a name, the second may be refused as a duplicate
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "named", nil)
			for _, wrong := range []struct {
				subject string
				value   any
			}{{"missing", nil}, {"null", nil}, {"empty", ""}, {"blank", "   "}, {"list", []any{p.Name("list")}}, {"object", map[string]any{"value": p.Name("object")}}} {
				body := p.person(wrong.subject, nil)
				if body["userName"] = wrong.value; wrong.subject == "missing" {
					delete(body, "userName")
				}
				a := p.post(ctx, "Users", "userName", body)
				cause, right := "", []int{http.StatusBadRequest}
				if a.Status >= http.StatusBadRequest {
					cause = "error-status"
				}
				if wrong.subject == "empty" || wrong.subject == "blank" {
					right = append(right, http.StatusConflict) // to a target that has such a user already, the name is taken
				}
				p.holdsFor(wrong.subject, cause, a, match.Status(right...))
				if id := a.ID(); a.Status < http.StatusMultipleChoices && id != "" {
					p.do(ctx, http.MethodDelete, "/Users/"+id, nil) // the next name may be the same one to the target
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-052", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-111", Cause: "no-user-name",
			Needs: []string{catalog.Put},
			Title: "rejects a PUT without a userName, or keeps the name",
			Why:   "A user that loses its userName can no longer sign in or be found.",
			Fix:   "Return 400 for a PUT without a required attribute, and change nothing.",
			Alone: true, // of two users without a name, the second may be refused as a duplicate
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "nameless", nil)
			for _, wrong := range []string{"missing", "empty"} {
				body := resource.With(u.sent, "userName", "")
				if wrong == "missing" {
					delete(body, "userName")
				}
				body["id"] = u.id
				a := p.put(ctx, u, body)
				cause := ""
				if a.Status >= http.StatusBadRequest {
					cause = "error-status"
				}
				if now := p.arranged(ctx, u); wrong == "missing" && a.Status < http.StatusBadRequest && now["userName"] == u.now["userName"] {
					u.now = now
					continue // a PUT may keep what it leaves out
				}
				right := []int{http.StatusBadRequest}
				if wrong == "empty" {
					right = append(right, http.StatusConflict) // to a target that has such a user already, the name is taken
				}
				if p.holdsFor(wrong, cause, a, match.Status(right...)) {
					p.untouchedUser(ctx, u, a)
				} else if a.Status < http.StatusMultipleChoices {
					p.do(ctx, http.MethodDelete, u.path(), nil) // or nobody else could have no name
					return
				}
			}
		}),
		check(catalog.Check{
			ID: "USR-072", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-58", Cause: "not-required",
			Title: "creates, reads and lists a user that has only the required attributes",
			Why:   "Many tenants map neither e-mail nor externalId.",
			Fix:   "Demand only userName, or mark other attributes as required in /Schemas. Expect every other attribute to be missing.",
		}, func(ctx context.Context, p *probe) {
			p.aUser(ctx, "rich", nil)
			body := p.bareUser("bare")
			a := p.post(ctx, "Users", "userName", body)
			p.expect(a, match.Made())
			id := p.id(a)
			p.expect(p.get(ctx, "/Users/"+id), match.Status(http.StatusOK))
			found := p.find(ctx, "Users", "userName", body["userName"])
			p.expect(found, match.Not(http.StatusInternalServerError))
			p.because("filter", byID(found.Page().Resources, id) != nil, match.That("the filter finds the user", "it does not"))
		}),
		check(catalog.Check{
			ID: "USR-054", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5.1"), Rule: "R-110", Cause: "client-id",
			Needs: []string{catalog.Put},
			Title: "keeps id and meta when a PUT sends others",
			Why:   "Entra stores the id permanently. A date that clients set says nothing.",
			Fix:   "Ignore read-only attributes in PUT, or return 400 mutability.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "fixed", nil)
			body := resource.With(u.sent, "id", p.Name("other"))
			body["meta"] = map[string]any{"resourceType": "User", "created": "1999-12-31T23:59:59Z", "lastModified": "1999-12-31T23:59:59Z"}
			a := p.put(ctx, u, body)
			p.because("no-put", a, match.Status(http.StatusOK, http.StatusNoContent, http.StatusBadRequest))
			read := p.get(ctx, u.path())
			p.expect(read, match.Status(http.StatusOK))
			p.expect(read.Body["id"], match.Is("id after a PUT with another id", u.id))
			p.expect(inner(read.Body, "meta")["created"], match.Is("meta.created after a PUT with another date", inner(u.now, "meta")["created"]))
		}),
		check(catalog.Check{
			ID: "USR-055", Suite: "users", About: catalog.Groups, Level: catalog.Must, Basis: rfc7643("4.1.2"), Rule: "R-45", Cause: "client-id",
			Needs: []string{catalog.GroupsHere},
			Title: "ignores groups that a client sends with a user",
			Why:   "groups is read-only. Whoever may write users could otherwise give them any access.",
			Fix:   "Ignore groups in POST and PUT of users, or return 400 mutability.",
		}, func(ctx context.Context, p *probe) {
			g := p.aGroup(ctx, "closed")
			p.aUser(ctx, "before", nil)
			body := p.person("intruder", map[string]any{"groups": []any{map[string]any{"value": g.id}}})
			a := p.post(ctx, "Users", "userName", body)
			p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK, http.StatusBadRequest))
			read := p.get(ctx, g.path())
			p.because("no-read", read, match.Status(http.StatusOK))
			list, _ := resource.Value(read.Body, "members").([]any)
			p.expect(len(list) == 0, match.That("the group that the user names has no members", "the user is a member of it"))
		}),
	}
}

// bareUser is a user with the attributes that the target requires and no others.
func (p *probe) bareUser(what string) map[string]any {
	full := p.person(what, nil)
	out := map[string]any{"userName": full["userName"]}
	for _, a := range p.survey.Users.Attributes {
		if a.Required {
			top := resource.Top(a.Path)
			out[top] = full[resource.Key(full, top)]
		}
	}
	return complete(out)
}
