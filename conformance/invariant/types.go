package invariant

import (
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// typeRules are the rules of the JSON types of ids and Booleans. Other checks read these
// values as they are meant.
func typeRules() []Rule {
	return []Rule{
		{catalog.Check{
			ID: "HTP-064", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("3.1"), Rule: "R-22", Cause: "id-type",
			Title: "returns ids as strings",
			Why:   "Entra keeps the id as a string. A parser that expects one rejects the whole response.",
			Fix:   "Write id, and value of references, as JSON strings.",
		}, typed(func(at string, v any) bool {
			_, number := v.(float64)
			return number && (at == "id" || slices.Contains([]string{"members.value", "groups.value", "manager.value"}, at))
		}, "a string")},
		{catalog.Check{
			ID: "HTP-065", Suite: "protocol", About: catalog.Protocol, Level: catalog.Must, Basis: rfc7643("2.3.2"), Rule: "R-12, R-4", Cause: "boolean-type",
			Title: "returns Booleans as JSON Booleans",
			Why:   "Entra compares active with true and false. It sends the change again in every cycle if it reads a string.",
			Fix:   "Write true and false without quotes, whatever the database stores.",
		}, typed(func(at string, v any) bool {
			_, right := v.(bool)
			_, object := v.(map[string]any)
			_, list := v.([]any)
			return v != nil && !right && !object && !list && (at == "active" || strings.HasSuffix(at, ".primary"))
		}, "a Boolean")},
	}
}

// typed judges the values of users and groups. wrong gets the path of a value in lower case,
// without the URN of an extension.
func typed(wrong func(at string, v any) bool, want string) func(*response, *history) (bool, *breach) {
	return func(r *response, _ *history) (bool, *breach) {
		for _, s := range r.shown {
			if at, v := find(s.object, "", wrong); at != "" {
				return true, &breach{attribute: at, kind: fact.OtherForm, expected: at + " is " + want, actual: r.method + " " + r.route + " shows " + at + " as " + match.JSON(v)}
			}
		}
		return len(r.shown) > 0, nil
	}
}

// find returns the first value that is wrong, with its path.
func find(object map[string]any, below string, wrong func(at string, v any) bool) (string, any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		at := strings.ToLower(name)
		if strings.HasPrefix(at, "urn:") {
			at = ""
		}
		at = strings.TrimPrefix(below+"."+at, ".")
		if wrong(at, object[name]) {
			return strings.TrimSuffix(at, "."), object[name]
		}
		inner, _ := object[name].([]any)
		for _, e := range append(inner, object[name]) {
			m, _ := e.(map[string]any)
			if found, v := find(m, strings.TrimSuffix(at, "."), wrong); found != "" {
				return found, v
			}
		}
	}
	return "", nil
}

// id is the id of a resource, which may be a number by mistake.
func (s shown) id() string {
	v := s.object[resource.Key(s.object, "id")]
	if n, ok := v.(float64); ok {
		return strings.TrimSuffix(match.JSON(n), ".0")
	}
	id, _ := v.(string)
	return id
}
