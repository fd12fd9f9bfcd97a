package suites

import (
	"context"
	"fmt"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// filtersFresh are the checks that queries see what was just written, for users and groups.
func filtersFresh() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-038", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-stale",
			Needs: []string{catalog.Filter},
			Title: "finds a user at once that an earlier query did not find",
			Why:   "Entra asks for a user, creates it, and asks again. If the first answer is kept, Entra creates the user twice.",
			Fix:   "Do not cache empty results, or drop them with each write.",
		}, func(ctx context.Context, p *probe) {
			sent := p.person("late", nil)
			p.expect(p.find(ctx, "Users", "userName", sent["userName"]), match.Total(0))
			t := p.made(ctx, "Users", sent)
			p.found(ctx, t, "userName", sent["userName"])
		}),
		check(catalog.Check{
			ID: "QRY-039", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-stale",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group at once that an earlier query did not find",
			Why:   "Entra asks for a group, creates it, and asks again. If the first answer is kept, Entra creates the group twice.",
			Fix:   "Do not cache empty results, or drop them with each write.",
		}, func(ctx context.Context, p *probe) {
			sent := p.team(p.Name("late"))
			p.expect(p.find(ctx, "Groups", "displayName", sent["displayName"]), match.Total(0))
			t := p.made(ctx, "Groups", sent)
			p.found(ctx, t, "displayName", sent["displayName"])
		}),
		check(catalog.Check{
			ID: "QRY-040", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-178", Cause: "filter-stale",
			Needs: []string{catalog.Filter, catalog.Patch},
			Title: "finds a user by the new externalId and not by the old one after a change",
			Why:   "Entra matches by this value. A search index that is not updated makes it create the user again.",
			Fix:   "Update every index with the write.",
		}, func(ctx context.Context, p *probe) {
			p.has("externalId")
			t := p.aUser(ctx, "moved", nil)
			p.moves(ctx, t, "externalId", t.sent["externalId"], "N-"+p.Name("new"))
			p.leavesOld(ctx)
		}),
		check(catalog.Check{
			ID: "QRY-041", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-stale",
			Needs: []string{catalog.Filter, catalog.GroupsHere, catalog.Patch},
			Title: "finds a group by the new name and not by the old one after a rename",
			Why:   "Entra matches groups by name. A group that is found by its old name is mixed up with the next group of that name.",
			Fix:   "Update every index with the write.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "old")
			p.moves(ctx, t, "displayName", t.sent["displayName"], p.Name("new"))
		}),
		check(catalog.Check{
			ID: "QRY-042", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-86", Cause: "filter-id",
			Needs: []string{catalog.Filter},
			Title: "finds a user by id",
			Why:   "Microsoft documents reference checks by id. A filter that is ignored returns every user.",
			Fix:   "Support id in filters like any other attribute, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) { p.byID(ctx, p.aUser(ctx, "byid", nil), p.aUser(ctx, "near", nil)) }),
		check(catalog.Check{
			ID: "QRY-043", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.2.2"), Rule: "R-167", Cause: "filter-id",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "finds a group by id",
			Why:   "Microsoft documents reference checks by id. A filter that is ignored returns every group.",
			Fix:   "Support id in filters like any other attribute, or return 400 invalidFilter.",
		}, func(ctx context.Context, p *probe) { p.byID(ctx, p.aGroup(ctx, "byid"), p.aGroup(ctx, "near")) }),
	}
}

// found asserts that a query by one value finds exactly one thing.
func (p *probe) found(ctx context.Context, t *thing, attribute string, value any) map[string]any {
	return p.only(p.find(ctx, t.collection, attribute, value), t.id)
}

// moves changes an attribute and asserts that queries follow. The new value was asked for before. Then
// it changes the attribute by a value without a path and by PUT, where the target takes these forms.
func (p *probe) moves(ctx context.Context, t *thing, attribute string, before, after any) {
	base := map[string]string{"Users": "filter-attributes", "Groups": "filter-groups"}[t.collection]
	asks := func(value any) string { return filtered(t.collection, attribute+" eq "+quoted(value)) }
	p.ahead(ctx, asks(before), asks(after))
	p.because(base, p.find(ctx, t.collection, attribute, before), match.Total(1))
	p.because(base, p.find(ctx, t.collection, attribute, after), match.Total(0))
	a := p.patch(ctx, t.path(), op("replace", attribute, after))
	p.because("patch-support", a, match.Success())
	p.ahead(ctx, t.path(), asks(after), asks(before))
	p.because("patch-support", p.arranged(ctx, t)[attribute], match.Is(attribute+" after the change", after))
	p.follows(ctx, t, attribute, before, after)
	next := func(i int) string { return fmt.Sprintf("%v-%d", after, i) }
	a = p.do(ctx, http.MethodPatch, t.path(), patchOp(op(p.spelled("replace"), "", map[string]any{attribute: next(1)})))
	if a.Status < 300 && p.arranged(ctx, t)[attribute] == next(1) {
		p.follows(ctx, t, attribute, after, next(1))
	}
	if p.Lacks(catalog.Put) != "" {
		return
	}
	a = p.do(ctx, http.MethodPut, t.path(), resource.With(t.sent, attribute, next(2)))
	if a.Status < 300 && p.arranged(ctx, t)[attribute] == next(2) {
		p.follows(ctx, t, attribute, next(1), next(2))
	}
}

// follows asserts that queries find a thing by its new value only.
func (p *probe) follows(ctx context.Context, t *thing, attribute string, before, after any) {
	p.found(ctx, t, attribute, after)
	p.expect(p.find(ctx, t.collection, attribute, before), match.Total(0))
}

// whole asserts that a query by the beginning of a value finds nothing. It has most of the value, so
// that no other resource has it.
func (p *probe) whole(ctx context.Context, t *thing, attribute string) {
	value, _ := t.sent[attribute].(string)
	if len(value) < 3 {
		return
	}
	p.expect(p.find(ctx, t.collection, attribute, value[:len(value)-1]), match.Total(0))
}

// byID asserts that a filter by id finds exactly one of two things, if the target supports it.
func (p *probe) byID(ctx context.Context, t, other *thing) {
	a := p.find(ctx, t.collection, "id", t.id)
	if unsupported(a) {
		p.expect(other.id != t.id, match.That("two resources have two ids", "both have the id "+t.id))
		return
	}
	p.only(a, t.id)
}
