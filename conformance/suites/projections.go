package suites

import (
	"context"
	"net/url"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
)

// projections are the checks of attributes and excludedAttributes.
func projections() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-012", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-70", Cause: "projection",
			Title: "returns id even if it is excluded",
			Why:   "Without the id, there is nothing to link to.",
			Fix:   "Always return id and schemas.",
		}, func(ctx context.Context, p *probe) {
			path, id, _ := p.plain(ctx, "id")
			p.expect(p.read(ctx, path+"?excludedAttributes=id,displayName")["id"], match.Is("id when excluded", id))
		}),
		check(catalog.Check{
			ID: "QRY-013", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-102", Cause: "projection",
			Title: "omits only the user attributes that excludedAttributes names",
			Why:   "Clients exclude attributes that are large or private.",
			Fix:   "Apply excludedAttributes to users as to groups.",
		}, func(ctx context.Context, p *probe) {
			path, _, sent := p.plain(ctx, "less")
			body := p.read(ctx, path+"?excludedAttributes="+url.QueryEscape("emails,displayName"))
			p.expect(body["emails"], match.Is("emails when excluded", nil))
			p.expect(body["displayName"], match.Is("displayName when excluded", nil))
			p.expect(body["userName"], match.Is("userName when other attributes are excluded", sent["userName"]))
		}),
		check(catalog.Check{
			ID: "QRY-020", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7643("7"), Rule: "R-71", Cause: "lists",
			Needs: []string{catalog.Filter},
			Title: "returns a user in a list as in a read by id",
			Why:   "Entra first reads a user by filter and then by id. It sends every apparent difference.",
			Fix:   "Serialize resources with one function, for lists and for single responses.",
		}, func(ctx context.Context, p *probe) {
			path, id, sent := p.user(ctx, "same", map[string]any{"active": false, enterprise: map[string]any{"department": "Sales"}})
			single := p.read(ctx, path)
			listed := p.only(p.find(ctx, "Users", "userName", sent["userName"]), id)
			for _, name := range []string{"userName", "externalId", "active", "displayName", "name", "emails", enterprise} {
				p.expect(listed[name], match.Is(name+" in a list", single[name]))
			}
		}),
		check(catalog.Check{
			ID: "MEM-009", Suite: "memberships", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.9"), Rule: "R-169", Cause: "projection",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "omits only members for excludedAttributes=members",
			Why:   "Every group read uses this parameter. Otherwise, large groups time out.",
			Fix:   "Apply excludedAttributes, and do not load excluded attributes.",
		}, func(ctx context.Context, p *probe) {
			_, a, _ := p.plain(ctx, "a")
			path, name := p.group(ctx, "g", a)
			body := p.read(ctx, path+"?excludedAttributes=members")
			p.expect(body["members"], match.Is("members when excluded", nil))
			p.expect(body["displayName"], match.Is("displayName when members is excluded", name))
			list := p.get(ctx, "/Groups?excludedAttributes=members&filter="+url.QueryEscape("displayName eq "+quoted(name)))
			p.expect(p.only(list, strings.TrimPrefix(path, "/Groups/"))["members"], match.Is("members in a list when excluded", nil))
		}),
	}
}
