package suites

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
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
		body["emails"] = []any{map[string]any{"type": "work", "primary": true, "value": mail}}
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
	urns := []string{coreUser}
	if p.survey.Lacks(p.survey.Users, enterprise) == nil {
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

// plain creates a user that any service must accept.
func (p *probe) plain(ctx context.Context, what string) (path, id string, sent map[string]any) {
	sent = p.person(what, nil)
	a := p.post(ctx, "Users", "userName", sent)
	p.because("no-users", a, match.Status(http.StatusCreated, http.StatusOK))
	id = p.id(a)
	return "/Users/" + id, id, sent
}

// three creates three users and returns their ids.
func (p *probe) three(ctx context.Context) (a, b, c string) {
	_, a, _ = p.plain(ctx, "a")
	_, b, _ = p.plain(ctx, "b")
	_, c, _ = p.plain(ctx, "c")
	return a, b, c
}

// many creates n users and returns their ids.
func (p *probe) many(ctx context.Context, n int) []string {
	return p.several(ctx, "Users", "userName", n, func() map[string]any { return p.person("many", nil) })
}

// manyGroups creates n groups and returns their ids.
func (p *probe) manyGroups(ctx context.Context, n int) []string {
	return p.several(ctx, "Groups", "displayName", n, func() map[string]any { return p.team(p.Name("many")) })
}

// several creates n resources, a few at once. What was not created is tried again alone: another
// check is about requests at the same time.
func (p *probe) several(ctx context.Context, collection, key string, n int, body func() map[string]any) []string {
	const once = 5
	p.creates(collection)
	ids := make([]string, 0, n)
	for len(ids) < n {
		bodies := make([]map[string]any, min(once, n-len(ids)))
		for i := range bodies {
			bodies[i] = body()
		}
		responses, err := p.MakeTogether(ctx, collection, key, bodies)
		for i, a := range responses {
			if err != nil || a.Status < 200 || a.Status > 299 {
				ids = append(ids, p.made(ctx, collection, body()).id)
				continue
			}
			p.last = responses[i]
			ids = append(ids, p.id(a))
		}
		if err != nil && len(responses) == 0 {
			p.stop(err)
		}
	}
	return ids
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
