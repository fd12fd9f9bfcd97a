package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// plurals returns the multi-valued attributes that the target keeps, that PATCH may change, and
// whose elements have types. The first one is that of plural.
func (p *probe) plurals() []plural {
	first := p.plural()
	list := []plural{first}
	if !p.survey.Asked {
		return list
	}
	for _, u := range p.units() {
		l := plural{u, first.run}
		if u.name != first.name && u.kind != "" && !u.stuck() && !u.required() && len(u.leaves[0].Types) != 1 && u.leaves[0].Type == "string" && len(u.leaves[0].Canonical) == 0 {
			list = append(list, l)
		}
	}
	return list
}

// pluralsIfAny is plurals for a check that needs none.
func (p *probe) pluralsIfAny() []plural {
	keeps := func(u unit) bool {
		return u.kind != "" && len(u.leaves[0].Types) != 1 && slices.Contains([]string{"emails", "phoneNumbers", "addresses"}, u.name)
	}
	if !p.survey.Asked || !slices.ContainsFunc(p.unitsIfAny(), keeps) {
		return nil
	}
	return p.plurals()
}

// inLists changes one element of each multi-valued attribute of a user in one PATCH, and asserts
// that the others are as before. change returns the user that is wanted, and the operation, or nil
// for a list that is left out.
func (p *probe) inLists(ctx context.Context, change func(l plural, now map[string]any) (want, operation map[string]any)) {
	u, lists := p.aListedIn(ctx, p.plurals())
	want := u.now
	var operations []map[string]any
	for _, l := range lists {
		after, operation := change(l, want)
		if operation != nil {
			want, operations = after, append(operations, operation)
		}
	}
	if len(operations) > 0 {
		p.set(ctx, u, want, operations...)
	}
}

// aListedIn arranges a user with two elements of each attribute, and returns those that the target
// keeps so. If it keeps two elements of the first one only, the others are left out: other checks
// say so.
func (p *probe) aListedIn(ctx context.Context, lists []plural) (*thing, []plural) {
	body := p.person("listed", nil)
	for _, l := range lists[1:] {
		body = resource.With(body, l.name, l.both())
	}
	body = complete(resource.With(body, lists[0].name, lists[0].both()))
	if len(lists) == 1 {
		return p.aListed(ctx, lists[0]), lists
	}
	a := p.post(ctx, "Users", "userName", body)
	if a.Status == http.StatusBadRequest {
		return p.aListed(ctx, lists[0]), lists[:1]
	}
	p.because("no-users", a, match.Made())
	u := &thing{collection: "Users", id: p.id(a), sent: body}
	u.now = p.begun(ctx, u, a)
	kept := slices.DeleteFunc(slices.Clone(lists), func(l plural) bool { return !l.twice(u.now) })
	if len(kept) == 0 || kept[0].name != lists[0].name {
		return p.aListed(ctx, lists[0]), lists[:1]
	}
	return u, kept
}

// longer is the value of the second element of a list without types. That of the first one is the
// beginning of it.
const longer = "Tourist"

// inValues changes one element of each list whose elements are told apart by their value, in one PATCH,
// like inLists.
func (p *probe) inValues(ctx context.Context, change func(u unit, now map[string]any) (want, operation map[string]any)) {
	var units []unit
	body := p.person("values", nil)
	for _, u := range p.unitsIfAny() {
		first := u.leaves[0]
		if u.list && first.Listed && u.kind == "" && sub(first) == "value" && first.Type == "string" && len(first.Canonical) == 0 && !u.required() && !u.stuck() {
			units = append(units, u)
			body = resource.With(body, u.name, []any{map[string]any{"value": longer[:len(longer)-1]}, map[string]any{"value": longer}})
		}
	}
	if len(units) == 0 || !p.survey.Asked {
		return
	}
	a := p.post(ctx, "Users", "userName", complete(body))
	if a.Status >= http.StatusBadRequest { // a role has a form that is not announced
		return
	}
	t := &thing{collection: "Users", id: p.id(a), sent: body}
	t.now = p.arranged(ctx, t)
	want, operations := t.now, []map[string]any(nil)
	for _, u := range units {
		if list, _ := resource.Value(t.now, u.name).([]any); len(list) != 2 || valued(list[0]) == longer || valued(list[1]) != longer {
			continue // which other checks are about, and the order is the target's own
		}
		after, operation := change(u, want)
		want, operations = after, append(operations, operation)
	}
	if len(operations) > 0 {
		p.set(ctx, t, want, operations...)
	}
}

// valued is the value of an element, or "".
func valued(element any) string {
	m, _ := element.(map[string]any)
	text, _ := m[resource.Key(m, "value")].(string)
	return text
}

// twice reports whether a user has both elements of the attribute.
func (l plural) twice(user map[string]any) bool {
	return resource.Element(user, l.name, l.typeOf(0)) != nil && resource.Element(user, l.name, l.typeOf(1)) != nil
}

// stored is the n-th element with the values that the target stored: it may have changed their form
// (RFC 7643 section 4.1.2).
func (l plural) stored(user map[string]any, n int) map[string]any {
	e, kept := l.element(n), resource.Element(user, l.name, l.typeOf(n))
	for name := range e {
		if v, there := kept[name]; there {
			e[name] = v
		}
	}
	return e
}

// asSent reports whether the n-th element is shown as it was sent.
func (l plural) asSent(user map[string]any, n int) bool {
	sent, kept := l.element(n), resource.Element(user, l.name, l.typeOf(n))
	for name, v := range sent {
		if shown, there := kept[name]; there && shown != v {
			return false
		}
	}
	return true
}

// typesInAnyCase changes an element that a type in capitals selects, where /Schemas says that the case of
// types means nothing (RFC 7643 section 7). A target may reject it.
func (p *probe) typesInAnyCase(ctx context.Context) {
	lists := slices.DeleteFunc(p.pluralsIfAny(), func(l plural) bool { return !l.leaves[0].Announced || l.leaves[0].TypeExact })
	if len(lists) == 0 {
		return
	}
	u, lists := p.aListedIn(ctx, lists)
	l := lists[0]
	path := l.name + `[type eq "` + strings.ToUpper(l.typeOf(0)) + `"].` + sub(l.leaves[0])
	a := p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), path, l.other())))
	if a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError {
		p.becomes(ctx, u, u.now, a)
		return
	}
	p.becomes(ctx, u, resource.With(u.now, l.part(0), l.other()), a)
}

// joined adds a second element to each list of a new user, which must keep the first one.
func (p *probe) joined(ctx context.Context, add func(l plural) map[string]any) (*thing, []plural) {
	lists, body := p.plurals(), p.person("second", nil)
	for _, l := range lists {
		body = resource.With(body, l.name, l.both()[:1])
	}
	u := p.aUserOf(ctx, complete(body))
	want, operations := u.now, make([]map[string]any, len(lists))
	for i, l := range lists {
		list, _ := resource.Value(u.now, l.name).([]any)
		want, operations[i] = resource.With(want, l.name, append(slices.Clip(list), l.element(1))), add(l)
	}
	p.gains(ctx, u, want, operations...)
	return u, lists
}

// bothAdded adds two elements at once to each list that a new user does not have.
func (p *probe) bothAdded(ctx context.Context) {
	u := p.aUserOf(ctx, p.bare("both"))
	want, operations := u.now, []map[string]any(nil)
	for _, l := range p.plurals() {
		if resource.Value(u.now, l.name) == nil {
			want, operations = resource.With(want, l.name, l.both()), append(operations, op("add", l.name, l.both()))
		}
	}
	if len(operations) > 0 {
		p.set(ctx, u, want, operations...)
	}
}

// newPrimaries adds a second element that is primary to each list, in one PATCH.
func (p *probe) newPrimaries(ctx context.Context) {
	lists := slices.DeleteFunc(p.plurals(), func(l plural) bool { return !l.flagged() })
	body := p.person("primaries", nil)
	for _, l := range lists {
		body = resource.With(body, l.name, l.both()[:1])
	}
	u := p.aUserOf(ctx, complete(body))
	want, operations := u.now, make([]map[string]any, len(lists))
	for i, l := range lists {
		e := l.element(1)
		e["primary"] = true
		list, _ := resource.Value(resource.With(u.now, l.of(0)+".primary", nil), l.name).([]any)
		want, operations[i] = resource.With(want, l.name, append(slices.Clip(list), e)), op("add", l.name, []any{e})
	}
	p.set(ctx, u, want, operations...)
	for _, l := range lists {
		p.isPrimary(u, l, 1)
	}
}

// twins creates a user with two e-mails of one type, and with two elements of each other list. A
// target may reject them; it must not drop one of them.
func (p *probe) twins(ctx context.Context, kind string) {
	name := p.Name("twins")
	sent := map[string]any{"emails": []any{
		typed(kind, map[string]any{"value": p.Mail(name), "primary": true}), typed(kind, map[string]any{"value": p.Mail("twin-" + name)}),
	}}
	for _, l := range p.plurals() {
		if l.name != "emails" {
			sent[l.name] = l.both()
		}
	}
	for _, u := range p.units() {
		if free := len(u.leaves[0].Canonical) == 0 && u.leaves[0].Type == "string"; u.list && u.leaves[0].Listed && u.kind == "" && free {
			first, _ := u.value(0, name).([]any)
			second, _ := u.value(1, name).([]any)
			sent[u.name] = slices.Concat(first, second)
		}
	}
	a := p.post(ctx, "Users", "userName", p.person("twins", sent))
	if a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError {
		return
	}
	p.because("no-users", a, match.Made())
	read := p.get(ctx, "/Users/"+p.id(a))
	p.because("no-read", read, match.Status(http.StatusOK))
	for _, d := range p.lost(sent, read.Body) {
		if d.Got == nil && (!strings.HasSuffix(d.Path, ".primary") || p.announcesPrimary(resource.Top(d.Path))) { // other differences are of single values
			p.end(Failed, apart(a, d, "a user that was created with two elements of each list"))
		}
	}
}

// announcesPrimary reports whether /Schemas lists a primary flag of an attribute.
func (p *probe) announcesPrimary(name string) bool {
	return slices.ContainsFunc(p.survey.Users.Under(name), func(a survey.Attribute) bool { return a.Primary })
}
