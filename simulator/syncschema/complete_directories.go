package syncschema

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// directories fills definitions that the file does not have: a directory that a rule names, or an
// object of it. What the file defines stays as it is, because an export defines what there is.
func (f *filling) directories(whole map[string]any) {
	list, _ := whole["directories"].([]any)
	own, _ := f.template["directories"].([]any)
	rules, _ := whole["synchronizationRules"].([]any)
	rule := f.first()
	for _, r := range rules {
		given, _ := r.(map[string]any)
		for _, side := range []string{"sourceDirectoryName", "targetDirectoryName"} {
			name, _ := given[side].(string)
			model := named(own, rule[side])
			if name == "" || model == nil || !f.provisions(given) {
				continue
			}
			d := named(list, name)
			if d == nil {
				d = map[string]any{"name": name}
				list = append(list, d)
			}
			f.objects(d, model, given, strings.TrimSuffix(side, "DirectoryName"))
		}
	}
	whole["directories"] = list
}

// provisions reports a rule that goes from users or groups to a target, as the template's does.
func (f *filling) provisions(rule map[string]any) bool {
	mappings, _ := rule["objectMappings"].([]any)
	return slices.ContainsFunc(mappings, func(e any) bool {
		m, _ := e.(map[string]any)
		source, _ := m["sourceObjectName"].(string)
		return strings.EqualFold(source, "User") || strings.EqualFold(source, "Group")
	})
}

// objects fills the objects of one directory that the mappings of a rule name.
func (f *filling) objects(d, model, rule map[string]any, side string) {
	objects, _ := d["objects"].([]any)
	models, _ := model["objects"].([]any)
	mappings, _ := rule["objectMappings"].([]any)
	var filled []string
	for _, e := range mappings {
		m, _ := e.(map[string]any)
		name, _ := m[side+"ObjectName"].(string)
		from := named(models, name)
		if name == "" || from == nil || defined(named(objects, name)) {
			continue
		}
		o := maps.Clone(from)
		if side == "target" {
			o["attributes"] = withMapped(o["attributes"], m)
		}
		objects = slices.DeleteFunc(objects, func(e any) bool { return same(e, o, "name") })
		objects = append(objects, o)
		filled = append(filled, name)
	}
	if len(filled) == 0 {
		return
	}
	d["objects"] = objects
	if !f.quiet {
		f.note("the definition of %s of the directory %v is missing and was taken from the template", strings.Join(filled, " and "), d["name"])
	}
}

// defined reports whether an object has attributes.
func defined(o map[string]any) bool {
	list, _ := o["attributes"].([]any)
	return len(list) > 0
}

// withMapped adds the attributes that a mapping writes and the template does not define: the real
// target defines them, or the mapping could not have been made.
func withMapped(attributes any, mapping map[string]any) []any {
	list, _ := attributes.([]any)
	list = slices.Clone(list)
	mapped, _ := mapping["attributeMappings"].([]any)
	for _, e := range mapped {
		m, _ := e.(map[string]any)
		if name, _ := m["targetAttributeName"].(string); name != "" && named(list, name) == nil {
			list = append(list, map[string]any{"name": name, "type": "String"})
		}
	}
	return list
}

// named is the object of a list with a name, nil if there is none.
func named(list []any, name any) map[string]any {
	for _, e := range list {
		if m, _ := e.(map[string]any); m != nil && strings.EqualFold(fmt.Sprint(m["name"]), fmt.Sprint(name)) {
			return m
		}
	}
	return nil
}
