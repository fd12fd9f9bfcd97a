package conformance_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// wire is a request of a run, as the rules of the wire (W-) speak of it.
type wire struct {
	method string
	// path is the class of the path: /Users, /Users/{id}, /Groups or /Groups/{id}.
	path, query string
	values      url.Values
	header      http.Header
	raw         string
	body        map[string]any
	ops         []wireOp
}

// wireOp is one operation of a PATCH.
type wireOp struct {
	op, path string
	pathless bool
	value    any
	valued   bool
}

func wireOf(x *exchange.Exchange, base string) wire {
	w := wire{method: x.Method, header: x.RequestHeader, raw: string(x.RequestBody)}
	rest := strings.TrimPrefix(x.URL, base)
	path, query, _ := strings.Cut(rest, "?")
	w.path, w.query = path, query
	if parts := strings.Split(strings.Trim(path, "/"), "/"); len(parts) == 2 && (parts[0] == "Users" || parts[0] == "Groups") && parts[1] != ".search" {
		w.path = "/" + parts[0] + "/{id}"
	}
	w.values, _ = url.ParseQuery(query)
	_ = json.Unmarshal(x.RequestBody, &w.body) // nil if it is no object
	list, _ := w.body["Operations"].([]any)
	for _, e := range list {
		o, _ := e.(map[string]any)
		op, _ := o["op"].(string)
		at, named := o["path"].(string)
		value, valued := o["value"]
		w.ops = append(w.ops, wireOp{op: op, path: at, pathless: !named, value: value, valued: valued})
	}
	return w
}

// asks reports a query of a collection whose filter has a form.
func (w wire) asks(collection, form string) bool {
	return w.method == http.MethodGet && w.path == "/"+collection && regexp.MustCompile(form).MatchString(w.values.Get("filter"))
}

func (w wire) is(method, path string) bool { return w.method == method && w.path == path }

// alone returns the only operation of a PATCH on a class of paths.
func (w wire) alone(path string) (wireOp, bool) {
	if w.method != http.MethodPatch || w.path != path || len(w.ops) != 1 {
		return wireOp{}, false
	}
	return w.ops[0], true
}

// only reports a PATCH with one operation that has a form.
func (w wire) only(path string, form func(o wireOp) bool) bool {
	o, ok := w.alone(path)
	return ok && form(o)
}

// does returns a form of an operation: op, path and value.
func does(op, path string, value func(any) bool) func(wireOp) bool {
	return func(o wireOp) bool { return o.op == op && o.path == path && !o.pathless && value(o.value) }
}

// wireText is a value as JSON.
func wireText(v any) string { text, _ := json.Marshal(v); return string(text) }

func exactly(want any) func(any) bool {
	return func(v any) bool { return v == want }
}

func aString(v any) bool {
	s, ok := v.(string)
	return ok && s != ""
}

// references reports a list of n elements that have a value and nothing else.
func references(n int) func(any) bool {
	return func(v any) bool {
		list, ok := v.([]any)
		return ok && len(list) == n && !slices.ContainsFunc(list, func(e any) bool {
			m, _ := e.(map[string]any)
			return len(m) != 1 || !aString(m["value"])
		})
	}
}

// element returns the first element of a multi-valued attribute in the body.
func (w wire) element(name string) map[string]any {
	list, _ := w.body[name].([]any)
	if len(list) == 0 {
		return nil
	}
	m, _ := list[0].(map[string]any)
	return m
}
