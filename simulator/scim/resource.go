package scim

import (
	"fmt"
	"strings"
)

// Get reads the attribute from a resource in decoded JSON. Names and filter values are
// compared without regard to case; the second result is false when nothing is there or
// null stands there.
func (p TargetPath) Get(resource map[string]any) (any, bool) {
	if p.URN == "" {
		v, ok := p.within(resource)
		if name, rest, parted := cutLast(p.Attribute); !ok && parted { // custom:country, kept as an object
			p.URN, p.Attribute = name, rest
			return p.Get(resource)
		}
		return v, ok
	}
	if IsCore(p.URN) {
		if v, ok := p.within(resource); ok {
			return v, true
		}
	}
	v, ok := member(resource, p.URN)
	if !ok {
		return nil, false
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	return p.within(object)
}

// cutLast takes the part before the last colon off a name.
func cutLast(name string) (before, after string, ok bool) {
	at := strings.LastIndexByte(name, ':')
	if at <= 0 || at == len(name)-1 {
		return "", name, false
	}
	return name[:at], name[at+1:], true
}

func (p TargetPath) within(object map[string]any) (any, bool) {
	v, ok := member(object, p.Attribute)
	if !ok || p.FilterAttribute == "" && p.SubAttribute == "" {
		return v, ok
	}
	switch v := v.(type) {
	case map[string]any:
		return p.element(v)
	case []any:
		for _, e := range v {
			if object, ok := e.(map[string]any); ok {
				if value, ok := p.element(object); ok {
					return value, true
				}
			}
		}
	}
	return nil, false
}

// element reads one element of a multi-valued attribute, or the one complex value.
func (p TargetPath) element(object map[string]any) (any, bool) {
	if p.FilterAttribute != "" {
		v, ok := member(object, p.FilterAttribute)
		if !ok || !p.selects(v) {
			return nil, false
		}
	}
	if p.SubAttribute == "" {
		return object, true
	}
	return member(object, p.SubAttribute)
}

// selects compares the value of an element with that of the filter; Booleans may be
// written as strings (W-62).
func (p TargetPath) selects(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.EqualFold(v, p.FilterValue)
	case bool:
		return v && strings.EqualFold(p.FilterValue, "true") || !v && strings.EqualFold(p.FilterValue, "false")
	}
	return false
}

// member finds a name without regard to case; null counts as absent.
func member(object map[string]any, name string) (any, bool) {
	if v, ok := object[name]; ok {
		return v, v != nil
	}
	var found any
	best := ""
	for k, v := range object { // the smallest name wins, so that the answer does not depend on map order
		if strings.EqualFold(k, name) && (best == "" || k < best) {
			found, best = v, k
		}
	}
	return found, found != nil
}

// Set puts a value into a resource that is being built for a POST: extension values in an
// object under their URN (W-38), values of a filtered path in one element that holds the
// filter's own value too, and the work mail marked as primary (W-35, W-46).
func (p TargetPath) Set(resource map[string]any, v any) error {
	object := resource
	if p.URN != "" {
		var err error
		if object, err = child(resource, p.URN); err != nil {
			return p.occupied(err)
		}
	}
	switch {
	case p.FilterAttribute != "":
		return p.setElement(object, v)
	case p.SubAttribute != "":
		complexValue, err := child(object, p.Attribute)
		if err != nil {
			return p.occupied(err)
		}
		complexValue[p.SubAttribute] = v
	default:
		object[p.Attribute] = v
	}
	return nil
}

func (p TargetPath) setElement(object map[string]any, v any) error {
	list, ok := object[p.Attribute].([]any)
	if !ok && object[p.Attribute] != nil {
		return p.occupied(fmt.Errorf("%s is not a list", p.Attribute))
	}
	sub := p.SubAttribute
	if sub == "" {
		sub = "value"
	}
	for _, e := range list {
		if element, ok := e.(map[string]any); ok {
			if have, ok := member(element, p.FilterAttribute); ok && p.selects(have) {
				element[sub] = v
				return nil
			}
		}
	}
	element := map[string]any{p.FilterAttribute: p.filterValue()}
	if p.URN == "" && p.Attribute == "emails" && p.FilterAttribute == "type" && p.FilterValue == "work" {
		element["primary"] = true
	}
	element[sub] = v
	object[p.Attribute] = append(list, element)
	return nil
}

// filterValue is the filter's value as it stands in an element: primary is a Boolean (W-46).
func (p TargetPath) filterValue() any {
	if strings.EqualFold(p.FilterAttribute, "primary") {
		return strings.EqualFold(p.FilterValue, "true")
	}
	return p.FilterValue
}

func child(object map[string]any, name string) (map[string]any, error) {
	switch v := object[name].(type) {
	case nil:
		made := map[string]any{}
		object[name] = made
		return made, nil
	case map[string]any:
		return v, nil
	}
	return nil, fmt.Errorf("%s already has a simple value", name)
}

func (p TargetPath) occupied(err error) error {
	return fmt.Errorf("set %s: %w; two mappings of the schema contradict each other", p, err)
}
