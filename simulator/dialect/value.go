package dialect

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// fill sets the mapped values in a body; nulls are not sent (W-37), but by option, and then
// not in the place of a list (W-C16).
func (l legacy) fill(body map[string]any, values []mapping.Value) error {
	for _, v := range values {
		if v.Value.IsNull() && (!l.options.PostNulls || !v.Absent()) {
			continue
		}
		value, err := l.posted(v)
		if err != nil {
			return err
		}
		if err := v.Attribute.Path.Set(body, value); err != nil {
			return err
		}
	}
	return nil
}

// posted is a value as it stands in a POST: Booleans are JSON Booleans (W-33, A-42).
func (l legacy) posted(v mapping.Value) (any, error) {
	if v.Attribute.Type != "Boolean" || v.Attribute.Multivalued || v.Value.IsNull() || l.options.PostStrings {
		return plain(v.Attribute, v.Value)
	}
	if b, ok := boolean(v.Value.Text()); ok {
		return b, nil
	}
	return nil, fmt.Errorf("the mapping of %s returns %s, but the target attribute is a Boolean; hint: map it to \"True\" or \"False\"", v.Attribute.Name, v.Value)
}

// boolean reads True and False in any case.
func boolean(text string) (value, ok bool) {
	switch {
	case strings.EqualFold(text, "true"):
		return true, true
	case strings.EqualFold(text, "false"):
		return false, true
	}
	return false, false
}

// patched is a value as it stands in a PATCH: Booleans are the strings True and False
// (W-58, A-42), or what a mapping made of them (W-59).
func (l legacy) patched(c mapping.Change) (any, error) {
	if l.options.PatchBooleans {
		return typed(c)
	}
	return plain(c.Attribute, c.New)
}

// plain is a string, a number for an Integer attribute, or a list of elements with
// a value each (W-65).
func plain(a *mapping.Attribute, v expression.Value) (any, error) {
	if v.IsNull() { // the defect of Switch (E-179), or an option (W-C6, W-C16)
		return nil, nil //nolint:nilnil // JSON null is the value
	}
	if a.Multivalued {
		elements := []any{}
		for _, e := range v.List() {
			if role, ok := e.Role(); ok && a.Roles != mapping.NoRoles {
				elements = append(elements, roleElement(a.Roles, role, e.Text()))
				continue
			}
			value, err := scalar(a, e)
			if err != nil {
				return nil, err
			}
			elements = append(elements, map[string]any{"value": value})
		}
		return elements, nil
	}
	return scalar(a, v)
}

func scalar(a *mapping.Attribute, v expression.Value) (any, error) {
	if a.Type != "Integer" {
		return v.Text(), nil
	}
	i, err := strconv.ParseInt(strings.TrimSpace(v.Text()), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("the mapping of %s returns %s, but the target attribute is a whole number", a.Name, v)
	}
	return i, nil
}

// markRoles gives the element of SingleAppRoleAssignment its type (W-46).
func markRoles(roles any) {
	list, _ := roles.([]any)
	for _, e := range list {
		role, ok := e.(map[string]any)
		if !ok {
			continue
		}
		_, primary := role["primary"]
		if _, typed := role["type"]; primary && !typed {
			role["type"] = mapping.RoleType
		}
	}
}
