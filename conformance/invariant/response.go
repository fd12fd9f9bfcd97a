package invariant

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// response is one response with what is in it.
type response struct {
	session.Seen

	method string
	// path is without the query. route is its class.
	path, route string
	status      int
	// object is the body as a JSON object, or nil.
	object map[string]any
	// shown are the users and groups in the body that belong to the run.
	shown []shown
	// projected reports a request that names the attributes that it wants.
	projected bool
}

// shown is a user or group in a response.
type shown struct {
	kind   string // "User" or "Group"
	object map[string]any
}

// key identifies a resource among those of both kinds.
func (s shown) key() string { return s.kind + " " + s.id() }

func (s shown) urn() string {
	if s.kind == "Group" {
		return resource.Group
	}
	return resource.User
}

// hidden is what the session puts in place of the texts of a foreign object.
const hidden = "(masked)"

func newResponse(seen session.Seen) *response {
	x := seen.Exchange
	path, query, _ := strings.Cut(seen.Path, "?")
	r := &response{Seen: seen, method: x.Method, path: path, route: fact.RouteOf(seen.Path), status: x.Status}
	r.projected = strings.Contains(strings.ToLower(query), "attributes=") ||
		strings.HasSuffix(r.route, "/.search") && strings.Contains(strings.ToLower(string(x.RequestBody)), `attributes"`)
	if json.Unmarshal(seen.Body, &r.object) != nil {
		r.object = nil
	}
	r.shown = r.resources()
	return r
}

// resources returns the users and groups of a successful response.
func (r *response) resources() []shown {
	kind := ""
	switch {
	case r.status >= http.StatusMultipleChoices || r.object == nil:
		return nil
	case strings.HasPrefix(r.route, "/Users"):
		kind = "User"
	case strings.HasPrefix(r.route, "/Groups"):
		kind = "Group"
	default:
		return nil
	}
	collection := !strings.HasPrefix(r.route, "/Users/{id}") && !strings.HasPrefix(r.route, "/Groups/{id}")
	if !collection || r.method == http.MethodPost && !strings.HasSuffix(r.route, ".search") {
		return []shown{{kind, r.object}}
	}
	list, _ := r.object[resource.Key(r.object, "Resources")].([]any)
	var out []shown
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && text(m, "id") != hidden {
			out = append(out, shown{kind, m})
		}
	}
	return out
}

// single reports a response to a request for one resource.
func (r *response) single() bool { return r.route == "/Users/{id}" || r.route == "/Groups/{id}" }

// success reports a response with status 200 or 201.
func (r *response) success() bool { return r.status == http.StatusOK || r.status == http.StatusCreated }

// write reports a request that may change something.
func (r *response) write() bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, r.method) && !strings.HasSuffix(r.route, ".search")
}

// empty reports a response without a body.
func (r *response) empty() bool { return len(bytes.TrimSpace(r.Raw)) == 0 }

// outer reports an error that comes before the resource is looked at: of the credentials, the
// path, the method, the media type or the size. Gateways and routers answer these.
func (r *response) outer() bool {
	switch r.status {
	case http.StatusUnauthorized, http.StatusMethodNotAllowed, http.StatusNotAcceptable, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong,
		http.StatusUnsupportedMediaType, http.StatusNotImplemented, http.StatusRequestHeaderFieldsTooLarge, http.StatusUpgradeRequired:
		return true
	case http.StatusForbidden:
		return !r.Own
	case http.StatusNotFound:
		known := []string{"/Users", "/Groups", "/Users?filter", "/Groups?filter", "/Users/{id}", "/Groups/{id}"}
		return !r.Own || !slices.Contains(known, r.route) || strings.Count(strings.Trim(r.path, "/"), "/") > 1
	}
	return false
}

// refuses reports a body that is an error, whatever the status is.
func (r *response) refuses() bool {
	list, _ := r.object[resource.Key(r.object, "schemas")].([]any)
	return slices.Contains(list, any(errorURN))
}

// transient reports a status that a gateway gives for a busy or absent service.
func (r *response) transient() bool {
	return slices.Contains([]int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}, r.status)
}

// asked describes the request and its status.
func (r *response) asked() string {
	return r.method + " " + r.route + " returned status " + number(r.status)
}

// text returns a string member of an object, or "".
func text(object map[string]any, name string) string {
	s, _ := object[resource.Key(object, name)].(string)
	return s
}

// meta returns the meta attribute of a resource.
func (s shown) meta() map[string]any {
	m, _ := s.object[resource.Key(s.object, "meta")].(map[string]any)
	return m
}
