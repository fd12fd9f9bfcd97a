package suites

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// searches are the checks of queries by POST.
func searches() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "QRY-048", Suite: "queries", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.4.3"), Rule: "R-104", Cause: "search",
			Needs: []string{catalog.Filter},
			Title: "applies filter, count and attributes of POST /Users/.search, if it serves it",
			Why:   "A search that ignores its filter returns every user.",
			Fix:   "Read the parameters from the body and handle them like those of a GET, or return 404.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "search", nil)
			p.aUser(ctx, "near", nil)
			p.searched(ctx, "/Users/.search", t, "userName")
			p.likeRead(t, p.only(p.search(ctx, "/Users/.search", map[string]any{"filter": "userName eq " + quoted(t.sent["userName"])}), t.id))
		}),
		check(catalog.Check{
			ID: "QRY-049", Suite: "queries", About: catalog.Groups, Level: catalog.Must, Basis: rfc7644("3.4.3"), Rule: "R-104", Cause: "search",
			Needs: []string{catalog.Filter, catalog.GroupsHere},
			Title: "applies filter, count and attributes of POST /Groups/.search, if it serves it",
			Why:   "A search that ignores its filter returns every group.",
			Fix:   "Read the parameters from the body and handle them like those of a GET, or return 404.",
		}, func(ctx context.Context, p *probe) {
			t := p.aGroup(ctx, "search", p.aUser(ctx, "member", nil).id)
			p.aGroup(ctx, "near")
			p.searched(ctx, "/Groups/.search", t, "displayName")
		}),
		check(catalog.Check{
			ID: "QRY-050", Suite: "queries", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7644("3.4.3"), Rule: "R-104", Cause: "search",
			Needs: []string{catalog.Filter},
			Title: "applies filter, count and attributes of POST /.search, if it serves it",
			Why:   "A search over all resources that ignores its filter returns the whole tenant.",
			Fix:   "Read the parameters from the body and handle them like those of a GET, or return 404.",
		}, func(ctx context.Context, p *probe) {
			t := p.aUser(ctx, "search", nil)
			p.aUser(ctx, "near", nil)
			p.searched(ctx, "/.search", t, "userName")
		}),
	}
}

// search sends a query by POST.
func (p *probe) search(ctx context.Context, path string, body map[string]any) session.Response {
	body["schemas"] = []string{"urn:ietf:params:scim:api:messages:2.0:SearchRequest"}
	return p.do(ctx, http.MethodPost, path, body)
}

// searched asserts what a search returns. A target without the endpoint is not judged.
func (p *probe) searched(ctx context.Context, path string, t *thing, key string) {
	filter := key + " eq " + quoted(t.sent[key])
	a := p.search(ctx, path, map[string]any{"filter": filter, "attributes": []string{key}, "startIndex": 1, "count": 10})
	if slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, a.Status) {
		p.finding.Lacks = "search by POST " + path
		p.skip("the target has no " + path)
	}
	found := p.only(a, t.id)
	p.expect(p.search(ctx, path, map[string]any{"filter": key + " eq " + quoted(p.Name("nobody"))}), match.Total(0))
	// The GET of the same query may have faults of its own, which other checks are about.
	query := filtered(t.collection, filter)
	var as []string
	if list := p.get(ctx, query+"&startIndex=1&count=10&attributes="+key).Page().Resources; len(list) == 1 {
		as = slices.Sorted(maps.Keys(list[0]))
	}
	free := append(as, "id", "schemas", "meta", key)
	for _, name := range slices.Sorted(maps.Keys(found)) {
		known := top(found, name) == nil || !t.wrote(name) || slices.Contains(free, name)
		p.expect(len(as) == 0 || known, match.That(
			"a search returns only the attributes that a GET of the same query returns", "POST "+path+" also returned "+name))
	}
	if len(p.get(ctx, query+"&startIndex=2&count=10").Page().Resources) == 0 {
		a = p.search(ctx, path, map[string]any{"filter": filter, "startIndex": 2, "count": 10})
		p.expect(len(a.Page().Resources) == 0, match.That("a search from the second of one result returns no resources", fmt.Sprintf("POST %s returned %d", path, len(a.Page().Resources))))
	}
	none := len(p.get(ctx, query+"&startIndex=1&count=0").Page().Resources)
	a = p.search(ctx, path, map[string]any{"filter": filter, "startIndex": 1, "count": 0})
	p.expect(len(a.Page().Resources) <= none, match.That("a search with count 0 returns no resources", fmt.Sprintf("POST %s returned %d", path, len(a.Page().Resources))))
}
