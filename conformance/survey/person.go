package survey

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// person makes a user with everything that is announced and looks what comes back.
func (q *questions) person(ctx context.Context) {
	r := &q.survey.Users
	name := q.Name("person")
	a, f, body := q.make(ctx, r, name)
	r.Made = Ability{Works: created(a) && q.id(a) != "", Why: f.Actual, Fact: f}
	if !r.Made.Works {
		if f.Layer == fact.Transport {
			q.survey.Stop = q.ended(ctx, "POST /Users")
		}
		if !r.There && missing(a.Status) {
			q.survey.Stop = q.lost(a, q.elsewhere(ctx))
		}
		if created(a) {
			q.survey.Stop = &Stop{said(a) + " without an id in the body or a Location header, so the user cannot be found again", "return the new resource with its id, or at least a Location header"}
		}
		return
	}
	q.user = q.id(a)
	q.survey.EmptyMissing = !r.There
	shown := q.shown(ctx, "/Users/"+q.user, a)
	r.Echoes = echoes(a, shown)
	userName, _ := body["userName"].(string)
	found, f := q.queried(ctx, r, "userName", userName, anything)
	q.counted(ctx, r)
	list := found.Page().Resources
	right := len(list) == 1 && list[0]["id"] == q.user
	q.survey.Filter = Ability{Works: found.Status == http.StatusOK && right, Why: f.Actual, Fact: f}
	if len(list) == 1 {
		shown = append(shown, list[0])
	}
	for i := range r.Attributes {
		r.Attributes[i].returned(shown)
	}
	q.defaults(ctx, r)
	q.pages(ctx, r)
	q.patches(ctx, r, "/Users/"+q.user, userName)
	q.puts(ctx, body)
}

// created reports a successful create. A create may return 200 or have no body, which checks judge.
func created(a session.Response) bool { return a.Status >= 200 && a.Status < 300 }

// id returns the id of a new resource, from the body or from where Location leads.
func (q *questions) id(a session.Response) string {
	if id := a.Text("id"); id != "" {
		return id
	}
	location := a.Header.Get("Location")
	return location[strings.LastIndex(location, "/")+1:]
}

// make creates a resource. If all that is announced is refused, it finds out which attributes are.
func (q *questions) make(ctx context.Context, r *Resource, name string) (session.Response, fact.Fact, map[string]any) {
	for i, a := range r.Attributes {
		r.Attributes[i].Sent = q.value(r, a, name)
	}
	a, f, body := q.post(ctx, r, name, r.Attributes)
	if created(a) || a.Status < 400 || a.Status >= 500 {
		return a, f, body
	}
	if q.survey.Stop = q.taken(ctx, r, a, body); q.survey.Stop != nil {
		return a, f, body
	}
	needed, wanted := r.split()
	least, g, body := q.post(ctx, r, q.Name("least"), needed)
	if !created(least) {
		q.survey.Stop = q.verified(ctx, r, least)
		return a, f, body
	}
	q.refusals(ctx, r, needed, wanted)
	taken := slices.DeleteFunc(slices.Clone(r.Attributes), func(a Attribute) bool { return a.Post == Refused })
	if a, f, all := q.post(ctx, r, name, taken); created(a) {
		return a, f, all
	}
	return least, g, body
}

// split separates the attributes that a create needs from the others.
func (r *Resource) split() (needed, wanted []Attribute) {
	for _, a := range r.Attributes {
		if a.Required || strings.EqualFold(a.Path, "userName") || r.Name == "Group" && strings.EqualFold(a.Path, "displayName") {
			needed = append(needed, a)
			continue
		}
		wanted = append(wanted, a)
	}
	return needed, wanted
}

// refusals marks the attributes without which a create succeeds, by halves.
func (q *questions) refusals(ctx context.Context, r *Resource, needed, suspects []Attribute) {
	if len(suspects) == 0 || ctx.Err() != nil {
		return
	}
	a, _, _ := q.post(ctx, r, q.Name("half"), slices.Concat(needed, suspects))
	if created(a) {
		return
	}
	if len(suspects) == 1 {
		found := r.Find(suspects[0].Path)
		found.Post, found.Note = Refused, said(a)
		if strings.HasPrefix(strings.ToLower(found.Path), "emails") && q.survey.Stop == nil {
			q.survey.Stop = q.verified(ctx, r, a)
		}
		return
	}
	middle := len(suspects) / 2
	q.refusals(ctx, r, needed, suspects[:middle])
	q.refusals(ctx, r, needed, suspects[middle:])
}

// post creates a resource with some attributes.
func (q *questions) post(ctx context.Context, r *Resource, name string, attributes []Attribute) (session.Response, fact.Fact, map[string]any) {
	fresh := make([]Attribute, len(attributes))
	for i, a := range attributes {
		a.Sent = q.value(r, a, name)
		fresh[i] = a
	}
	body := Body(fresh)
	body["schemas"] = Schemas(r.Name, body)
	body = q.completed(r, name, body)
	a, err := q.Make(ctx, r.Name+"s", r.key(), body)
	f := fact.Fact{Layer: fact.Status, Method: http.MethodPost, Route: "/" + r.Name + "s", Status: a.Status, Words: fact.WordsOf(a.Detail()), Expected: "status 201", Actual: said(a)}
	if err != nil {
		f.Layer, f.Expected, f.Actual = fact.Transport, "a response", err.Error()
	}
	return a, f, body
}

// completed adds the values that the caller's template gives each resource.
func (q *questions) completed(r *Resource, name string, body map[string]any) map[string]any {
	rules := q.People()
	if r.Name == "Group" {
		return rules.Apply(rules.Group, name, body, true)
	}
	return rules.Apply(rules.User, name, body, true)
}

// value is what a resource gets for an attribute, by the rules of the caller.
func (q *questions) value(r *Resource, a Attribute, name string) any {
	if v := resource.Value(q.completed(r, name, map[string]any{}), a.Path); v != nil {
		return v
	}
	if r.Name == "User" && strings.EqualFold(a.Path, "userName") {
		return q.UserName(name)
	}
	return Value(a, name, q.Mail(name))
}

// Schemas are the URNs of a resource: the core one, and that of each extension in it.
func Schemas(kind string, body map[string]any) []any {
	list := []any{urn(kind)}
	for _, name := range slices.Sorted(maps.Keys(body)) {
		if strings.HasPrefix(strings.ToLower(name), "urn:") {
			list = append(list, name)
		}
	}
	return list
}

// shown returns what the endpoint shows of a resource: the response to its create and a read.
func (q *questions) shown(ctx context.Context, path string, made session.Response) []map[string]any {
	var list []map[string]any
	read := q.byID(ctx, path, isThere)
	if q.ReadBooleans(read.Body) {
		read, _ = q.send(ctx, http.MethodGet, path, nil)
	}
	if read.Status == http.StatusOK && read.Body != nil {
		list = append(list, read.Body)
	}
	if made.Body != nil && len(list) == 0 {
		list = append(list, made.Body)
	}
	return list
}

// returned compares what was sent with what the endpoint shows.
func (a *Attribute) returned(shown []map[string]any) {
	if a.Post == Refused || a.Secret() {
		return
	}
	a.Post = Dropped
	for _, object := range shown {
		got := resource.Value(object, a.Path)
		if got == nil {
			continue
		}
		a.Got, a.Post = got, Changed
		if a.same(got) {
			a.Post = Kept
			return
		}
	}
}

// same compares a value with the one that was sent.
func (a *Attribute) same(got any) bool {
	want, have := map[string]any{a.Path: a.Sent}, map[string]any{a.Path: got}
	return len(resource.Compare(want, have, resource.Rules{Loose: func(string) bool { return !a.CaseExact }})) == 0
}
