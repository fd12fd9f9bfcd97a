package suites

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// bulk are the checks of bulk requests.
func bulk() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "HTP-010", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.2"), Rule: "R-139", Cause: "bulk-references",
			Needs: []string{catalog.GroupsHere},
			Title: "resolves a bulkId in group members, if it announces bulk requests",
			Why:   "Otherwise, a group created together with its members ends up without them.",
			Fix:   "Replace every bulkId with the id of the created resource, or announce bulk.supported as false.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "bulk", "supported")
			person, team := p.planned("bulk", "person")
			ids := p.inBulk(ctx, person, team)
			for _, what := range []string{"person", "group"} {
				p.expect(ids[what] != "", match.That("both bulk operations succeed and return a location", "the "+what+" operation failed or returned no location"))
			}
			p.bulked(ctx, ids["group"], ids["person"])
		}),
		check(catalog.Check{
			ID: "HTP-017", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.1"), Rule: "R-139", Cause: "bulk-references",
			Needs: []string{catalog.GroupsHere},
			Title: "loses no member whose bulkId belongs to a later operation",
			Why:   "The order of the operations is the client's. A success without the member is never repaired.",
			Fix:   "Resolve bulkIds after all operations, or return an error for the operation that refers to a later one.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "bulk", "supported")
			person, team := p.planned("later", "person")
			if ids := p.inBulk(ctx, team, person); ids["group"] != "" && ids["person"] != "" {
				p.bulked(ctx, ids["group"], ids["person"])
			}
			p.finding.Assertions++
		}),
		check(catalog.Check{
			ID: "HTP-018", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.1"), Rule: "R-139", Cause: "bulk-references",
			Needs: []string{catalog.GroupsHere},
			Title: "resolves groups that name each other by bulkId, or rejects them",
			Why:   "A circle that is half resolved leaves one group without the other, and a server that follows it never returns.",
			Fix:   "Create all resources first and set the references afterwards, or return 409.",
		}, func(ctx context.Context, p *probe) {
			p.announces(ctx, "bulk", "supported")
			_, one := p.planned("one", "two")
			_, two := p.planned("two", "one")
			one.BulkID, two.BulkID = "one", "two"
			ids := p.inBulk(ctx, one, two)
			if ids["one"] != "" && ids["two"] != "" {
				p.bulked(ctx, ids["one"], ids["two"])
				p.bulked(ctx, ids["two"], ids["one"])
			}
			p.finding.Assertions++
		}),
		check(catalog.Check{
			ID: "HTP-019", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.3"), Rule: "R-140, R-138", Cause: "bulk-errors",
			Title: "goes on with a bulk request after an operation that fails",
			Why:   "Without failOnErrors, one stale id must not keep all other changes from being made.",
			Fix:   "Count the errors. Stop only when failOnErrors is reached.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.bulkUser(ctx)
			value := p.Name("changed")
			a := p.bulk(ctx, nil, p.absent(u), changes(u, op(p.spelled("replace"), name, value)))
			p.becomes(ctx, u, resource.With(u.now, name, value), a)
			if p.Lacks(catalog.Put) == "" {
				value = p.Name("replaced")
				a = p.bulk(ctx, nil, p.absent(u), map[string]any{"method": http.MethodPut, "path": u.path(), "data": resource.With(u.sent, name, value)})
				p.becomes(ctx, u, resource.With(u.now, name, value), a)
			}
		}),
		check(catalog.Check{
			ID: "HTP-020", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7"), Rule: "R-140, R-138", Cause: "bulk-errors",
			Title: "stops a bulk request when failOnErrors is reached",
			Why:   "A client sets failOnErrors because later operations depend on earlier ones.",
			Fix:   "Stop after the operation with which the number of errors reaches failOnErrors.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.bulkUser(ctx)
			a := p.bulk(ctx, 1, p.absent(u), changes(u, op(p.spelled("replace"), name, p.Name("late"))))
			p.becomes(ctx, u, u.now, a, name)
		}),
		check(catalog.Check{
			ID: "HTP-021", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.7.3"), Rule: "R-140, R-137, R-141", Cause: "bulk-results",
			Title: "returns the result of each operation of a bulk request",
			Why:   "A client knows from the results what to repeat. A failure that is reported as a success is never repeated.",
			Fix:   "Return an entry with the status of each operation, as the single request would have it.",
		}, func(ctx context.Context, p *probe) {
			u, name := p.bulkUser(ctx)
			a := p.bulk(ctx, nil, p.absent(u), changes(u, op(p.spelled("replace"), name, p.Name("changed"))), map[string]any{"method": http.MethodDelete, "path": u.path()})
			list, _ := a.Body["Operations"].([]any)
			p.expect(len(list) == 3, match.That("the response has the results of the 3 operations", fmt.Sprintf("it has %d results", len(list))))
			for i, want := range []string{"404", "2", "2"} {
				result, _ := list[i].(map[string]any)
				status := fmt.Sprint(result["status"])
				p.expect(strings.HasPrefix(status, want), match.That(
					fmt.Sprintf("operation %d has a status that begins with %s", i+1, want), "its status is "+match.JSON(result["status"])))
			}
			p.expect(p.get(ctx, u.path()), match.Status(http.StatusNotFound, http.StatusGone))
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
			a := p.do(ctx, http.MethodPost, "/Bulk", bulkBody(nil, list...))
			p.expect(a, match.Status(http.StatusRequestEntityTooLarge))
		}),
	}
}

// bulkBody is a bulk request. A nil failOnErrors is left out.
func bulkBody(failOnErrors any, operations ...any) map[string]any {
	body := map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:BulkRequest"}, "Operations": operations}
	if failOnErrors != nil {
		body["failOnErrors"] = failOnErrors
	}
	return body
}

// bulk sends operations on things that exist already.
func (p *probe) bulk(ctx context.Context, failOnErrors any, operations ...any) session.Response {
	a := p.do(ctx, http.MethodPost, "/Bulk", bulkBody(failOnErrors, operations...))
	if failOnErrors == nil {
		p.expect(a, match.Status(http.StatusOK))
	}
	return a
}

// bulkUser arranges a user for bulk operations, and names an attribute to change.
func (p *probe) bulkUser(ctx context.Context) (*thing, string) {
	p.announces(ctx, "bulk", "supported")
	if why := p.Lacks(catalog.Patch); why != "" {
		p.skip("the target does not support PATCH: " + why)
	}
	return p.aUser(ctx, "bulk", nil), p.carrier()
}

// absent is an operation that fails: it changes a user who does not exist.
func (p *probe) absent(u *thing) any {
	return map[string]any{"method": http.MethodDelete, "path": "/Users/" + unlike(u.id)}
}

// changes is a bulk operation that changes a thing by PATCH.
func changes(t *thing, operations ...map[string]any) any {
	return map[string]any{"method": http.MethodPatch, "path": t.path(), "data": patchOp(operations...)}
}

// planned are a user with the bulkId "person" and a group with the bulkId "group", whose member
// is the resource with the bulkId of.
func (p *probe) planned(what, of string) (person, team session.Planned) {
	body := p.team(p.Name(what))
	body["members"] = refs("bulkId:" + of)
	return session.Planned{Collection: "Users", Key: "userName", BulkID: "person", Body: p.person(what, nil)},
		session.Planned{Collection: "Groups", Key: "displayName", BulkID: "group", Body: body}
}

// inBulk creates resources in one request and returns their ids by bulkId.
func (p *probe) inBulk(ctx context.Context, objects ...session.Planned) map[string]string {
	a, ids, err := p.MakeInBulk(ctx, objects)
	if err != nil {
		p.stop(err)
	}
	p.last = a
	p.expect(a.Status < 500, match.That("a bulk request gets an answer that is not a server error", fmt.Sprintf("it returned status %d", a.Status)))
	return ids
}

// bulked asserts that a group which a bulk request made has exactly one member.
func (p *probe) bulked(ctx context.Context, group, member string) {
	a := p.last
	now := p.read(ctx, "/Groups/"+group)
	p.sameMembers(nil, map[string]any{"members": refs(member)}, now, true, a)
}
