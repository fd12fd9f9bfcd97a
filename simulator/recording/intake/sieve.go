package intake

import (
	"bytes"
	"cmp"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Left is what was not taken from a recording.
type Left struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// mostLeft is how many kinds of left requests are named; the rest is one.
const mostLeft = 12

// sieve tells SCIM requests from the other traffic of a file. /users is a path of many programs, so a path alone
// says nothing: the target is one whose requests somewhere in the file are SCIM beyond doubt.
type sieve struct {
	base    string
	targets map[string]bool
	tenants map[tenantKey]bool
	rest    map[string]int
}

func newSieve(base string) *sieve {
	return &sieve{base: strings.TrimRight(base, "/"), targets: map[string]bool{}, tenants: map[tenantKey]bool{}, rest: map[string]int{}}
}

// learn notes the target of a request that is SCIM beyond doubt.
func (s *sieve) learn(x *exchange.Exchange) {
	r := recording.FromExchange(x)
	if !r.Known() || !replayable(x.Method) || isPage(x) {
		return
	}
	s.tenants[tenantOf(x)] = true
	if s.base != "" {
		if r.Base != s.base && !strings.HasSuffix(r.Base, s.base) {
			return
		}
	} else if !proves(r, x) {
		return
	}
	s.targets[r.Base] = true
}

var (
	scimSegment = regexp.MustCompile(`(?i)/scim(?:[._-]?v?[0-9.]*)?(?:/|$)`)
	scimFilter  = regexp.MustCompile(`(?i)^\(?\s*(?:id|userName|externalId|displayName|emails?(?:\[.*\])?[.\w]*|urn:\S+) (?:eq|co|sw) "`)
)

// proves reports a request that only a SCIM client sends, or a response that only a SCIM target gives.
func proves(r *recording.Request, x *exchange.Exchange) bool {
	schema := []byte("urn:ietf:params:scim:")
	for _, value := range []string{field(x.RequestHeader, "Content-Type"), field(x.RequestHeader, "Accept"), field(x.ResponseHeader, "Content-Type")} {
		if strings.Contains(strings.ToLower(value), "scim+json") {
			return true
		}
	}
	filter, _ := r.Param("filter")
	return bytes.Contains(x.RequestBody, schema) || bytes.Contains(x.ResponseBody, schema) || scimSegment.MatchString(r.Base) ||
		scimFilter.MatchString(filter) || strings.Contains(strings.ToLower(field(x.RequestHeader, "User-Agent")), "scim")
}

// refuses says what a request is that is not taken, or is empty.
func (s *sieve) refuses(x *exchange.Exchange) string {
	r := recording.FromExchange(x)
	host := hostOf(x.URL)
	switch {
	case x.Method == http.MethodOptions:
		return "preflight requests of a browser (OPTIONS)"
	case strings.HasPrefix(x.URL, "ws"):
		return "web sockets of " + host
	case strings.HasPrefix(x.URL, "data:"), strings.HasPrefix(x.URL, "blob:"):
		return "data within pages"
	case r.Known() && s.targets[r.Base] && isPage(x):
		return "web pages of " + host
	case r.Known() && s.targets[r.Base] && replayable(x.Method):
		return ""
	case r.Known() && s.targets[r.Base]:
		return x.Method + " requests"
	}
	return "requests to " + host
}

func replayable(method string) bool {
	return slices.Contains([]string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}, method)
}

// isPage reports a response for people, such as the screen of an administrator at /users.
func isPage(x *exchange.Exchange) bool {
	kind := strings.ToLower(field(x.ResponseHeader, "Content-Type"))
	return x.Status < 300 && (strings.Contains(kind, "text/html") || strings.Contains(kind, "javascript") || strings.HasPrefix(kind, "image/"))
}

func (s *sieve) leave(what string) { s.rest[what]++ }

// left lists what was not taken, the most frequent first.
func (s *sieve) left() []Left {
	list := make([]Left, 0, len(s.rest))
	for what, n := range s.rest {
		list = append(list, Left{what, n})
	}
	slices.SortFunc(list, func(a, b Left) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.What, b.What)) })
	if len(list) <= mostLeft {
		return list
	}
	others := 0
	for _, l := range list[mostLeft-1:] {
		others += l.Count
	}
	return append(list[:mostLeft-1], Left{"other requests", others})
}

// hostOf is the host of an address, or the first part of a path.
func hostOf(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return "an address that cannot be read"
	case u.Host != "":
		return u.Host
	}
	first, _, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	return "/" + first
}

// field is a header by its name in any case: HTTP/2 writes them small.
func field(h http.Header, name string) string {
	for key, values := range h {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
