package outcome

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/scim"
)

// whole takes all that a resource says.
func (o *object) whole(body map[string]any) {
	for name, v := range body {
		switch lower := strings.ToLower(name); {
		case lower == "schemas", lower == "id", lower == "meta", lower == "password":
		case strings.HasPrefix(lower, "urn:"):
			extension, _ := v.(map[string]any)
			for attribute, v := range extension {
				o.assign(name+":"+attribute, v)
			}
		default:
			o.assign(name, v)
		}
	}
}

// assign takes a value of any form at a path.
func (o *object) assign(path string, v any) {
	lower := strings.ToLower(path)
	switch {
	case lower == "active":
		o.setActive(v)
	case lower == "members":
		o.addMembers(v)
	case isManager(lower):
		o.setManager(path, v)
	default:
		o.assignValue(path, v)
	}
}

func (o *object) assignValue(path string, v any) {
	switch v := v.(type) {
	case nil:
		o.drop(path)
	case map[string]any:
		for name, part := range v {
			if !strings.HasPrefix(name, "$") {
				o.assignValue(path+"."+name, part)
			}
		}
	case []any:
		o.list(path, v)
	default:
		text, ok := scalar(v)
		key, known := normal(path)
		if !ok || !known {
			o.uncertain = true
			return
		}
		o.values[key] = value{path, text}
	}
}

// list takes a list of complex values, each known by its type. Others are not compared.
func (o *object) list(path string, list []any) {
	for _, element := range list {
		m, _ := element.(map[string]any)
		kind, _ := m["type"].(string)
		if kind == "" {
			continue
		}
		for name, part := range m {
			if name != "type" && name != "primary" && !strings.HasPrefix(name, "$") {
				o.assignValue(path+`[type eq `+strconv.Quote(kind)+`].`+name, part)
			}
		}
	}
}

// drop forgets a path and what is below it.
func (o *object) drop(path string) {
	key, known := normal(path)
	if !known {
		o.uncertain = true
		return
	}
	for have := range o.values {
		if have == key || strings.HasPrefix(have, key+".") || strings.HasPrefix(have, key+"[") {
			delete(o.values, have)
		}
	}
}

// normal is a path as a key, so that two spellings of one attribute are equal.
func normal(path string) (key string, known bool) {
	p, err := scim.ParseTargetPath(path)
	if err != nil {
		return "", false
	}
	return strings.ToLower(p.String()), true
}

func isManager(lower string) bool {
	lower = strings.TrimSuffix(lower, ".value")
	return lower == "manager" || strings.HasSuffix(lower, ":manager") || strings.HasSuffix(lower, ".manager")
}

// scalar is a value as text.
func scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool, float64:
		return fmt.Sprint(v), true
	}
	return "", false
}

// setActive takes true, "True" and their like.
func (o *object) setActive(v any) {
	text, ok := scalar(v)
	active, err := strconv.ParseBool(strings.ToLower(text))
	if !ok || err != nil {
		o.uncertain = true
		return
	}
	o.active = &active
}

// setManager takes an id, an object with one, or a list with one.
func (o *object) setManager(path string, v any) {
	id := referenced(v)
	o.manager, o.managerPath = &id, strings.TrimSuffix(path, ".value")
}

// referenced is the id of a reference in any of its forms.
func referenced(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for name, part := range v {
			if strings.EqualFold(name, "value") {
				return referenced(part)
			}
		}
	case []any:
		if len(v) > 0 {
			return referenced(v[0])
		}
	}
	return ""
}

func (o *object) addMembers(v any) {
	for _, id := range ids(v) {
		o.members[id] = true
	}
}

// ids are the ids of a list of references, or of one.
func ids(v any) []string {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []string
	for _, element := range list {
		if id := referenced(element); id != "" {
			out = append(out, id)
		}
	}
	return out
}
