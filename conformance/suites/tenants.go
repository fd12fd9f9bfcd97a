package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
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
			for _, t := range p.ours(ctx) {
				a := other.send(ctx, http.MethodGet, t.path(), nil)
				p.expect(a.Status >= 300, match.That("another tenant cannot read the resource", fmt.Sprintf("%s returned status %d", a.Request, a.Status)))
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
			for _, t := range p.ours(ctx) {
				for _, name := range []string{"userName", "externalId", "displayName"} {
					if v, ok := t.sent[name].(string); ok && (name != "displayName" || t.collection == "Groups") {
						p.searches(ctx, other, t, name, v)
					}
				}
			}
		}),
		check(catalog.Check{
			ID: "HTP-025", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not return another tenant's users or groups by /.search and /Me",
			Why:   "Rarely used routes are where the tenant is forgotten.",
			Fix:   "Take the tenant from the token in one place, before any route.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			for _, t := range p.ours(ctx) {
				name := map[string]string{"Users": "userName", "Groups": "displayName"}[t.collection]
				search := map[string]any{
					"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:SearchRequest"},
					"filter":  name + " eq " + quoted(t.sent[name]), "startIndex": 1, "count": 10,
				}
				for _, path := range []string{"/" + t.collection + "/.search", "/.search"} {
					p.hides(other.send(ctx, http.MethodPost, path, search), t)
				}
				a := other.send(ctx, http.MethodGet, "/Me", nil)
				p.expect(a.Status >= 300 || a.Body["id"] != t.id, match.That("/Me is not another tenant's user", a.Request+" returned a user of this tenant"))
			}
		}),
		check(catalog.Check{
			ID: "HTP-015", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not let a tenant change or delete another tenant's users and groups",
			Why:   "One customer could disable another customer's users.",
			Fix:   "Look up resources by tenant and id in PATCH, PUT and DELETE, as in GET. Return 404.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			for _, t := range p.ours(ctx) {
				for _, step := range attacks(p, t) {
					p.untouched(ctx, t, other.send(ctx, step.method, t.path(), step.body))
				}
			}
		}),
		check(catalog.Check{
			ID: "HTP-026", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not let a tenant change or delete another tenant's users and groups by /Bulk",
			Why:   "Bulk requests often have code of their own, which looks resources up by id alone.",
			Fix:   "Carry out each operation of a bulk request like the single request, with the tenant of the token.",
		}, func(ctx context.Context, p *probe) {
			other := p.stranger(ctx)
			for _, t := range p.ours(ctx) {
				for _, step := range attacks(p, t) {
					o := map[string]any{"method": step.method, "path": t.path()}
					if step.body != nil {
						o["data"] = step.body
					}
					p.untouched(ctx, t, other.send(ctx, http.MethodPost, "/Bulk", bulkBody(nil, o)))
				}
			}
		}),
		check(catalog.Check{
			ID: "HTP-027", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("2"), Rule: "R-150", Cause: "tenants",
			Needs: []string{catalog.Tenants},
			Title: "does not take over another tenant's user when a userName exists there",
			Why:   "Guests and consultants are in several tenants. A create that links to the other customer's user mixes both.",
			Fix:   "Look for the userName within the tenant of the token. Create a user of its own, or return 409.",
		}, func(ctx context.Context, p *probe) {
			other, u := p.stranger(ctx), p.aUser(ctx, "ours", nil)
			sent := resource.With(u.sent, "externalId", u.sent["externalId"])
			a := other.send(ctx, http.MethodPost, "/Users", sent)
			made := a.ID()
			if a.Status < 300 && made != "" && made != u.id { // the run's own cleanup has the other token
				defer other.send(ctx, http.MethodDelete, "/Users/"+made, nil)
			}
			p.expect(made != u.id, match.That("the other tenant gets a user of its own", a.Request+" returned the user of this tenant"))
			p.untouched(ctx, u, a)
		}),
	}
}

// ours arranges a user of this tenant and, if there are groups, a group with it.
func (p *probe) ours(ctx context.Context) []*thing {
	u := p.aUser(ctx, "ours", nil)
	list := []*thing{u}
	if p.Lacks(catalog.GroupsHere) == "" && p.ability(catalog.GroupsHere).Works {
		list = append(list, p.aGroup(ctx, "ours", u.id))
		u.now = p.arranged(ctx, u) // it may show the group
	}
	return list
}

// attack is a write that another tenant tries.
type attack struct {
	method string
	body   any
}

// attacks are the writes of a thing, the last one deletes it.
func attacks(p *probe, t *thing) []attack {
	change, body := op(p.spelled("replace"), "displayName", "Stranger"), resource.With(t.sent, "displayName", "Stranger")
	changes := []map[string]any{change}
	if t.collection == "Users" && t.sent["active"] != nil {
		changes = append(changes, op(p.spelled("replace"), "active", false))
	}
	if t.collection == "Groups" {
		changes = append(changes, op(p.spelled("remove"), "members", nil))
		body["members"] = []any{}
	}
	return []attack{{http.MethodPatch, patchOp(changes...)}, {http.MethodPut, body}, {http.MethodDelete, nil}}
}

// untouched asserts that a request of another tenant leaves a thing as it is.
func (p *probe) untouched(ctx context.Context, t *thing, a session.Response) {
	p.finding.Assertions++
	now := p.get(ctx, t.path())
	differences := resource.Compare(t.now, now.Body, resource.Rules{})
	if now.Status == http.StatusOK && len(differences) == 0 {
		return
	}
	f := fact.Fact{
		Status: a.Status, Expected: "a request of another tenant leaves the resource unchanged",
		Actual: fmt.Sprintf("%s returned status %d and changed or deleted it", a.Request, a.Status),
	}
	f.Method, f.Route = a.Kind()
	p.end(Failed, f)
}

// stranger sends requests with the token of another tenant.
type stranger struct{ *probe }

// stranger makes sure that the token of the other tenant is valid. An invalid token would see
// nothing and prove nothing.
func (p *probe) stranger(ctx context.Context) stranger {
	s := stranger{p}
	if a := s.send(ctx, http.MethodGet, p.anyList("Users"), nil); a.Status != http.StatusOK && a.Status != http.StatusNotFound { // an empty list; see QRY-003
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
	s.last = a
	return a
}

// hides asserts that a list does not contain a thing.
func (p *probe) hides(a session.Response, t *thing) {
	p.expect(byID(a.Page().Resources, t.id) == nil, match.That(
		"another tenant finds no user or group of this tenant", a.Request+" returned a resource of this tenant"))
}

// searches asserts that a filter, if it is supported, finds a thing for its own tenant and not for
// another one. The first and last page of the other tenant's list must not contain it either.
func (p *probe) searches(ctx context.Context, other stranger, t *thing, attribute string, value any) {
	if own := p.find(ctx, t.collection, attribute, value); !unsupported(own) { // the lists remain
		p.because("filter", byID(own.Page().Resources, t.id) != nil, match.That("a filter finds the resource", own.Request+" did not find it"))
		p.hides(other.send(ctx, http.MethodGet, filtered(t.collection, attribute+" eq "+quoted(value)), nil), t)
	}
	const page = 10
	first := other.send(ctx, http.MethodGet, fmt.Sprintf("/%s?count=%d", t.collection, page), nil)
	p.hides(first, t)
	at := max(1, first.Page().Total-page+1)
	p.hides(other.send(ctx, http.MethodGet, fmt.Sprintf("/%s?startIndex=%d&count=%d", t.collection, at, page), nil), t)
}
