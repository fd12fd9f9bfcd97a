package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// errorBodies are the checks of requests that must be rejected whatever the resource is. The
// bodies of errors are judged in all responses; see package invariant.
func errorBodies() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-044", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-144", Cause: "broken-json",
			Title: "rejects a body that is not JSON with 400",
			Why:   "A success hides that nothing was understood. A 500 looks like an outage.",
			Fix:   "Parse the body before anything else. Return 400 with scimType invalidSyntax.",
		}, func(ctx context.Context, p *probe) {
			for _, t := range p.both(ctx, "broken") {
				for _, r := range []struct{ method, path string }{
					{http.MethodPost, "/" + t.collection}, {http.MethodPatch, t.path()}, {http.MethodPut, t.path()},
				} {
					a := p.do(ctx, r.method, r.path, `{"schemas":["`+coreUser+`"],"userName":`)
					if r.method != http.MethodPost && absent(a) {
						continue // which other checks judge
					}
					p.expect(a, match.Status(http.StatusBadRequest))
				}
				p.becomes(ctx, t, t.now, p.last)
			}
		}),
		check(catalog.Check{
			ID: "HTP-045", Suite: "protocol", About: catalog.Protocol, Level: catalog.Should, Basis: rfc7644("3.12"), Rule: "R-145", Cause: "broken-json-keyword",
			Title: "uses no other scimType than invalidSyntax for a body that is not JSON",
			Why:   "The keyword tells the client that the request itself is wrong.",
			Fix:   "Set scimType to invalidSyntax in the 400 for a body that cannot be parsed.",
		}, func(ctx context.Context, p *probe) {
			a := p.do(ctx, http.MethodPost, "/Users", "{")
			if a.Status != http.StatusBadRequest || a.Body == nil {
				p.skip("the target does not reject a broken body with 400 and a JSON body")
			}
			word := a.Body["scimType"] // which is optional
			p.expect(word == nil || word == "invalidSyntax", match.That("scimType is absent or invalidSyntax", "scimType is "+match.JSON(word)))
		}),
		check(catalog.Check{
			ID: "HTP-046", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.12"), Rule: "R-146", Cause: "unknown-route",
			Title: "returns 404 for an unknown path",
			Why:   "With a wrong tenant URL, a success would look like an empty directory.",
			Fix:   "Return 404 for every path that is no endpoint.",
		}, func(ctx context.Context, p *probe) {
			path := "/" + p.Name("nothing")
			p.expect(p.get(ctx, path), match.Status(http.StatusNotFound, http.StatusForbidden))
			p.expect(p.get(ctx, path+"/1"), match.Status(http.StatusNotFound, http.StatusForbidden))
		}),
		check(catalog.Check{
			ID: "HTP-047", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.2"), Rule: "R-146, R-62", Cause: "wrong-method",
			Title: "rejects methods that an endpoint does not have",
			Why:   "A collection that accepts DELETE or PUT can lose every user with one request.",
			Fix:   "Return 405 for methods that an endpoint does not have.",
		}, func(ctx context.Context, p *probe) {
			for _, r := range []struct{ method, path string }{
				{http.MethodPut, "/Users"},
				{http.MethodPatch, "/Users"},
				{http.MethodPut, "/Groups"},
				{http.MethodPost, "/ServiceProviderConfig"},
				{http.MethodPut, "/Schemas"},
				{http.MethodPatch, "/ResourceTypes"},
			} {
				a := p.do(ctx, r.method, r.path, map[string]any{"schemas": []string{coreUser}})
				p.expect(a, match.Rejected())
			}
		}),
		check(catalog.Check{
			ID: "HTP-048", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.1"), Rule: "R-81", Cause: "unknown-id",
			Title: "returns 404 for an unknown id",
			Why:   "Entra looks for its user by id and creates a new one after a 404. Any other status stops the job for this user.",
			Fix:   "Return 404 when no resource has the id, in GET, PUT, PATCH and DELETE.",
		}, func(ctx context.Context, p *probe) {
			for _, t := range p.both(ctx, "unknown") {
				path := "/" + t.collection + "/" + unlike(t.id)
				for _, method := range []string{http.MethodGet, http.MethodPatch, http.MethodPut, http.MethodDelete} {
					var body any
					switch method {
					case http.MethodPatch:
						body = patchOp(op(p.spelled("replace"), "displayName", "Nobody"))
					case http.MethodPut:
						body = p.renamedBody(t)
					}
					a := p.do(ctx, method, path, body)
					if method != http.MethodGet && a.Status != http.StatusNotFound && absent(a) {
						continue
					}
					p.expect(a, match.Status(http.StatusNotFound))
				}
				p.becomes(ctx, t, t.now, p.last)
			}
		}),
	}
}

// both makes a user and, if the target has groups, a group.
func (p *probe) both(ctx context.Context, what string) []*thing {
	list := []*thing{p.aUser(ctx, what, nil)}
	if p.Lacks(catalog.GroupsHere) == "" && (!p.survey.Asked || p.survey.Groups.Made.Works) {
		list = append(list, p.aGroup(ctx, what))
	}
	return list
}

// absent reports a method or route that the target does not have.
func absent(a session.Response) bool {
	return a.Status == http.StatusNotFound || a.Status == http.StatusMethodNotAllowed || a.Status == http.StatusNotImplemented
}

// renamedBody is the body of a thing with a name that nothing has.
func (p *probe) renamedBody(t *thing) map[string]any {
	if t.collection == "Groups" {
		return p.team(p.Name("nobody"))
	}
	return p.person("nobody", nil)
}
