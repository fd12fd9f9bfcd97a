package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/fixtures/people"
)

// unit is what one operation writes: a single-valued attribute, or a multi-valued one with one
// element.
type unit struct {
	// name is the path: "title", "name.givenName", "emails", or one with the URN of an extension.
	name string
	// leaves are the parts of the element, or the attribute itself.
	leaves []survey.Attribute
	// list reports a multi-valued attribute. kind is the type of its element, if it has one.
	list bool
	kind string
	// twice gives the value a second element.
	twice bool
	// rules make mail addresses.
	rules people.Rules
}

// units are the attributes of users that the target keeps as sent and that clients may write.
// userName and active are apart: a change of them may have consequences that others judge.
func (p *probe) units() []unit {
	out := p.unitsIfAny()
	if len(out) == 0 {
		p.skip("the target keeps no attribute of users that clients may write")
	}
	return out
}

// unitsIfAny is units for a check that needs none.
func (p *probe) unitsIfAny() []unit {
	var out []unit
	for _, a := range p.survey.Users.Attributes {
		if !a.Kept() || !a.Writable() || a.Post == survey.Changed || a.Patch == survey.Changed || slices.Contains([]string{"username", "active"}, strings.ToLower(a.Path)) {
			continue
		}
		u := unit{name: a.Path, leaves: []survey.Attribute{a}, list: a.Multi, rules: p.People()}
		if a.Listed || strings.Contains(a.Path, "[") {
			u.list, u.leaves[0].Listed = true, true
			u.name, u.kind = elementOf(a.Path)
		}
		i := slices.IndexFunc(out, func(o unit) bool { return strings.EqualFold(o.name, u.name) })
		switch {
		case i < 0:
			out = append(out, u)
		case out[i].kind == u.kind: // of a second type, the first speaks
			out[i].leaves = append(out[i].leaves, u.leaves[0])
		}
	}
	return out
}

// elementOf splits the path of a part of an element into the attribute and the type that selects
// the element.
func elementOf(path string) (name, kind string) {
	head, rest, typed := strings.Cut(path, "[")
	if !typed {
		return path[:strings.LastIndex(path, ".")], ""
	}
	_, kind, _ = strings.Cut(rest, `"`)
	kind, _, _ = strings.Cut(kind, `"`)
	return head, kind
}

// sub is the name of a part of an element.
func sub(a survey.Attribute) string { return a.Path[strings.LastIndex(a.Path, ".")+1:] }

// urn is the schema URN in front of a name, or "".
func (u unit) urn() string {
	if i := strings.LastIndex(u.name, ":"); i > 0 && strings.HasPrefix(strings.ToLower(u.name), "urn:") {
		return u.name[:i]
	}
	return ""
}

// required reports an attribute that a user cannot be without.
func (u unit) required() bool {
	return slices.ContainsFunc(u.leaves, func(a survey.Attribute) bool { return a.Required })
}

// stuck reports an attribute that PATCH does not change.
func (u unit) stuck() bool {
	return slices.ContainsFunc(u.leaves, func(a survey.Attribute) bool { return a.Patch == survey.Refused || a.Patch == survey.Dropped })
}

// value is a value of the attribute. n tells two values apart; name is unique in the run.
func (u unit) value(n int, name string) any {
	if !u.list || !u.leaves[0].Listed {
		return u.variant(u.leaves[0], n, name)
	}
	e := map[string]any{}
	for _, a := range u.leaves {
		e[sub(a)] = u.variant(a, n, name)
	}
	if u.kind != "" {
		e["type"] = u.kind
	}
	if u.twice {
		if second := u.second(1-n, name); second != nil {
			return []any{e, second}
		}
	}
	return []any{e}
}

// second is an element beside the first one, of another type if elements have types, or nil if there
// can be none. n tells its value from that of the first one.
func (u unit) second(n int, name string) map[string]any {
	if !u.list || !u.leaves[0].Listed || len(u.leaves[0].Types) == 1 {
		return nil
	}
	u.twice = false
	list, _ := u.value(n, name).([]any)
	e, _ := list[0].(map[string]any)
	if u.kind != "" {
		e["type"] = plural{u, name}.typeOf(1)
		return e
	}
	if match.JSON(e) == match.JSON(first(u.value(1-n, name))) {
		return nil
	}
	return e
}

// first is the first element of a list.
func first(list any) any {
	elements, _ := list.([]any)
	return elements[0]
}

// doubled gives each list of a user that has one element a second one.
func (p *probe) doubled(body map[string]any) map[string]any {
	name := p.Name("second")
	for _, u := range p.unitsIfAny() {
		list, _ := resource.Value(body, u.name).([]any)
		if second := u.second(1, name); len(list) == 1 && second != nil {
			body = resource.With(body, u.name, append(slices.Clip(list), second))
		}
	}
	return body
}

// aDoubled arranges a user whose lists have two elements each, or one each where the target refuses
// the second one, which other checks are about.
func (p *probe) aDoubled(ctx context.Context, body map[string]any) *thing {
	sent := complete(p.doubled(body))
	a := p.post(ctx, "Users", "userName", sent)
	if a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError {
		return p.aUserOf(ctx, body)
	}
	p.because("no-users", a, match.Made())
	t := &thing{collection: "Users", id: p.id(a), sent: sent}
	t.now = p.begun(ctx, t, a)
	return t
}

// variant is a value of a part of the attribute.
func (u unit) variant(a survey.Attribute, n int, name string) any {
	v := survey.Value(a, name, u.rules.Mail(name))
	if n > 0 {
		v = survey.Other(a, v)
	}
	if v == "Tour" || v == "Tower" { // so that none can stand for another
		return v.(string) + mark(sub(a)) //nolint:forcetypeassert // it equals a string
	}
	return v
}

// mark is a short word that tells attributes apart: a form that takes any word takes one that is a
// little longer.
func mark(name string) string {
	name = strings.ToLower(strings.TrimPrefix(name[strings.LastIndex(name, ":")+1:], "honorific"))
	return name[:min(3, len(name))]
}

// everything is a body with all units.
func everything(units []unit, n int, name string) map[string]any {
	body := map[string]any{}
	for _, u := range units {
		body = resource.With(body, u.name, u.value(n, name))
	}
	return body
}

// bare is a user with what the target requires and no more.
func (p *probe) bare(what string) map[string]any {
	name := p.Name(what)
	body := map[string]any{"userName": p.UserName(name)}
	for _, a := range p.survey.Users.Attributes {
		if a.Required && resource.Value(body, a.Path) == nil {
			body = resource.With(body, a.Path, p.value("User", a, name))
		}
	}
	return complete(body)
}

// complete gives a body the URNs of the schemas that it uses.
func complete(body map[string]any) map[string]any {
	body["schemas"] = survey.Schemas("User", body)
	return body
}
