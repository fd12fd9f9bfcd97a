package model

import (
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/fixtures/people"
)

// body is a resource with the given values, with what the target requires, and with what the
// caller's template gives each resource.
func (w *world) body(of Slot, values map[string]any, members []int) map[string]any {
	out := map[string]any{}
	for _, path := range slices.Sorted(maps.Keys(values)) {
		if values[path] != nil {
			out = resource.With(out, path, values[path])
		}
	}
	name := w.bare(of, values)
	template := w.template(of)
	given := w.People().Apply(template, name, map[string]any{}, true)
	var needed []survey.Attribute
	for _, a := range w.vocabulary.resource(of).Attributes {
		if a.Required && resource.Value(out, a.Path) == nil {
			if a.Sent = resource.Value(given, a.Path); a.Sent == nil {
				a.Sent = survey.Value(a, name, w.Mail(name))
			}
			needed = append(needed, a)
		}
	}
	for _, a := range needed {
		out = merged(out, survey.Body([]survey.Attribute{a}))
	}
	out = w.People().Apply(template, name, out, false)
	if of.Group && len(members) > 0 {
		out["members"] = references(w.ids(members))
	}
	kind := "User"
	if of.Group {
		kind = "Group"
	}
	out["schemas"] = survey.Schemas(kind, out)
	return out
}

// bare is the name of an object without a domain.
func (w *world) bare(of Slot, values map[string]any) string {
	name, _ := values[of.naming()].(string)
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "Conf "), "@")
	return name
}

func (w *world) template(of Slot) people.Template {
	if of.Group {
		return w.People().Group
	}
	return w.People().User
}

// merged adds the values of an object to another.
func merged(into, from map[string]any) map[string]any {
	for _, name := range slices.Sorted(maps.Keys(from)) {
		inner, object := from[name].(map[string]any)
		old, both := into[name].(map[string]any)
		list, plural := from[name].([]any)
		had, more := into[name].([]any)
		switch {
		case object && both:
			into[name] = merged(old, inner)
		case plural && more:
			into[name] = append(had, list...)
		default:
			into[name] = from[name]
		}
	}
	return into
}

// references is a list of members, as Entra writes it: the value only (W-69).
func references(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = map[string]any{"value": id}
	}
	return out
}
