package syncschema

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Complete reads a schema, or a part of one, and fills what is missing from a template: the
// directories, the rules, or what surrounds a single rule, object mapping or list of attribute
// mappings. The notes say what was filled; a complete schema has none.
func Complete(data []byte, name string, template *Schema) (*Schema, []string, error) {
	plain, err := text(data)
	if err != nil || checkSyntax(plain) != nil || len(candidates(plain, "")) > 1 {
		s, err := Parse(data, name)
		return s, nil, err
	}
	given, err := decode(plain)
	if err != nil {
		return nil, nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	base, err := decode(template.raw)
	if err != nil {
		return nil, nil, fmt.Errorf("read the template: %w", err)
	}
	f := &filling{template: base.(map[string]any)} //nolint:forcetypeassert // it was parsed as a schema
	whole := f.whole(opened(given))
	if whole != nil {
		f.quiet = len(f.notes) > 0
		f.directories(whole)
	}
	if len(f.notes) == 0 {
		s, err := Parse(data, name)
		return s, nil, err
	}
	filled, err := json.Marshal(whole)
	if err != nil {
		return nil, nil, fmt.Errorf("read schema %s: %w", name, err)
	}
	s, err := Parse(filled, name)
	return s, f.notes, err
}

// opened takes the wrappers off: a template's "schema", a listing with one element, a page.
func opened(v any) any {
	switch v := v.(type) {
	case map[string]any:
		if inner, ok := v["schema"]; ok {
			return opened(inner)
		}
		if list, ok := v["value"].([]any); ok {
			return opened(list)
		}
	case []any:
		if len(v) == 1 && !has(v[0], "targetAttributeName") {
			return opened(v[0])
		}
	}
	return v
}

// filling completes a part of a schema.
type filling struct {
	template map[string]any
	notes    []string
	quiet    bool // a note says already that the schema is that of the template
}

func (f *filling) note(format string, args ...any) {
	f.notes = append(f.notes, fmt.Sprintf(format, args...))
}

// whole is a schema with rules around a part of one, nil if it is no part.
func (f *filling) whole(v any) map[string]any {
	switch part := v.(type) {
	case map[string]any:
		switch {
		case has(part, "synchronizationRules"):
			return part
		case has(part, "objectMappings"):
			f.note("the rule was put into the schema of the template")
			return f.around(f.rule(part))
		case loose(part) != nil:
			return f.around(f.attributes(loose(part)))
		case has(part, "attributeMappings"):
			return f.around(f.mappings([]any{part}))
		case has(part, "targetAttributeName"):
			return f.around(f.attributes([]any{part}))
		case has(part, "directories"):
			f.note("synchronizationRules is missing and was taken from the template")
			part["synchronizationRules"] = f.template["synchronizationRules"]
			return part
		}
	case []any:
		every := func(name string) bool {
			return len(part) > 0 && !slices.ContainsFunc(part, func(e any) bool { return !has(e, name) })
		}
		switch {
		case every("targetAttributeName"):
			return f.around(f.attributes(part))
		case every("attributeMappings"):
			return f.around(f.mappings(part))
		case every("objectMappings"):
			f.note("the list of rules was put into the schema of the template")
			return map[string]any{"synchronizationRules": part}
		}
	}
	return nil
}

// loose are the attribute mappings of an object that says nothing else and matches nobody: it
// cannot stand for the mapping of the template, so its attribute mappings join that.
func loose(part map[string]any) []any {
	list, _ := part["attributeMappings"].([]any)
	matches := func(e any) bool {
		m, _ := e.(map[string]any)
		priority, given := m["matchingPriority"].(json.Number)
		return given && priority != "0"
	}
	if len(part) != 1 || slices.ContainsFunc(list, matches) {
		return nil
	}
	return list
}

func (f *filling) around(rule map[string]any) map[string]any {
	return map[string]any{"synchronizationRules": []any{rule}}
}

// first is the rule of the template.
func (f *filling) first() map[string]any {
	rules, _ := f.template["synchronizationRules"].([]any)
	if len(rules) == 0 {
		return map[string]any{}
	}
	rule, _ := rules[0].(map[string]any)
	return rule
}

// rule fills the names of the directories.
func (f *filling) rule(part map[string]any) map[string]any {
	for name, v := range f.first() {
		if _, given := part[name]; !given && name != "objectMappings" {
			part[name] = v
		}
	}
	return part
}

// mappings puts object mappings in the place of those of the template; the others stay.
func (f *filling) mappings(parts []any) map[string]any {
	rule := maps.Clone(f.first())
	list, _ := rule["objectMappings"].([]any)
	for _, p := range parts {
		part, _ := p.(map[string]any)
		at := slices.IndexFunc(list, func(e any) bool { return same(e, part, "sourceObjectName") || same(e, part, "targetObjectName") })
		if at < 0 && len(list) > 0 && !has(part, "sourceObjectName") && !has(part, "targetObjectName") {
			at = usersAt(list) // Microsoft's pages show the mapping of users
		}
		if at < 0 {
			list = append(list, part)
			continue
		}
		old, _ := list[at].(map[string]any)
		for _, name := range []string{"name", "enabled", "flowTypes", "sourceObjectName", "targetObjectName"} {
			if _, given := part[name]; !given && old[name] != nil {
				part[name] = old[name]
			}
		}
		f.note("the object mapping %v is from the file; the other object mappings are those of the template", part["sourceObjectName"])
		list[at] = part
	}
	rule["objectMappings"] = list
	return rule
}

// attributes puts attribute mappings into the mapping of users of the template; the others stay.
func (f *filling) attributes(parts []any) map[string]any {
	rule := maps.Clone(f.first())
	list, _ := rule["objectMappings"].([]any)
	if len(list) == 0 {
		return rule
	}
	mapping, _ := list[usersAt(list)].(map[string]any)
	mapped, _ := mapping["attributeMappings"].([]any)
	for _, p := range parts {
		part, _ := p.(map[string]any)
		if at := slices.IndexFunc(mapped, func(e any) bool { return same(e, part, "targetAttributeName") }); at >= 0 {
			mapped[at] = part
		} else {
			mapped = append(mapped, part)
		}
	}
	mapping["attributeMappings"] = mapped
	f.note("the file has attribute mappings alone; they were put into the mapping of %v of the template, whose other attribute mappings stay", mapping["sourceObjectName"])
	return rule
}

// usersAt is the place of the mapping of users, the first one if no name says so.
func usersAt(list []any) int {
	return max(0, slices.IndexFunc(list, func(e any) bool { return same(e, map[string]any{"sourceObjectName": "User"}, "sourceObjectName") }))
}

func has(v any, name string) bool {
	m, _ := v.(map[string]any)
	_, ok := m[name]
	return ok
}

// same reports whether two objects have the same string under a name.
func same(a, b any, name string) bool {
	x, _ := a.(map[string]any)
	y, _ := b.(map[string]any)
	one, _ := x[name].(string)
	two, _ := y[name].(string)
	return one != "" && strings.EqualFold(one, two)
}
