package model

import (
	"net/url"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// request is what a step sends, and what the object must be afterwards.
type request struct {
	method, path string
	body         map[string]any
	after        *object
}

// request puts a step into a request on what the model knows. The step is possible.
func (w *world) request(s Step) request {
	o := w.get(s.On)
	if s.Kind == Create {
		return w.create(s)
	}
	if o == nil {
		o = w.objects[s.On]
	}
	r := request{method: "PATCH", path: "/" + s.On.collection() + "/" + url.PathEscape(o.id), after: o.copied()}
	switch s.Kind {
	case Rename:
		r.body = w.operations(s, w.write(s, r.after, s.On.naming(), w.naming(s.On, s.Name)))
	case Set, Several:
		var list []map[string]any
		for i, path := range s.Paths {
			list = append(list, w.write(s, r.after, path, w.value(s.On, path, s.Values[i])))
		}
		r.body = w.operations(s, list...)
	case Clear:
		delete(r.after.values, s.Paths[0])
		r.body = w.operations(s, map[string]any{"op": "remove", "path": s.Paths[0]})
	case Disable, Enable:
		r.body = w.operations(s, w.write(s, r.after, "active", s.Kind == Enable))
	case Join, Leave:
		r.body = w.operations(s, w.membership(s, r.after))
	case Put:
		for i, path := range s.Paths {
			r.after.values[path] = w.value(s.On, path, s.Values[i])
		}
		r.method, r.body = "PUT", w.body(s.On, r.after.values, r.after.members)
		r.body["id"] = o.id
	case Delete:
		r.method, r.after.alive = "DELETE", false
	default:
		r.method, r.path = "GET", w.query(s, r.path, o)
	}
	return r
}

// create makes an object with the values that the step names.
func (w *world) create(s Step) request {
	values := map[string]any{s.On.naming(): w.naming(s.On, s.Name)}
	for i, path := range s.Paths {
		values[path] = w.value(s.On, path, s.Values[i])
	}
	if !s.On.Group && w.vocabulary.active {
		values["active"] = true
	}
	r := request{method: "POST", path: "/" + s.On.collection(), body: w.body(s.On, values, s.Members)}
	r.after = &object{alive: true, values: map[string]any{}, members: slices.Sorted(slices.Values(s.Members))}
	for _, path := range w.vocabulary.paths(s.On) { // the template of the caller may have more
		if v := resource.Value(r.body, path); v != nil {
			r.after.values[path] = v
		}
	}
	return r
}

// write is an operation that gives an attribute a value.
func (w *world) write(s Step, after *object, path string, value any) map[string]any {
	after.values[path] = value
	o := map[string]any{"op": "replace", "path": path, "value": value}
	switch {
	case s.Entra && path == "active":
		o["value"] = strings.ToUpper(jsonBool(value)[:1]) + jsonBool(value)[1:] // W-50: "True" and "False"
	case s.Entra && w.get(s.On).values[path] == nil:
		o["op"] = "add"
	case !s.Entra && !strings.Contains(path, "["):
		delete(o, "path")
		o["value"] = resource.With(map[string]any{}, path, value)
	}
	return o
}

func jsonBool(v any) string {
	if v == true {
		return "true"
	}
	return "false"
}

// membership is an operation on the members of a group.
func (w *world) membership(s Step, after *object) map[string]any {
	ids := w.ids(s.Members)
	if s.Kind == Join {
		after.members = slices.Sorted(slices.Values(append(after.members, s.Members...)))
		return map[string]any{"op": "add", "path": "members", "value": references(ids)}
	}
	after.members = slices.DeleteFunc(after.members, func(n int) bool { return slices.Contains(s.Members, n) })
	if len(ids) == 1 && !s.Entra {
		return map[string]any{"op": "remove", "path": `members[value eq "` + ids[0] + `"]`}
	}
	return map[string]any{"op": "remove", "path": "members", "value": references(ids)}
}

// operations is the body of a PATCH. Entra capitalizes ops.
func (w *world) operations(s Step, list ...map[string]any) map[string]any {
	for _, o := range list {
		if op, _ := o["op"].(string); s.Entra || w.vocabulary.survey.Capital {
			o["op"] = strings.ToUpper(op[:1]) + op[1:]
		}
	}
	return map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, "Operations": list}
}

// query is the path of a step that reads.
func (w *world) query(s Step, path string, o *object) string {
	switch {
	case s.Kind == Find:
		name, _ := o.values[s.On.naming()].(string)
		return "/" + s.On.collection() + "?filter=" + url.QueryEscape(s.On.naming()+` eq "`+name+`"`)
	case s.Kind == Project && s.Entra && s.On.Group:
		return path + "?excludedAttributes=members" // W-14
	case s.Kind == Project:
		return path + "?attributes=" + s.On.naming()
	}
	return path
}
