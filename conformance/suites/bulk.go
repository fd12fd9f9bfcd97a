package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// bulk are the checks of bulk requests.
func bulk() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-010", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.2"), Rule: "R-139", Cause: "optional",
			Needs: []string{catalog.GroupsHere},
			Title: "resolves a bulkId in group members, if it announces bulk requests",
			Why:   "Otherwise, a group created together with its members ends up without them.",
			Fix:   "Replace every bulkId with the id of the created resource, or announce bulk.supported as false.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "bulk", "supported")
			user, name := p.person("bulk", nil), p.Name("bulk-group")
			group := map[string]any{
				"schemas": []string{coreGroup}, "externalId": "X-" + name, "displayName": name, "members": refs("bulkId:person"),
			}
			a, ids, err := p.MakeInBulk(ctx, []session.Planned{
				{Collection: "Users", Key: "userName", BulkID: "person", Body: user}, {Collection: "Groups", Key: "displayName", BulkID: "group", Body: group},
			})
			if err != nil {
				p.stop(err)
			}
			p.expect(a, match.Status(http.StatusOK))
			for _, what := range []string{"person", "group"} {
				p.expect(ids[what] != "", match.That("both bulk operations succeed and return a location", "the "+what+" operation failed or returned no location"))
			}
			p.expectMembers(ctx, "/Groups/"+ids["group"], "a bulk request", ids["person"])
		}),
		check(catalog.Check{
			ID: "HTP-011", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.4"), Rule: "R-142", Cause: "optional",
			Title: "rejects a bulk request with more operations than it announces",
			Why:   "Operations beyond the limit are lost if no error is returned.",
			Fix:   "Return 413 when a request exceeds bulk.maxOperations.",
		}, func(ctx context.Context, p *probe) {
			limit, _ := p.announces(ctx, "bulk", "supported")["maxOperations"].(float64)
			const large = 2000
			if limit < 1 || limit > large {
				p.skip(fmt.Sprintf("bulk.maxOperations is %v; this check needs a limit from 1 to %d", limit, large))
			}
			gone := map[string]any{"method": http.MethodDelete, "path": "/Users/" + p.Name("nobody")}
			list := make([]any, int(limit)+1)
			for i := range list {
				list[i] = gone
			}
			a := p.do(ctx, http.MethodPost, "/Bulk", map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": list})
			p.expect(a, match.Status(http.StatusRequestEntityTooLarge))
		}),
	}
}
