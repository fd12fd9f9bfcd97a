package replay

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports/journal"
	"github.com/scimdrill/scimdrill/simulator/duration"
	"github.com/scimdrill/scimdrill/simulator/recording"
)

// Request is a request of a stream, ready to be filled and sent. Several goroutines may read it.
type Request struct {
	// Number counts the requests of the stream from 1.
	Number int64
	// At is when it was sent in the recording, counted from the first request.
	At     time.Duration
	Method string
	// Operation is its kind, such as "PATCH /Users/{id}".
	Operation string
	// Status is that of the recorded response; 0 is unknown.
	Status int
	// Tenant is whose request it is; empty is everybody's.
	Tenant string

	path, body template
	shape      recording.Shape // of the recorded response
	bodyless   bool            // a write whose body was not recorded
	headers    *sentHeaders
	needs      []key            // variables
	touches    []key            // objects that it is about
	object     key              // the variable of the object in the path, or none
	literal    bool             // the path has an id that no response gives
	binds      []key            // variables that its response gives
	inferred   bool             // binds are not from the recording
	rules      []recording.Rule // of the last binds: where the response tells them
	filled     []filledHeader
	made       journal.Object
	collection string
}

// compiler turns lines into requests. Kinds of requests are few, so that they share a string.
type compiler struct {
	operations map[string]string
	headers    map[string]*sentHeaders
	number     int64
}

func newCompiler() *compiler {
	return &compiler{operations: map[string]string{}, headers: map[string]*sentHeaders{}}
}

var errLeaves = errors.New("the path must begin with / and stay below the base of the target")

// request compiles a line.
func (c *compiler) request(l *recording.Line) (*Request, error) {
	c.number++
	r := &Request{Number: c.number, Method: strings.ToUpper(l.Method), Status: l.Status, Tenant: l.Tenant}
	switch r.Method {
	case http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
	default:
		return nil, fmt.Errorf("method %q cannot be replayed; hint: a SCIM client sends GET, POST, PUT, PATCH and DELETE", l.Method)
	}
	if !strings.HasPrefix(l.Path, "/") || strings.HasPrefix(l.Path, "//") || climbs(l.Path) {
		return nil, fmt.Errorf("path %q: %w", l.Path, errLeaves)
	}
	if l.At != "" {
		at, err := duration.Parse(l.At)
		if err != nil {
			return nil, fmt.Errorf("at: %w", err)
		}
		r.At = at
	}
	r.headers, r.shape = c.kept(l), l.Shape
	r.bodyless = l.Body == "" && r.Method != http.MethodGet && r.Method != http.MethodDelete
	need := func(variable string) int {
		k := keyOf(variable)
		if i := slices.Index(r.needs, k); i >= 0 {
			return i
		}
		r.needs = append(r.needs, k)
		return len(r.needs) - 1
	}
	r.path, r.body = split(l.Path, need), split(l.Body, need)
	r.filled = filledHeaders(l, need)
	r.locate(l)
	if err := r.rule(l); err != nil {
		return nil, err
	}
	operation := Operation(r.Method, l.Path, l.Body)
	if known, ok := c.operations[operation]; ok {
		operation = known
	} else {
		c.operations[operation] = operation
	}
	r.Operation = operation
	return r, nil
}

// climbs reports whether a path leaves the base of the target.
func climbs(path string) bool {
	path, _, _ = strings.Cut(path, "?")
	for segment := range strings.SplitSeq(path, "/") {
		if plain, err := url.PathUnescape(segment); err != nil || plain == ".." || plain == "." {
			return err == nil
		}
	}
	return false
}

// locate finds out which objects the request is about and which ids its response gives.
func (r *Request) locate(l *recording.Line) {
	path, query, _ := strings.Cut(l.Path, "?")
	segments := strings.SplitN(strings.Trim(path, "/"), "/", 3)
	collection := segments[0]
	r.collection = collection
	prefix := strings.ToLower(collection)
	for _, variable := range slices.Sorted(maps.Keys(l.Binds)) {
		r.binds = append(r.binds, keyOf(variable))
	}
	switch {
	case len(segments) > 1 && segments[1] != "":
		id := segments[1]
		if variable, end := placeholder(id); end == len(id) {
			r.about(variable)
		} else if variable, end := placeholder(strings.TrimPrefix(path, "/"+collection+"/")); end > 0 { // a name with a slash
			r.about(variable)
		} else {
			r.literal, r.touches = true, append(r.touches, keyOf("/"+prefix+"/"+id))
		}
	case r.Method == http.MethodPost:
		r.create(prefix, l.Body)
	case query != "":
		if value := filtered(query); value != "" && !strings.Contains(value, "{{") {
			r.touches = append(r.touches, keyOf(prefix+"~"+strings.ToLower(value)))
		}
	}
	for _, variable := range r.binds {
		if r.Method == http.MethodPost && !slices.Contains(r.touches, variable) {
			r.touches = append(r.touches, variable)
		}
	}
}

// about notes the object in the path.
func (r *Request) about(variable string) {
	r.object = keyOf(variable)
	r.touches = append(r.touches, r.object)
}

// create notes by which values a new object is found, and which ids its response gives.
func (r *Request) create(prefix, body string) {
	values := namesIn([]byte(body))
	for _, v := range values {
		touch := keyOf(prefix + "~" + strings.ToLower(v.text))
		if !slices.Contains(r.touches, touch) {
			r.touches = append(r.touches, touch)
		}
	}
	r.made = journalled(r.collection, values)
	if len(r.binds) > 0 {
		return
	}
	r.inferred = true
	for _, v := range values {
		if v.name == "value" {
			continue
		}
		variable := keyOf(prefix + "[" + strconv.Quote(v.text) + "].id")
		if !slices.Contains(r.binds, variable) {
			r.binds = append(r.binds, variable)
		}
	}
}

// literalID is the id in a path that no response gives.
func (r *Request) literalID() string {
	text, _ := r.path.whole()
	text, _, _ = strings.Cut(strings.TrimPrefix(text, "/"+r.collection+"/"), "?")
	text, _, _ = strings.Cut(text, "/")
	if id, err := url.PathUnescape(text); err == nil {
		return id
	}
	return text
}

// journalled is the entry of a journal for an object that is about to be made.
func journalled(collection string, values []nameValue) journal.Object {
	o := journal.Object{Collection: collection}
	for _, attribute := range []string{"userName", "externalId", "displayName"} {
		i := slices.IndexFunc(values, func(v nameValue) bool { return v.name == attribute })
		switch {
		case i < 0:
		case o.Attribute == "":
			o.Attribute, o.Value = attribute, values[i].text
		case o.AltAttribute == "":
			o.AltAttribute, o.AltValue = attribute, values[i].text
		}
	}
	return o
}

// filtered is the value of a filter that compares with one string.
func filtered(query string) string {
	for part := range strings.SplitSeq(query, "&") {
		text, found := strings.CutPrefix(part, "filter=")
		if !found {
			continue
		}
		if text, err := url.QueryUnescape(text); err == nil {
			if _, value, found := strings.Cut(text, ` eq "`); found && strings.HasSuffix(value, `"`) {
				value = strings.TrimSuffix(value, `"`)
				if !strings.Contains(value, `\`) {
					return value
				}
				return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(value)
			}
		}
	}
	return ""
}

// Operation names the kind of a request, such as "PATCH /Users/{id}". The path begins behind the base of the target.
func Operation(method, path, body string) string {
	path, query, _ := strings.Cut(path, "?")
	segments := strings.SplitN(strings.Trim(path, "/"), "/", 3)
	name := method + " /" + segments[0]
	switch {
	case len(segments) > 1 && segments[1] != "":
		name += "/{id}"
	case strings.Contains(query, "filter="):
		name += "?filter"
	}
	if method == http.MethodPatch && segments[0] == "Groups" && strings.Contains(body, "members") {
		name += " members"
	}
	return name
}
