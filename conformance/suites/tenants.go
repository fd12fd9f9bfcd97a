package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// tenants are the checks of tenant isolation.
func tenants() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-013", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not return another tenant's user or group by id",
			Why:   "Ids appear in logs and tickets. With one of them, a customer could read another customer's users.",
			Fix:   "Look up resources by tenant and id, with the tenant taken from the token. Return 404 for another tenant's resource.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			user, id, _ := p.plain(ctx, "ours")
			paths := []string{user}
			if p.Lacks(catalog.GroupsHere) == "" {
				group, _ := p.group(ctx, "ours", id)
				paths = append(paths, group)
			}
			for _, path := range paths {
				p.read(ctx, path)
				p.expect(other.send(ctx, http.MethodGet, path, nil), match.Status(http.StatusNotFound, http.StatusForbidden))
			}
		}),
		check(catalog.Check{
			ID: "HTP-014", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Filter, catalog.Tenants},
			Title: "does not return another tenant's users or groups in queries",
			Why:   "Entra takes a filter match for its own user and then changes the other customer's user.",
			Fix:   "Add the tenant of the token to every query, filtered or not, before anything else.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			_, id, sent := p.plain(ctx, "ours")
			p.searches(ctx, other, "Users", id, "userName", sent["userName"])
			p.searches(ctx, other, "Users", id, "externalId", sent["externalId"])
			if p.Lacks(catalog.GroupsHere) == "" {
				path, name := p.group(ctx, "ours", id)
				p.searches(ctx, other, "Groups", path[len("/Groups/"):], "displayName", name)
			}
		}),
		check(catalog.Check{
			ID: "HTP-015", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not let a tenant change or delete another tenant's user",
			Why:   "One customer could disable another customer's users.",
			Fix:   "Look up resources by tenant and id in PATCH, PUT and DELETE, as in GET. Return 404.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			path, _, sent := p.plain(ctx, "ours")
			before := p.read(ctx, path)
			changed := p.person("theirs", map[string]any{"userName": sent["userName"], "externalId": sent["externalId"], "title": "Stranger"})
			for _, step := range []struct {
				method string
				body   any
			}{
				{http.MethodPatch, patchOp(op("replace", "title", "Stranger"), op("replace", "active", false))},
				{http.MethodPut, changed},
				{http.MethodDelete, nil},
			} {
				a := other.send(ctx, step.method, path, step.body)
				still := p.get(ctx, path)
				p.expect(still.Status == http.StatusOK && still.Body["title"] == before["title"] && still.Body["active"] == before["active"], match.That(
					"a "+step.method+" from another tenant leaves the user unchanged",
					fmt.Sprintf("%s returned status %d and changed or deleted the user", a.Request, a.Status)))
			}
		}),
	}
}

// stranger sends requests with the token of another tenant.
type stranger struct{ *probe }

// stranger makes sure that the token of the other tenant is valid. An invalid token would see
// nothing and prove nothing.
func (p *probe) stranger(ctx context.Context) stranger {
	s := stranger{p}
	if a := s.send(ctx, http.MethodGet, "/Users?count=1", nil); a.Status != http.StatusOK {
		p.stop(fmt.Errorf("%s returned status %d; hint: check that the token is valid", a.Request, a.Status))
	}
	return s
}

func (s stranger) send(ctx context.Context, method, path string, body any) session.Response {
	a, err := s.Send(ctx, method, path, body, s.OtherTenant())
	if err != nil {
		s.stop(err)
	}
	a.Request += " with the token of another tenant"
	return a
}

// sees reports a response that contains a resource with one of the ids, or "".
func sees(a session.Response, ids ...string) string {
	list, _ := a.Body["Resources"].([]any)
	for _, e := range list {
		if id, _ := idOf(e).(string); slices.Contains(ids, id) {
			return a.Request + " returned a resource of this tenant"
		}
	}
	return ""
}

// searches asserts that a filter finds a resource for its own tenant and not for another one. The
// first and last page of the other tenant's list must not contain it either.
func (p *probe) searches(ctx context.Context, other stranger, collection, id, attribute string, value any) {
	p.only(p.find(ctx, collection, attribute, value), id)
	const page = 10
	found := other.send(ctx, http.MethodGet, filtered(collection, attribute+" eq "+quoted(value)), nil)
	first := other.send(ctx, http.MethodGet, fmt.Sprintf("/%s?count=%d", collection, page), nil)
	total, _ := first.Body["totalResults"].(float64)
	last := other.send(ctx, http.MethodGet, fmt.Sprintf("/%s?startIndex=%d&count=%d", collection, max(1, int(total)-page+1), page), nil)
	for _, a := range []session.Response{found, first, last} {
		said := sees(a, id)
		p.expect(said == "", match.That("another tenant finds no user or group of this tenant", said))
	}
}
