package suites

import (
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/survey"
)

// carrier returns a text attribute of users that the target keeps and that PATCH changes. Checks
// of what PATCH means use it instead of an attribute that the target may not have.
func (p *probe) carrier() string { return p.carriers(1)[0] }

// carriers returns n different carriers. It ends the check if the target has fewer.
func (p *probe) carriers(n int) []string {
	list := p.possible()
	if len(list) < n {
		p.finding.Lacks = "text attributes that PATCH changes"
		p.skip("the target has too few text attributes that PATCH changes")
	}
	return list[:n]
}

// someCarriers returns up to n different carriers, at least one.
func (p *probe) someCarriers(n int) []string { return p.carriers(min(n, max(1, len(p.possible())))) }

// possible are all carriers that this target has.
func (p *probe) possible() []string {
	return slices.DeleteFunc(survey.Carriers(), func(name string) bool {
		return p.survey.Asked && !p.able(p.survey.Users.Find(name))
	})
}

// patched returns a text attribute that PATCH changes, or "".
func (p *probe) patched() string {
	for _, name := range survey.Carriers() {
		if !p.survey.Asked || p.survey.Patch.Works && p.able(p.survey.Users.Find(name)) {
			return name
		}
	}
	return ""
}

// able reports an attribute that the target keeps and that PATCH changes, as far as is known. One
// with canonical values does not take any text.
func (p *probe) able(a *survey.Attribute) bool {
	return a != nil && a.Kept() && a.Writable() && a.Patch != survey.Refused && a.Patch != survey.Dropped && len(a.Canonical) == 0
}

// removable returns a carrier that the target does not require, so that a user can be without it.
func (p *probe) removable() string {
	for _, name := range survey.Carriers() {
		if a := p.survey.Users.Find(name); !p.survey.Asked || p.able(a) && !a.Required {
			return name
		}
	}
	p.finding.Lacks = "text attributes that PATCH changes"
	p.skip("the target has no optional text attribute that PATCH changes")
	return ""
}

// plural is a multi-valued attribute whose elements have types.
type plural struct {
	unit
	run string
}

// plural returns the first multi-valued attribute that the target keeps and whose elements have
// types.
func (p *probe) plural() plural {
	units := p.survey.Users.Attributes
	for _, name := range []string{"emails", "phoneNumbers", "addresses"} {
		if !p.survey.Asked {
			return plural{unit{name: name, leaves: []survey.Attribute{{Path: name + ".value"}}, list: true, kind: "work"}, p.Name("l")}
		}
		if len(units) == 0 {
			break
		}
		for _, u := range p.units() {
			if u.name == name && u.kind != "" && len(u.leaves[0].Types) != 1 {
				return plural{u, p.Name("l")}
			}
		}
	}
	p.finding.Lacks = "multi-valued attributes with types"
	p.skip("the target keeps none of emails, phoneNumbers and addresses with elements of two types")
	return plural{}
}

// element is the n-th element, of the first type or of another one.
func (l plural) element(n int) map[string]any {
	list, _ := l.value(n, l.run).([]any)
	e, _ := list[0].(map[string]any)
	e["type"] = l.typeOf(n)
	return e
}

// typeOf is the type of the n-th element.
func (l plural) typeOf(n int) string {
	switch {
	case n == 0:
		return l.kind
	case len(l.leaves[0].Types) > 0:
		return otherType(l.leaves[0].Types, l.kind)
	case l.kind != "home":
		return "home"
	}
	return "other"
}

// otherType is another one of the types that elements may have, or "".
func otherType(types []string, kind string) string {
	for _, t := range types {
		if !strings.EqualFold(t, kind) && (strings.EqualFold(t, "home") || !slices.Contains(types, "home")) {
			return t
		}
	}
	return ""
}

// kinds are two types that elements of an attribute may have. It ends the check if there is one
// only.
func (p *probe) kinds(attribute string) (first, second string) {
	first, second = p.kind(attribute), "home"
	if leaves := p.survey.Users.Under(attribute); len(leaves) > 0 && len(leaves[0].Types) > 0 {
		second = otherType(leaves[0].Types, first)
	}
	if second == "" || first == "" {
		p.finding.Lacks = attribute + " of two types"
		p.skip("the target announces fewer than two types of " + attribute)
	}
	return first, second
}

// kind is the type of the elements of an attribute that the checks write: work, another one if
// the target announces others only, or "" if it announces that elements have no type.
func (p *probe) kind(attribute string) string {
	leaves := p.survey.Users.Under(attribute)
	if len(leaves) == 0 {
		return "work"
	}
	if !leaves[0].Listed && !strings.Contains(leaves[0].Path, "[") {
		return ""
	}
	if _, kind := elementOf(leaves[0].Path); kind != "" || p.survey.Users.Described {
		return kind
	}
	return "work"
}

// typed is an element of an attribute with a type, if elements have types.
func typed(kind string, element map[string]any) map[string]any {
	if kind != "" {
		element["type"] = kind
	}
	return element
}

// both are two elements of different types. The first is primary if the attribute has a flag.
func (l plural) both() []any {
	first := l.element(0)
	if l.flagged() {
		first["primary"] = true
	}
	return []any{first, l.element(1)}
}

// flagged reports whether elements have a primary flag.
func (l plural) flagged() bool { return l.leaves[0].Primary || !l.leaves[0].Announced }

// of is the path of the n-th element.
func (l plural) of(n int) string { return l.name + `[type eq "` + l.typeOf(n) + `"]` }

// part is the path of the first sub-attribute of the n-th element.
func (l plural) part(n int) string { return l.of(n) + "." + sub(l.leaves[0]) }

// other is another value for part.
func (l plural) other() any { return l.variant(l.leaves[0], 1, l.run+"z") }

// enterpriseTwo returns two attributes of the enterprise extension that the target keeps.
func (p *probe) enterpriseTwo() (first, second string) {
	var found []string
	for _, a := range p.survey.Users.Attributes {
		if rest, ok := strings.CutPrefix(a.Path, enterprise+":"); ok && a.Post == survey.Kept && a.Writable() && a.Type == "string" && !a.Multi && !strings.ContainsAny(rest, ".[") {
			found = append(found, a.Path)
		}
	}
	switch {
	case !p.survey.Asked:
		return enterprise + ":department", enterprise + ":costCenter"
	case len(found) < 2:
		p.has(enterprise)
		p.finding.Lacks = "enterprise attributes"
		p.skip("the target keeps fewer than two enterprise attributes")
	}
	return found[0], found[1]
}

// texts returns up to n text attributes that a create stores. Unlike carriers, PATCH need not
// change them. It ends the check if there is none.
func (p *probe) texts(n int) []string {
	list := slices.DeleteFunc(survey.Carriers(), func(name string) bool {
		a := p.survey.Users.Find(name)
		return name == "externalId" || name == "userType" || p.survey.Asked && (a == nil || a.Post != survey.Kept || !a.Writable() || len(a.Canonical) > 0)
	})
	if len(list) == 0 {
		p.finding.Lacks = "text attributes of users"
		p.skip("the target has no text attribute that a create stores")
	}
	return list[:min(n, len(list))]
}

// lists returns the multi-valued attributes with a value that a create stores.
func (p *probe) lists() []string {
	list := slices.DeleteFunc([]string{"emails", "phoneNumbers", "roles", "entitlements", "ims"}, func(name string) bool {
		return p.survey.Asked && !slices.ContainsFunc(p.survey.Users.Under(name), func(a survey.Attribute) bool { return a.Post == survey.Kept && a.Writable() })
	})
	if len(list) == 0 {
		p.finding.Lacks = "multi-valued attributes of users"
		p.skip("the target has no multi-valued attribute that a create stores")
	}
	return list
}
