package suites

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

const (
	enterprise = resource.Enterprise
	coreUser   = resource.User
	coreGroup  = resource.Group
)

// person is a user as Entra creates it (W-29 to W-35), merged with more. It has only attributes
// that the target keeps, and every one that it requires.
func (p *probe) person(what string, more map[string]any) map[string]any {
	name := p.Name(what)
	mail := p.Mail(name)
	body := map[string]any{"userName": p.UserName(name)}
	for path, value := range map[string]any{
		"externalId": "X-" + name, "active": true, "displayName": "Conf " + what,
		"name.givenName": "Conf", "name.familyName": what,
	} {
		if p.survey.Lacks(p.survey.Users, path) == nil {
			body = resource.With(body, path, value)
		}
	}
	if p.survey.Lacks(p.survey.Users, "emails") == nil {
		body["emails"] = []any{typed(p.kind("emails"), map[string]any{"primary": true, "value": mail})}
	}
	for _, a := range p.survey.Users.Attributes {
		if a.Required && resource.Value(body, a.Path) == nil {
			body = resource.With(body, a.Path, p.value("User", a, name))
		}
	}
	body = p.People().Apply(p.People().User, name, body, true)
	for name, value := range more { // an object adds to the one of the person
		object, ok := value.(map[string]any)
		if old, both := body[name].(map[string]any); ok && both {
			object = maps.Clone(object)
			for sub, v := range old {
				if _, given := object[sub]; !given {
					object[sub] = v
				}
			}
			value = object
		}
		body[name] = value
	}
	urns := survey.Schemas("User", body)
	if p.survey.Lacks(p.survey.Users, enterprise) == nil && !slices.Contains(urns, any(enterprise)) {
		urns = append(urns, enterprise)
	}
	body["schemas"] = urns
	return body
}

// value is what a user or a group gets for an attribute, by the rules of the caller.
func (p *probe) value(kind string, a survey.Attribute, name string) any {
	rules := p.People()
	template := rules.User
	if kind == "Group" {
		template = rules.Group
	}
	if v := resource.Value(rules.Apply(template, name, map[string]any{}, true), a.Path); v != nil {
		return v
	}
	if kind == "User" && strings.EqualFold(a.Path, "userName") {
		return p.UserName(name)
	}
	return survey.Value(a, name, p.Mail(name))
}

// three creates three users and returns their ids.
func (p *probe) three(ctx context.Context) (a, b, c string) {
	ids := p.crew(ctx, 3)
	return ids[0], ids[1], ids[2]
}

// refs is a member list as Entra writes it: value only (W-69).
func refs(ids ...string) []any {
	out := []any{}
	for _, id := range ids {
		out = append(out, map[string]any{"value": id})
	}
	return out
}

// members reads the members of a group and returns their ids, sorted.
func (p *probe) members(ctx context.Context, path string) []string {
	body := p.read(ctx, path)
	ids := []string{}
	list, _ := body["members"].([]any)
	for _, m := range list {
		entry, _ := m.(map[string]any)
		id, _ := entry["value"].(string)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
