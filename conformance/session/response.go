package session

import (
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
)

// maxID is the longest id that a URL can hold, in bytes. A longer one identifies nothing.
const maxID = 8 << 10

// ID returns the id of a new resource: that of the body, or the last segment of the Location
// header of a response without a body (RFC 7644 section 3.3).
func (r Response) ID() string {
	if id := r.Text("id"); id != "" {
		if len(id) > maxID {
			return ""
		}
		return id
	}
	if r.Status < 200 || r.Status >= 300 || len(r.Raw) > 0 {
		return ""
	}
	location := strings.TrimRight(r.Header.Get("Location"), "/")
	return location[strings.LastIndex(location, "/")+1:]
}

// Kind returns the method of the request and the class of its path.
func (r Response) Kind() (method, route string) {
	method, path, ok := strings.Cut(r.Request, " ")
	if !ok {
		return "", ""
	}
	return method, fact.RouteOf(path)
}
