package survey

import (
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// Named returns the path of a read with the names of all attributes. It does so only if the endpoint
// announces that members are returned on request (RFC 7643 section 7). The response then has all
// that a plain read has, and the members. A path that names attributes itself stays as it is.
func (r Resource) Named(path string) string {
	if !r.OnRequest {
		return path
	}
	at, query, _ := strings.Cut(path, "?")
	given, err := url.ParseQuery(query)
	for name := range given {
		if err != nil || strings.EqualFold(name, "attributes") || strings.EqualFold(name, "excludedAttributes") {
			return path
		}
	}
	names := []string{"schemas", "id", "externalId", "meta", "displayName", "members"}
	for _, a := range r.Attributes {
		top := resource.Top(a.Path)
		if !slices.ContainsFunc(names, func(s string) bool { return strings.EqualFold(s, top) }) {
			names = append(names, top)
		}
	}
	if query != "" {
		query += "&"
	}
	return at + "?" + query + "attributes=" + url.QueryEscape(strings.Join(names, ","))
}
