package recording

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Request is a recorded request and what was answered.
type Request struct {
	// Number counts the requests of a recording from 1.
	Number  int
	Started time.Time
	Method  string
	// Path and Query are the bytes of the URL behind the base of the target: "/Users/7".
	Path, Query string
	Header      http.Header
	Body        []byte
	Status      int // 0: no answer
	Answer      []byte
	// AnswerHeader is the header of the response, and Location its header of this name.
	AnswerHeader http.Header
	Location     string

	// Base is the address before Path: the target, as the sender knew it.
	Base string
	// Collection is Users or Groups, or empty for what is neither.
	Collection string
	// ID is the id in the path, unescaped.
	ID string

	rooted bool
}

// roots are the first segments of paths behind the base of a SCIM target.
func roots() []string {
	return []string{"Users", "Groups", "Schemas", "ResourceTypes", "ServiceProviderConfig", "Bulk", "Me", ".search"}
}

// FromExchange reads a request out of an exchange.
func FromExchange(x *exchange.Exchange) *Request {
	r := &Request{
		Number: x.ID, Started: x.Started, Method: x.Method, Header: x.RequestHeader, Body: x.RequestBody,
		Status: x.Status, Answer: x.ResponseBody, AnswerHeader: x.ResponseHeader, Location: x.ResponseHeader.Get("Location"),
	}
	r.locate(x.URL)
	return r
}

// locate takes the URL apart. The base of the target is what stands before the last segment
// that SCIM knows, because a recording does not say where it ends.
func (r *Request) locate(address string) {
	host := ""
	if _, rest, ok := strings.Cut(address, "://"); ok {
		host = address[:len(address)-len(rest)]
		if slash := strings.IndexAny(rest, "/?"); slash >= 0 {
			host, address = host+rest[:slash], rest[slash:]
		} else {
			host, address = host+rest, "/"
		}
	}
	path, query, _ := strings.Cut(address, "?")
	r.Path, r.Query, r.Base = path, query, host
	r.Collection, r.ID, r.rooted = "", "", false
	segments := strings.Split(path, "/")
	for i := len(segments) - 1; i >= max(1, len(segments)-5); i-- {
		if !slices.ContainsFunc(roots(), func(root string) bool { return strings.EqualFold(root, segments[i]) }) {
			continue
		}
		r.rooted = true
		r.Base, r.Path = host+strings.Join(segments[:i], "/"), "/"+strings.Join(segments[i:], "/")
		if name := strings.ToLower(segments[i]); name == "users" || name == "groups" {
			r.Collection = strings.ToUpper(name[:1]) + name[1:]
			if len(segments) > i+1 {
				r.ID = unescaped(segments[i+1])
			}
		}
		return
	}
}

func unescaped(segment string) string {
	if plain, err := url.PathUnescape(segment); err == nil {
		return plain
	}
	return segment
}

// Rename replaces what bodies and address say.
func (r *Request) Rename(body func([]byte) []byte, address func(string) string) {
	r.Body = body(r.Body)
	where := r.Path
	if r.Query != "" {
		where += "?" + r.Query
	}
	r.locate(address(where))
	r.Answer = body(r.Answer)
}

// Known reports whether the path is one that SCIM knows: of users, of groups, or of what a target says of itself.
func (r *Request) Known() bool { return r.rooted }

// FromLine reads a request out of a stream. The placeholders in its path and body are {{0}}, {{1}} and so on,
// as [Holes] leaves them.
func FromLine(l *Line) (r *Request, inPath, inBody []string) {
	r = &Request{Method: l.Method, Status: l.Status}
	path, inPath := Holes(l.Path)
	body, inBody := Holes(l.Body)
	r.Body = []byte(body)
	r.locate(path)
	return r, inPath, inBody
}

// SCIM reports whether the request is about users or groups.
func (r *Request) SCIM() bool { return r.Collection != "" }

// Param is the decoded value of a parameter of the query.
func (r *Request) Param(name string) (string, bool) {
	for part := range strings.SplitSeq(r.Query, "&") {
		key, value, _ := strings.Cut(part, "=")
		if key == name {
			plain, err := url.QueryUnescape(value)
			if err != nil {
				plain = value
			}
			return plain, true
		}
	}
	return "", false
}

// Filtered takes the filter apart where it is one comparison for equality.
func (r *Request) Filtered() (attribute, value string, ok bool) {
	filter, _ := r.Param("filter")
	attribute, value, ok = strings.Cut(filter, ` eq "`)
	if !ok || !strings.HasSuffix(value, `"`) || strings.Contains(value, `" and `) {
		return "", "", false
	}
	return attribute, strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(strings.TrimSuffix(value, `"`)), true
}

// Operation is one of a PATCH. Value is as it was sent.
type Operation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value"`
}

// Operations are those of a PATCH; nil where the body is none.
func (r *Request) Operations() []Operation {
	var body struct{ Operations []Operation }
	if r.Method != http.MethodPatch || json.Unmarshal(r.Body, &body) != nil {
		return nil
	}
	return body.Operations
}

// resource is what a name or an id is read from.
type resource map[string]json.RawMessage

func (o resource) text(name string) string {
	for key, raw := range o {
		var s string
		if strings.EqualFold(key, name) && json.Unmarshal(raw, &s) == nil {
			return s
		}
	}
	return ""
}

// id is a string, or what stands there instead.
func (o resource) id() string {
	if s := o.text("id"); s != "" {
		return s
	}
	if raw := strings.TrimSpace(string(o["id"])); raw != "" && strings.IndexFunc(raw, func(c rune) bool { return c < '0' || c > '9' }) < 0 {
		return raw // a number
	}
	return ""
}

// answered are the resources in the answer.
func (r *Request) answered() []resource {
	if r.Status < 200 || r.Status > 299 {
		return nil
	}
	var list struct{ Resources []resource }
	if r.ID == "" && r.Method == http.MethodGet {
		if json.Unmarshal(r.Answer, &list) != nil {
			return nil
		}
		return list.Resources
	}
	var one resource
	if json.Unmarshal(r.Answer, &one) != nil || one == nil {
		one = resource{}
	}
	if one.id() == "" && r.Method == http.MethodPost && r.ID == "" { // a creation may tell the id in Location alone
		if id := r.located(); id != "" {
			one["id"], _ = json.Marshal(id) //nolint:errchkjson // a string
		}
	}
	if len(one) == 0 {
		return nil
	}
	return []resource{one}
}

// located is the id at the end of Location.
func (r *Request) located() string {
	var at Request
	at.locate(r.Location)
	if at.Collection == r.Collection {
		return at.ID
	}
	return ""
}

// sent is the resource in the body of a POST.
func (r *Request) sent() resource {
	var one resource
	if r.Method != http.MethodPost || json.Unmarshal(r.Body, &one) != nil {
		return nil
	}
	return one
}
