package resource

import (
	"maps"
	"slices"
	"strings"
)

// The schema URNs of RFC 7643.
const (
	User       = "urn:ietf:params:scim:schemas:core:2.0:User"
	Group      = "urn:ietf:params:scim:schemas:core:2.0:Group"
	Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
)

// path is a parsed attribute path: the object of an extension, an attribute, the type that
// selects an element, and a sub-attribute. All but the attribute may be empty.
type path struct{ urn, attribute, element, sub string }

// parse reads "title", "name.givenName", `emails[type eq "work"].value` and the same with a URN
// in front.
func parse(text string) path {
	var p path
	head, rest, filtered := strings.Cut(text, "[")
	if filtered {
		inside, after, _ := strings.Cut(rest, "]")
		_, p.element, _ = strings.Cut(inside, `"`)
		p.element = strings.TrimSuffix(p.element, `"`)
		p.sub = strings.TrimPrefix(after, ".")
	}
	if i := strings.LastIndex(head, ":"); strings.HasPrefix(strings.ToLower(head), "urn:") && i >= 0 {
		p.urn, head = head[:i], head[i+1:]
		if strings.EqualFold(p.urn, User) || strings.EqualFold(p.urn, Group) {
			p.urn = ""
		}
	}
	if !filtered {
		head, p.sub, _ = strings.Cut(head, ".")
	}
	p.attribute = head
	return p
}

// Top returns the first name of a path: an attribute, or the URN of an extension.
func Top(text string) string {
	if p := parse(text); p.urn != "" {
		return p.urn
	}
	return parse(text).attribute
}

// Key returns the spelling of a name in an object, or the name itself if the object lacks it.
func Key(object map[string]any, name string) string {
	if _, exact := object[name]; exact {
		return name
	}
	for _, k := range slices.Sorted(maps.Keys(object)) {
		if strings.EqualFold(k, name) {
			return k
		}
	}
	return name
}

// Value returns the value at a path, or nil.
func Value(object map[string]any, text string) any {
	p := parse(text)
	if p.urn != "" {
		object, _ = object[Key(object, p.urn)].(map[string]any)
	}
	v := object[Key(object, p.attribute)]
	if p.element != "" {
		v = nil
		if e := Element(object, p.attribute, p.element); e != nil {
			v = e
		}
	}
	if p.sub == "" {
		return plain(v)
	}
	switch v := v.(type) {
	case map[string]any:
		return plain(v[Key(v, p.sub)])
	case []any: // of a list without a selected element, the first one
		if len(v) > 0 {
			first, _ := v[0].(map[string]any)
			return plain(first[Key(first, p.sub)])
		}
	}
	return nil
}

// Element returns the element of a multi-valued attribute with the given type, or nil.
func Element(object map[string]any, attribute, kind string) map[string]any {
	list, _ := object[Key(object, attribute)].([]any)
	for _, e := range list {
		m, _ := e.(map[string]any)
		if text, _ := m[Key(m, "type")].(string); m != nil && strings.EqualFold(text, kind) {
			return m
		}
	}
	return nil
}

// plain turns the absent forms null and [] into nil.
func plain(v any) any {
	if list, ok := v.([]any); ok && len(list) == 0 {
		return nil
	}
	return v
}

// With returns a copy of a resource with the value at a path. A nil value removes it. An element
// that a path selects by type is added if it is missing.
func With(object map[string]any, text string, value any) map[string]any {
	p, out := parse(text), Copy(object)
	in := out
	if p.urn != "" {
		in = child(out, p.urn)
	}
	switch {
	case p.element != "":
		e := Element(in, p.attribute, p.element)
		if e == nil {
			e = map[string]any{"type": p.element}
			list, _ := in[Key(in, p.attribute)].([]any)
			in[Key(in, p.attribute)] = append(list, e)
		}
		set(e, p.sub, value)
	case p.sub != "":
		set(child(in, p.attribute), p.sub, value)
	default:
		set(in, p.attribute, value)
	}
	return out
}

func child(of map[string]any, name string) map[string]any {
	name = Key(of, name)
	inner, _ := of[name].(map[string]any)
	if inner == nil {
		inner = map[string]any{}
		of[name] = inner
	}
	return inner
}

func set(in map[string]any, name string, value any) {
	name = Key(in, name)
	if value == nil {
		delete(in, name)
		return
	}
	in[name] = copyOf(value)
}

// Copy returns a deep copy.
func Copy(object map[string]any) map[string]any {
	out, _ := copyOf(object).(map[string]any)
	if out == nil {
		return map[string]any{}
	}
	return out
}

func copyOf(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, e := range v {
			out[k] = copyOf(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = copyOf(e)
		}
		return out
	default:
		return v
	}
}
