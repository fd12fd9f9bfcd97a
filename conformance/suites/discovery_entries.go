package suites

import (
	"reflect"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// contradiction returns where two representations of an entry of /Schemas or /ResourceTypes say different
// things, and what they say, or "". What only one of them says is no contradiction. Texts for people,
// addresses and dates are not compared.
func contradiction(at string, a, b any) (where string, one, other any) {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			return at, a, b
		}
		return contradictionInObjects(at, x, y)
	case []any:
		y, ok := b.([]any)
		if !ok {
			return at, a, b
		}
		return contradictionInLists(at, x, y)
	case string:
		if y, ok := b.(string); ok && strings.EqualFold(strings.Trim(x, "/"), strings.Trim(y, "/")) {
			return "", nil, nil
		}
	}
	if reflect.DeepEqual(a, b) {
		return "", nil, nil
	}
	return at, a, b
}

func contradictionInObjects(at string, x, y map[string]any) (where string, one, other any) {
	for _, name := range tops(x) {
		v := y[resource.Key(y, name)]
		if x[name] == nil || v == nil || slices.Contains([]string{"meta", "description", "documentationuri"}, strings.ToLower(name)) {
			continue
		}
		below := name
		if at != "" {
			below = at + "." + name
		}
		if where, one, other = contradiction(below, x[name], v); where != "" {
			return where, one, other
		}
	}
	return "", nil, nil
}

// contradictionInLists compares the elements that both lists name. A list of texts is a set.
func contradictionInLists(at string, x, y []any) (where string, one, other any) {
	for _, e := range x {
		of, object := e.(map[string]any)
		if !object {
			if len(y) > 0 && !slices.ContainsFunc(y, func(o any) bool {
				none, _, _ := contradiction("", e, o)
				return none == "" && reflect.TypeOf(e) == reflect.TypeOf(o)
			}) {
				return at, x, y
			}
			continue
		}
		name := entryName(of)
		for _, o := range y {
			to, _ := o.(map[string]any)
			if name == "" || !strings.EqualFold(entryName(to), name) {
				continue
			}
			if where, one, other = contradiction(at+"["+name+"]", of, to); where != "" {
				return where, one, other
			}
		}
	}
	return "", nil, nil
}

// entryName is by which name an attribute, an extension or a schema stands in a list.
func entryName(object map[string]any) string {
	for _, key := range []string{"name", "schema", "id"} {
		if s, _ := object[resource.Key(object, key)].(string); s != "" {
			return s
		}
	}
	return ""
}
