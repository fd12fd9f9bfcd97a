package model

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// vocabulary is what a target can be asked, by its survey.
type vocabulary struct {
	survey *survey.Survey
	// users and groups are the attributes that are written and compared, beside names, active and members.
	users, groups []survey.Attribute
	active, put, filter,
	// hasGroups reports that groups and their members work, and post that a new group takes members.
	hasGroups, post bool
}

// speak returns what the survey allows. Without a survey, everything is allowed that Entra's
// default mapping sends.
func speak(s *survey.Survey) *vocabulary {
	v := &vocabulary{survey: s, users: usable(s.Users), groups: usable(s.Groups)}
	active := s.Users.Find("active")
	v.active = active != nil && active.Post == survey.Kept && active.Patch == survey.Kept
	v.put, v.filter = s.Put.Works, s.Filter.Works
	v.hasGroups = s.Groups.There && s.Groups.Made.Works && s.Groups.MembersByPatch.Works
	v.post = s.Groups.MembersByPost.Works
	return v
}

// usable are the single strings that a create keeps and that PATCH changes. What the survey saw
// dropped, changed or refused has checks of its own.
func usable(r survey.Resource) []survey.Attribute {
	var out []survey.Attribute
	for _, a := range r.Attributes {
		name := strings.EqualFold(a.Path, "userName") || r.Name == "Group" && strings.EqualFold(a.Path, "displayName")
		text := a.Type == "" || strings.EqualFold(a.Type, "string")
		untyped := a.Listed && !strings.Contains(a.Path, "[")
		volatile := resource.Value(r.Defaults, resource.Top(a.Path)) != nil
		if a.Post != survey.Kept || a.Patch != survey.Kept && a.Patch != survey.Unknown || !a.Writable() || a.Secret() {
			continue
		}
		if name || !text || a.Multi && !a.Listed || untyped || volatile || len(a.Canonical) > 0 {
			continue
		}
		out = append(out, a)
	}
	return out
}

// attributes are those of an object.
func (v *vocabulary) attributes(of Slot) []survey.Attribute {
	if of.Group {
		return v.groups
	}
	return v.users
}

// resource is the type of an object.
func (v *vocabulary) resource(of Slot) *survey.Resource {
	if of.Group {
		return &v.survey.Groups
	}
	return &v.survey.Users
}

// paths are everything that is compared of an object but members.
func (v *vocabulary) paths(of Slot) []string {
	list := []string{of.naming()}
	if !of.Group && v.active {
		list = append(list, "active")
	}
	for _, a := range v.attributes(of) {
		list = append(list, a.Path)
	}
	return list
}

// find returns an attribute of an object.
func (v *vocabulary) find(of Slot, path string) survey.Attribute {
	if a := v.resource(of).Find(path); a != nil {
		return *a
	}
	return survey.Attribute{Path: path, Type: "string"}
}

// words are the values of attributes without a form of their own. They differ in each letter case.
func words() []string {
	return []string{"Tour", "Tower", "Town", "Tool", "Tone", "Tomb", "Toast", "Torch", "Total", "Tonic", "Topaz", "Tonga"}
}

// value is the value with a number. name makes names that are unique to the objects.
func (v *vocabulary) value(a survey.Attribute, n int, name func(int) string, mail func(string) string) any {
	path := strings.ToLower(a.Path)
	switch {
	case path == "externalid":
		return "X-" + name(n)
	case strings.HasPrefix(path, "emails"):
		return mail(name(n))
	}
	first := survey.Value(a, "Model", "")
	if s, ok := first.(string); path == "displayname" || ok && s == "Tour" {
		list := words()
		return list[n%len(list)]
	}
	if n%2 == 0 {
		return first
	}
	return survey.Other(a, first)
}

// same compares two values of an attribute.
func (v *vocabulary) same(of Slot, path string, want, got any) bool {
	a := v.find(of, path)
	rules := resource.Rules{Loose: func(string) bool { return !a.CaseExact }}
	return len(resource.Compare(map[string]any{path: want}, map[string]any{path: got}, rules)) == 0
}

// focus are some attributes for one sequence: few, so that several steps meet at one.
func focus(list []survey.Attribute, pick func(n int) int, n int) []string {
	var out []string
	for range 4 * n {
		if len(list) == 0 || len(out) == n {
			break
		}
		if path := list[pick(len(list))].Path; !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}
