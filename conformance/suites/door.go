package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// thing is a resource that a check made, as it was read last.
type thing struct {
	collection string // "Users" or "Groups"
	id         string
	sent       map[string]any
	now        map[string]any
	// subjects are the attributes by which messages describe it.
	subjects []string
}

func (t *thing) path() string { return "/" + t.collection + "/" + t.id }

// aUser arranges a user with more attributes than the plainest one. It is read back, so that
// a write is compared with what the target really has.
func (p *probe) aUser(ctx context.Context, what string, more map[string]any) *thing {
	p.keepsBody(more)
	return p.aUserOf(ctx, p.person(what, more))
}

// aUserOf arranges a user with a body of the check's own.
func (p *probe) aUserOf(ctx context.Context, sent map[string]any) *thing {
	a := p.post(ctx, "Users", "userName", sent)
	p.because("no-users", a, match.Made())
	t := &thing{collection: "Users", id: p.id(a), sent: sent}
	t.now = p.begun(ctx, t, a)
	return t
}

// aGroup arranges a group with members. They are added as Entra does, by PATCH, if the target
// does not take them with the group.
func (p *probe) aGroup(ctx context.Context, what string, members ...string) *thing {
	name := p.Name(what)
	sent := p.team(name)
	if len(members) > 0 && (!p.survey.Asked || p.survey.Groups.MembersByPost.Works) {
		sent["members"] = refs(members...)
	}
	a := p.post(ctx, "Groups", "displayName", sent)
	p.because("no-groups", a, match.Made())
	t := &thing{collection: "Groups", id: p.id(a), sent: sent}
	if len(members) > 0 && sent["members"] == nil {
		add := p.do(ctx, http.MethodPatch, t.path(), patchOp(op(p.spelled("add"), "members", refs(members...))))
		p.because("no-members", add, match.Success())
		a.Body = nil
	}
	t.now = p.begun(ctx, t, a)
	if cause := "no-members"; len(members) > 0 {
		if sent["members"] != nil {
			cause = "members-post"
		}
		p.manned(t, members, cause)
	}
	return t
}

// team is a group as Entra creates it, without members and with what the target requires.
func (p *probe) team(name string) map[string]any {
	body := map[string]any{"schemas": []string{coreGroup}, "displayName": name}
	if p.survey.Lacks(p.survey.Groups, "externalId") == nil {
		body["externalId"] = "X-" + name
	}
	for _, a := range p.survey.Groups.Attributes {
		if a.Required && resource.Value(body, a.Path) == nil {
			body = resource.With(body, a.Path, p.value("Group", a, name))
		}
	}
	return p.People().Apply(p.People().Group, name, body, true)
}

// begun is a thing as it is after its create: as the response shows it if the survey saw that this
// is what reads show, and otherwise as a read does.
func (p *probe) begun(ctx context.Context, t *thing, a session.Response) map[string]any {
	echoes := p.survey.Users.Echoes
	if t.collection == "Groups" {
		echoes = p.survey.Groups.Echoes
	}
	if p.thorough || !echoes || a.Text("id") != t.id {
		return p.arranged(ctx, t)
	}
	p.spared = true
	return a.Body
}

// arranged reads a thing that was just made. What cannot be read cannot be judged.
func (p *probe) arranged(ctx context.Context, t *thing) map[string]any {
	a := p.get(ctx, t.path())
	p.because("no-read", a, match.Status(http.StatusOK))
	return a.Body
}

// write sends a request that must succeed, reads the thing again, and asserts that it is as
// wanted: what the request names has the new values, and everything else is as before.
func (p *probe) write(ctx context.Context, t *thing, want map[string]any, method string, body any) session.Response {
	a := p.do(ctx, method, t.path(), body)
	p.expect(a, match.Status(http.StatusOK, http.StatusNoContent))
	p.becomes(ctx, t, want, a)
	return a
}

// set changes a thing by PATCH; see write. Without operations, as where the target has nothing of a kind,
// nothing is sent.
func (p *probe) set(ctx context.Context, t *thing, want map[string]any, operations ...map[string]any) session.Response {
	if len(operations) == 0 {
		return session.Response{}
	}
	if t.collection == "Users" {
		p.keeps(t.path(), operations)
	}
	for _, o := range operations {
		if name, _ := o["op"].(string); p.check.Cause != "letter-case-op" {
			o["op"] = p.spelled(name)
		}
	}
	return p.write(ctx, t, want, http.MethodPatch, patchOp(operations...))
}

// refused sends a request that the target must reject with one of the statuses, and asserts that
// the thing is as before.
func (p *probe) refused(ctx context.Context, t *thing, method string, body any, statuses ...int) session.Response {
	a := p.do(ctx, method, t.path(), body)
	p.expect(a, match.Status(statuses...))
	p.becomes(ctx, t, t.now, a)
	return a
}

// becomes reads a thing and compares it with what it should be. Beside what differs, the request
// named the attributes in named.
func (p *probe) becomes(ctx context.Context, t *thing, want map[string]any, a session.Response, named ...string) {
	read := p.get(ctx, t.path())
	p.expect(read, match.Status(http.StatusOK))
	before := t.now
	t.now = read.Body
	p.last = a // the write is what the difference is about
	touched := append(changed(before, want), named...)
	if t.collection == "Groups" {
		p.sameMembers(before, want, read.Body, slices.Contains(touched, "members"), a)
	}
	for _, d := range resource.Compare(underived(want, before, touched), read.Body, p.rules(touched)) {
		if t.collection == "Users" && (p.own(d, before, read.Body) || follows(d, before, read.Body)) {
			continue
		}
		p.finding.Assertions++
		f := differs(d, touched, p.named, a)
		f.Idle = f.Layer == fact.Value && len(resource.Compare(before, read.Body, resource.Rules{})) == 0
		p.end(Failed, f)
	}
	p.finding.Assertions++
}

// differs is the fact of a difference after a write: of a value that it changes, of one that it
// names and must not change, or of another one.
func differs(d resource.Difference, touched, named []string, a session.Response) fact.Fact {
	f := fact.Fact{Layer: fact.Side, Kind: d.Kind, Attribute: d.Path, Status: a.Status}
	f.Method, f.Route = a.Kind()
	top := resource.Top(d.Path)
	is := func(s string) bool { return strings.EqualFold(s, top) }
	switch {
	case slices.ContainsFunc(touched, is):
		f.Layer = fact.Value
	case slices.ContainsFunc(named, is):
		f.Layer = fact.Claim
	}
	f.Expected, f.Actual = worded(d)
	f.Actual += " after " + a.Request
	if f.Layer == fact.Side {
		f.Expected += ", which the request does not name"
	}
	return f
}

// worded says what is expected of an attribute, or of an element of a list, and what is there.
func worded(d resource.Difference) (expected, actual string) {
	switch d.Kind {
	case fact.TooMany:
		return d.Path + " has only the expected elements", d.Path + " also has " + match.JSON(d.Got)
	case fact.Duplicated:
		return d.Path + " has " + match.JSON(d.Got) + " once", d.Path + " has it more than once"
	case fact.TooFew:
		return d.Path + " has " + match.JSON(d.Want), d.Path + " does not have it"
	case fact.Absent, fact.Unchanged, fact.OtherValue, fact.OtherForm, fact.OtherCase, fact.Unasked, fact.Lost:
	}
	return d.Path + " is " + match.JSON(d.Want), d.Path + " is " + match.JSON(d.Got)
}

// changed returns the top names in which two resources differ.
func changed(before, want map[string]any) []string {
	var out []string
	for _, d := range resource.Compare(want, before, resource.Rules{}) {
		out = append(out, resource.Top(d.Path))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// underived leaves out of a wanted resource what a target may derive from the attributes that a
// write names: formatted, display and $ref, unless the write names them.
func underived(want, before map[string]any, touched []string) map[string]any {
	out := resource.Copy(want)
	for _, top := range touched {
		name := resource.Key(out, top)
		switch v := out[name].(type) {
		case map[string]any:
			old, _ := before[resource.Key(before, top)].(map[string]any)
			forget(v, old)
			if len(v) == 0 {
				delete(out, name)
			}
		case []any:
			old, _ := before[resource.Key(before, top)].([]any)
			for _, e := range v {
				if m, ok := e.(map[string]any); ok {
					forget(m, counterpart(old, m))
				}
			}
		}
	}
	return out
}

// counterpart is the element of a list before a write that an element after it stands for: the one with
// its type, or the one with its value.
func counterpart(list []any, element map[string]any) map[string]any {
	for _, part := range []string{"type", "value"} {
		text, _ := element[resource.Key(element, part)].(string)
		for _, e := range list {
			m, _ := e.(map[string]any)
			if old, _ := m[resource.Key(m, part)].(string); text != "" && strings.EqualFold(old, text) {
				return m
			}
		}
	}
	return nil
}

// forget deletes what follows from other parts of a value, if it is as before.
func forget(value, before map[string]any) {
	for _, part := range []string{"formatted", "display", "$ref"} {
		if name := resource.Key(value, part); match.JSON(value[name]) == match.JSON(before[resource.Key(before, part)]) {
			delete(value, name)
		}
	}
}

// given reports an attribute of users that the target is announced to compute, such as e-mails that
// follow from userName, and that the request does not name.
func (p *probe) given(path string) bool {
	is := func(s string) bool { return strings.EqualFold(s, resource.Top(path)) }
	return slices.ContainsFunc(p.survey.Users.Given, is) && !slices.ContainsFunc(p.named, is)
}

// rules are how this target's resources are compared.
func (p *probe) rules(touched []string) resource.Rules {
	return resource.Rules{
		Touched: touched,
		Loose: func(path string) bool {
			a := p.survey.Users.Find(path)
			return a == nil || !a.CaseExact
		},
		Ignored: func(path string) bool {
			// groups of a user follow from groups; members are compared as a set; display of a name follows from its parts
			if a := p.survey.Users.Find(path); a != nil && a.Secret() || p.given(path) {
				return true
			}
			return strings.EqualFold(path, "groups") || strings.EqualFold(path, "members") || strings.EqualFold(path, manager+".displayName") ||
				strings.EqualFold(path, "displayName") && slices.Contains(touched, "name") && !slices.Contains(touched, "displayName")
		},
	}
}
