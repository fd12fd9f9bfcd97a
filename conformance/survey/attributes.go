package survey

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// defaults are the leaves that Entra's default mapping sends to an application that it does not
// know (E-91), and externalId of groups. They are sent where nothing is announced.
func defaults(kind string) []Attribute {
	if kind == "Group" {
		return []Attribute{text("displayName"), text("externalId")}
	}
	list := []Attribute{
		text("userName"), text("externalId"),
		{Path: "active", Type: "boolean"},
		text("displayName"), text("title"), text("preferredLanguage"),
		text("name.givenName"), text("name.familyName"), text(`emails[type eq "work"].value`), text(`phoneNumbers[type eq "work"].value`),
		text(`phoneNumbers[type eq "mobile"].value`),
	}
	for _, part := range []string{"streetAddress", "locality", "region", "postalCode", "country"} {
		list = append(list, text(`addresses[type eq "work"].`+part))
	}
	for _, name := range []string{"employeeNumber", "department"} {
		list = append(list, text(resource.Enterprise+":"+name))
	}
	return list
}

func text(path string) Attribute { return Attribute{Path: path, Type: "string"} }

// leaves returns the writable leaves that a schema announces. prefix is the URN of an extension
// with a colon, or "".
func leaves(schema map[string]any, prefix string) []Attribute {
	var out []Attribute
	list, _ := schema["attributes"].([]any)
	for _, e := range list {
		object, _ := e.(map[string]any)
		a := announced(object)
		if a.Path == "" || skipped(prefix, a) {
			continue
		}
		a.Path = prefix + a.Path
		if a.Type != "complex" {
			out = append(out, a)
			continue
		}
		out = append(out, below(a, object)...)
	}
	return out
}

// lists reports whether a schema announces an attribute.
func lists(schema map[string]any, name string) bool {
	list, _ := schema["attributes"].([]any)
	return slices.ContainsFunc(list, func(e any) bool {
		object, _ := e.(map[string]any)
		return strings.EqualFold(announced(object).Path, name)
	})
}

// returns reports an attribute that is announced as returned in a way: on request, or never.
func returns(schema map[string]any, name, how string) bool {
	list, _ := schema["attributes"].([]any)
	return slices.ContainsFunc(list, func(e any) bool {
		object, _ := e.(map[string]any)
		a := announced(object)
		return strings.EqualFold(a.Path, name) && strings.EqualFold(a.Returned, how)
	})
}

// given returns the attributes that a schema announces as read-only, beside those that each resource
// has.
func given(schema map[string]any) []string {
	var out []string
	list, _ := schema["attributes"].([]any)
	for _, e := range list {
		object, _ := e.(map[string]any)
		a := announced(object)
		if strings.EqualFold(a.Mutability, "readOnly") && !slices.Contains([]string{"id", "meta", "schemas", "groups", "members"}, strings.ToLower(a.Path)) {
			out = append(out, a.Path)
		}
	}
	return out
}

// skipped reports attributes that a survey does not write: those that clients may not set, those
// that lead to other resources, and secrets that are not required.
func skipped(prefix string, a Attribute) bool {
	if a.Secret() {
		return !a.Required
	}
	if !a.Writable() && !strings.EqualFold(a.Mutability, "immutable") || strings.EqualFold(a.Returned, "request") {
		return true
	}
	names := []string{"id", "meta", "schemas", "password", "groups", "members"}
	return prefix == "" && slices.Contains(names, strings.ToLower(a.Path)) || strings.EqualFold(a.Path, "manager")
}

func announced(object map[string]any) Attribute {
	str := func(name string) string { s, _ := object[resource.Key(object, name)].(string); return s }
	yes := func(name string) bool { b, _ := object[resource.Key(object, name)].(bool); return b }
	a := Attribute{
		Path: str("name"), Type: str("type"), Mutability: str("mutability"), Returned: str("returned"), Uniqueness: str("uniqueness"),
		Required: yes("required"), CaseExact: yes("caseExact"), Multi: yes("multiValued"), Announced: true,
	}
	if a.Type == "" {
		a.Type = "string"
	}
	list, _ := object["canonicalValues"].([]any)
	for _, e := range list {
		if s, ok := e.(string); ok {
			a.Canonical = append(a.Canonical, s)
		}
	}
	return a
}

// below returns the leaves of a complex attribute. One element stands for a list.
func below(of Attribute, object map[string]any) []Attribute {
	list, _ := object[resource.Key(object, "subAttributes")].([]any)
	primary := slices.ContainsFunc(list, func(e any) bool {
		inner, _ := e.(map[string]any)
		return strings.EqualFold(announced(inner).Path, "primary")
	})
	subs := make([]Attribute, 0, len(list))
	kind, types, exact := "", []string(nil), false
	for _, e := range list {
		inner, _ := e.(map[string]any)
		sub := announced(inner)
		if strings.EqualFold(sub.Path, "type") {
			kind, types, exact = elementType(of.Path, sub.Canonical), sub.Canonical, sub.CaseExact
		}
		subs = append(subs, sub)
	}
	head := of.Path
	if of.Multi && kind != "" {
		head += `[type eq "` + kind + `"]`
	}
	var out []Attribute
	for _, sub := range subs {
		if !sub.Writable() || strings.EqualFold(sub.Returned, "request") || sub.Type == "complex" || of.Multi && slices.Contains([]string{"type", "primary", "display", "$ref"}, strings.ToLower(sub.Path)) ||
			strings.EqualFold(sub.Path, "formatted") {
			continue
		}
		sub.Listed, sub.Primary, sub.Types, sub.TypeExact = of.Multi, of.Multi && primary, types, exact
		sub.Path, sub.Required = head+"."+sub.Path, of.Required && (sub.Required || strings.EqualFold(sub.Path, "value"))
		out = append(out, sub)
	}
	return out
}

// elementType is the type that stands for a list: "work" if it is allowed.
func elementType(attribute string, canonical []string) string {
	known := slices.Contains([]string{"emails", "phonenumbers", "addresses"}, strings.ToLower(attribute))
	switch {
	case len(canonical) == 0 && known, slices.ContainsFunc(canonical, func(s string) bool { return strings.EqualFold(s, "work") }):
		return "work"
	case len(canonical) > 0:
		return canonical[0]
	}
	return ""
}
