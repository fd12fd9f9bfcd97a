package reach

import (
	"net/url"
	"slices"
	"strings"
)

// Elsewhere returns another base URL on the same host for which responds is true, or "". It tries
// the path without its last segments, such as /Users or a tenant flag, and the usual paths.
func Elsewhere(base string, responds func(base string) bool) string {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return ""
	}
	origin, path := u.Scheme+"://"+u.Host, strings.TrimRight(u.EscapedPath(), "/")
	for _, other := range candidates(path) {
		if responds(origin + other) {
			return origin + other
		}
	}
	return ""
}

// candidates lists the paths to try instead of one, without repetitions.
func candidates(path string) []string {
	var list []string
	add := func(p string) {
		if p != path && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	if head, _, flagged := strings.Cut(path, "/aadOptscim"); flagged { // a flag belongs into the query (W-9)
		add(head)
	}
	for rest := path; rest != ""; {
		rest = rest[:strings.LastIndex(rest, "/")]
		if rest != "" {
			add(rest)
		}
	}
	for _, usual := range []string{"/v2", "/scim/v2", "/scim"} {
		add(path + usual)
	}
	for _, usual := range []string{"/scim/v2", "/scim", "/scim/v2.0", "/v2", "/api/scim/v2", "/api/scim", "/api/v2/scim", ""} {
		add(usual)
	}
	return list
}

// Advice tells a person to use another base URL.
func Advice(found string) string {
	return "use " + found + " as --target and as the tenant URL in Entra, because SCIM responds there"
}
