package survey

import (
	"context"
	"net/http"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// carriers is how many attributes are tried by PATCH before the survey stops looking for more.
const carriers = 3

// Carriers are the single-valued strings that may stand for any attribute, best first.
func Carriers() []string {
	return []string{"displayName", "title", "nickName", "name.givenName", "name.familyName", "userType", "externalId"}
}

// patches tries PATCH on the attributes that checks would like to change, and on those that a
// create dropped. PATCH works if it changes a text; a target that changes active alone cannot be
// updated.
func (q *questions) patches(ctx context.Context, r *Resource, path, userName string) {
	kept := 0
	for _, name := range Carriers() {
		if a := r.Find(name); a.patchable() && kept < carriers {
			q.tried(q.patch(ctx, a, path), a)
			if a.Patch == Kept {
				kept++
			}
		}
	}
	for i := range r.Attributes {
		a := &r.Attributes[i]
		if a.Post == Dropped && (a.Announced || a.Path == "externalId" || !r.Described) && q.survey.Patch.Works {
			q.patch(ctx, a, path)
		}
	}
	q.trials(ctx, r, path)
	q.manager(ctx, r, path)
	q.updated(ctx, r, path, userName)
	if a := r.Find("active"); a.patchable() { // last, because it may hide the user
		f := q.patch(ctx, a, path)
		if q.survey.Patch.Fact.Method == "" {
			q.tried(f, a)
		}
	}
	if q.survey.Patch.Fact.Method == "" { // nothing was kept
		q.survey.Patch = q.probed(ctx, path)
	}
}

// tried takes over what PATCH did to an attribute, until one works.
func (q *questions) tried(f fact.Fact, a *Attribute) {
	if !q.survey.Patch.Works {
		q.survey.Patch = Ability{Works: a.Patch == Kept, Why: f.Actual, Fact: f}
	}
}

// patchable reports an attribute that a PATCH should change.
func (a *Attribute) patchable() bool {
	return a != nil && a.Writable() && (a.Post == Kept || a.Post == Changed)
}

// probed asks whether PATCH is there at all.
func (q *questions) probed(ctx context.Context, path string) Ability {
	a, f := q.send(ctx, http.MethodPatch, path, patchOp("replace", "displayName", "Conf probe"))
	return Ability{Works: a.Status >= 200 && a.Status < 300, Why: f.Actual, Fact: f}
}

// patch changes an attribute and looks whether the change is there. The form of op is the one of
// RFC 7644 first, and Entra's if the target takes only that.
func (q *questions) patch(ctx context.Context, a *Attribute, path string) fact.Fact {
	value := Other(*a, a.Sent)
	for _, op := range []string{"replace", "Replace"} {
		if q.survey.Patch.Works && q.survey.Capital != (op == "Replace") {
			continue
		}
		response, f := q.send(ctx, http.MethodPatch, path, patchOp(op, a.Path, value))
		if response.Status < 200 || response.Status >= 300 {
			a.Patch, a.Note = Refused, said(response)
			f.Expected = "status 200 or 204"
			if op == "Replace" || response.Status >= 500 || missing(response.Status) {
				return f
			}
			continue
		}
		sent := *a
		sent.Sent = value
		read := q.byID(ctx, path, func(read session.Response) bool {
			return read.Status != http.StatusOK || sent.same(resource.Value(read.Body, a.Path))
		})
		if read.Status != http.StatusOK { // the change hid the user, which checks judge
			return f
		}
		got := resource.Value(read.Body, a.Path)
		switch {
		case sent.same(got):
			a.Patch, a.Note = Kept, ""
			q.survey.Capital = op == "Replace"
			return f
		case got == nil:
			a.Patch = Dropped
		default:
			a.Patch = Changed
			if a.same(got) {
				a.Patch = Dropped
			}
		}
		f.Layer, f.Kind, f.Attribute = fact.Value, fact.Unchanged, a.Path
		f.Expected, f.Actual = a.Path+" changes", a.Path+" does not change, although "+said(response)
		if op == "Replace" {
			return f
		}
	}
	return fact.Fact{Layer: fact.Status, Method: http.MethodPatch, Route: "/Users/{id}", Expected: "status 200 or 204", Actual: a.Note}
}

const patchURN = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

// patchOp is the body of a PATCH with one operation.
func patchOp(op, path string, value any) map[string]any {
	return map[string]any{
		"schemas":    []string{patchURN},
		"Operations": []any{map[string]any{"op": op, "path": path, "value": value}},
	}
}

// puts tries PUT with the body of the create.
func (q *questions) puts(ctx context.Context, body map[string]any) {
	a, f := q.send(ctx, http.MethodPut, "/Users/"+q.user, resource.With(body, "id", q.user))
	q.survey.Put = Ability{Works: a.Status >= 200 && a.Status < 300, Why: f.Actual, Fact: f}
}

// team makes a group without members, as Entra does, and adds the user.
func (q *questions) team(ctx context.Context) {
	r := &q.survey.Groups
	late := !r.There && r.Fact.Status == http.StatusNotFound && q.survey.EmptyMissing // it may only be empty
	if !r.There && !late {
		return
	}
	a, f, body := q.make(ctx, r, q.Name("team"))
	r.Made = Ability{Works: created(a) && q.id(a) != "", Why: f.Actual, Fact: f}
	if late {
		r.There = r.Made.Works
	}
	if !r.Made.Works {
		return
	}
	path := "/Groups/" + q.id(a)
	shown := q.shown(ctx, path, a)
	r.Echoes = echoes(a, shown)
	name, _ := body["displayName"].(string)
	q.queried(ctx, r, "displayName", name, anything)
	q.counted(ctx, r)
	for i := range r.Attributes {
		r.Attributes[i].returned(shown)
	}
	q.trials(ctx, r, path)
	if q.user == "" {
		return
	}
	op := "add"
	if q.survey.Capital {
		op = "Add"
	}
	response, f := q.send(ctx, http.MethodPatch, path, patchOp(op, "members", []any{map[string]any{"value": q.user}}))
	if response.Status >= 200 && response.Status < 300 {
		f = q.holds(ctx, path, f)
	}
	r.MembersByPatch = Ability{Works: f.Layer != fact.Status && f.Layer != fact.Transport && f.Kind == "", Why: f.Actual, Fact: f}
	full, made := q.full(ctx)
	r.MembersByPost = full
	q.pages(ctx, r)
	r.Echoes = r.Echoes && (!full.Works || q.member(made.Body))
}

// holds reads a group that must have the survey's user as its only member. Without a difference,
// the fact has no kind.
func (q *questions) holds(ctx context.Context, path string, f fact.Fact) fact.Fact {
	read := q.byID(ctx, q.survey.Groups.Named(path), func(a session.Response) bool { return a.Status != http.StatusOK || q.member(a.Body) })
	list, _ := read.Body[resource.Key(read.Body, "members")].([]any)
	f.Layer, f.Attribute = fact.Value, "members"
	f.Expected = "the group has the member that was added"
	if q.member(read.Body) {
		return f
	}
	f.Kind = fact.Absent
	f.Actual = "a read of the group shows no such member"
	if len(list) == 0 {
		f.Actual = "a read of the group shows no members"
	}
	if q.survey.Groups.OnRequest {
		f.Actual += ", although the request names them"
	}
	return f
}

// member reports whether a group shows the survey's user as a member.
func (q *questions) member(group map[string]any) bool {
	list, _ := group[resource.Key(group, "members")].([]any)
	return slices.ContainsFunc(list, func(e any) bool {
		m, _ := e.(map[string]any)
		return m["value"] == q.user
	})
}

// full makes a group with a member, and returns the response to the create.
func (q *questions) full(ctx context.Context) (Ability, session.Response) {
	name := q.Name("full")
	needed, _ := q.survey.Groups.split()
	for i, a := range needed {
		needed[i].Sent = q.value(&q.survey.Groups, a, name)
	}
	body := Body(needed)
	body["schemas"], body["members"] = []any{resource.Group}, []any{map[string]any{"value": q.user}}
	body = q.completed(&q.survey.Groups, name, body)
	a, err := q.Make(ctx, "Groups", "displayName", body)
	f := fact.Fact{Layer: fact.Status, Method: http.MethodPost, Route: "/Groups", Status: a.Status, Words: fact.WordsOf(a.Detail()), Expected: "status 201", Actual: said(a)}
	if err != nil || !created(a) {
		return Ability{Why: f.Actual, Fact: f}, a
	}
	f = q.holds(ctx, "/Groups/"+q.id(a), f)
	return Ability{Works: f.Kind == "", Why: f.Actual, Fact: f}, a
}
