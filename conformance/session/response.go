package session

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/reports/exchange"
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

// Disguised reports an error that is returned with a status of success.
func (r Response) Disguised() bool {
	if r.Status < 200 || r.Status >= 300 || r.Body == nil {
		return false
	}
	schemas, _ := r.Body["schemas"].([]any)
	named := slices.ContainsFunc(schemas, func(v any) bool { s, _ := v.(string); return strings.EqualFold(s, errorURN) })
	status := fmt.Sprint(r.Body["status"])
	return named || r.Body["id"] == nil && r.Body["detail"] != nil && len(status) == 3 && status >= "400" && status < "600"
}

const errorURN = "urn:ietf:params:scim:api:messages:2.0:Error"

// Past returns the response of an exchange of this case, as far as its evidence goes.
func (c *Case) Past(x *exchange.Exchange) Response {
	return Response{
		Request: x.Method + " " + strings.TrimPrefix(x.URL, c.BaseURL()), Status: x.Status, Header: x.ResponseHeader, Raw: x.ResponseBody,
		Body: decode(x.ResponseBody, c.session.booleans),
	}
}
