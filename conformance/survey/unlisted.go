package survey

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// Listed reports a request for resources of this type that any of them answers: a list without a filter.
func (r Resource) Listed(path string) bool {
	at, query, _ := strings.Cut(path, "?")
	return at == "/"+r.Name+"s" && !strings.Contains(query, "filter=")
}

// AnyList is the path of a list that every endpoint returns: the shortest one, or an empty one where
// lists without a filter are refused.
func (r Resource) AnyList() string {
	if r.Unlisted == "" {
		return "/" + r.Name + "s?startIndex=1&count=1"
	}
	return byKey(r.Name+"s", r.key(), "nobody")
}

// key is the attribute that names a resource.
func (r Resource) key() string {
	if r.Name == "Group" {
		return "displayName"
	}
	return "userName"
}

// narrow looks whether an endpoint refuses a list only because it has no filter (RFC 7644 section
// 3.4.2: a query may have too many results to process).
func (q *questions) narrow(ctx context.Context, r *Resource, list session.Response) {
	if !slices.Contains([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity}, list.Status) {
		return
	}
	a, _ := q.send(ctx, http.MethodGet, byKey(r.Name+"s", r.key(), "nobody"), nil)
	page := a.Page()
	if a.Status == http.StatusOK && (page.Listed || page.Counted) {
		r.There, r.Unlisted, r.Refusal = true, said(list), list.Status
	}
}

// pages looks whether startIndex moves the page of a list of at least two resources. Where it does
// not, what a list shows depends on how many resources there are.
func (q *questions) pages(ctx context.Context, r *Resource) {
	if r.Unlisted != "" {
		return
	}
	path := func(start int) string { return fmt.Sprintf("/%ss?startIndex=%d&count=1", r.Name, start) }
	q.Ahead(ctx, path(1), path(2))
	first, _ := q.send(ctx, http.MethodGet, path(1), nil)
	second, _ := q.send(ctx, http.MethodGet, path(2), nil)
	one, two := first.Page().Resources, second.Page().Resources
	r.Stuck = len(one) > 0 && len(two) > 0 && one[0]["id"] == two[0]["id"]
}
