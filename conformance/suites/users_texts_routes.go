package suites

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// roundTrip writes strings to the text attributes of users by every route: a create for each
// string, a PUT, and a PATCH with paths and one without. Each string must come back as a string.
func (p *probe) roundTrip(ctx context.Context, what string, values ...string) {
	p.plainly()
	u, names := p.aTexted(ctx, what, values)
	for start := range values[1:] { // each attribute gets each string
		u = p.aUserOf(ctx, complete(texted(p.person(what, nil), names, values, start+1)))
		p.textsKept(u, names, resource.Copy(u.sent), nil)
	}
	turn := len(values)
	if p.survey.Put.Works || !p.survey.Asked {
		body := texted(u.sent, names, values, turn)
		body["id"] = u.id
		p.retexted(ctx, u, http.MethodPut, body, names, body)
		turn++
	}
	p.textsPatched(ctx, u, values, turn)
}

// patchedTexts are the free texts that PATCH changes. A target may build displayName from the name.
func (p *probe) patchedTexts() []string {
	if !p.ability(catalog.Patch).Works || p.Lacks(catalog.Patch) != "" {
		return nil
	}
	return slices.DeleteFunc(p.freeTexts(), func(name string) bool {
		derived := name == "displayName" && len(p.survey.Users.Under("name")) > 0
		return derived || p.survey.Asked && !p.able(p.survey.Users.Find(name))
	})
}

// textsPatched writes strings by a PATCH with paths, and by one without.
func (p *probe) textsPatched(ctx context.Context, u *thing, values []string, turn int) {
	names := p.patchedTexts()
	if len(names) == 0 {
		return
	}
	want := texted(nil, names, values, turn)
	var operations []map[string]any
	for _, name := range names {
		operations = append(operations, op(p.spelled("replace"), name, resource.Value(want, name)))
	}
	p.retexted(ctx, u, http.MethodPatch, patchOp(operations...), names, want)
	names = slices.DeleteFunc(names, func(name string) bool { return strings.Contains(name, "[") })
	want = texted(nil, names, values, turn+1)
	p.retexted(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), "", want)), names, want)
}

// freeTexts are the attributes of users that hold any text, as the target keeps them: single ones,
// and parts of an element that its type selects.
func (p *probe) freeTexts() []string {
	if !p.survey.Asked {
		return append(p.texts(4), enterprise+":employeeNumber")
	}
	var out []string
	for _, a := range p.survey.Users.Attributes {
		top, last := strings.ToLower(resource.Top(a.Path)), a.Path[strings.LastIndexAny(a.Path, ".:")+1:]
		single := !a.Multi && (!a.Listed || strings.Contains(a.Path, "["))
		free := strings.EqualFold(a.Path, "displayName") || survey.Value(a, "", "") == "Tour"
		built := slices.ContainsFunc([]string{"formatted", "display"}, func(s string) bool { return strings.EqualFold(s, last) })
		if single && free && !built && top != "ims" && a.Post == survey.Kept && a.Writable() && !a.Secret() && len(a.Canonical) == 0 {
			out = append(out, a.Path)
		}
	}
	return out
}

// texted is a body in which the n-th attribute has the n-th string, after a number of turns.
func texted(body map[string]any, names, values []string, turn int) map[string]any {
	if body == nil {
		body = map[string]any{}
	}
	for i, name := range names {
		body = resource.With(body, name, values[(turn+i)%len(values)])
	}
	return body
}

// aTexted creates a user with strings in all free texts, or in fewer if the target rejects it.
func (p *probe) aTexted(ctx context.Context, what string, values []string) (*thing, []string) {
	names := p.freeTexts()
	sent := complete(texted(p.person(what, nil), names, values, 0))
	a := p.post(ctx, "Users", "userName", sent)
	if a.Status == http.StatusBadRequest || len(names) == 0 {
		names = p.texts(4)
		sent = complete(texted(p.person(what, nil), names, values, 0))
		a = p.post(ctx, "Users", "userName", sent)
	}
	p.because("no-users", a, match.Made())
	u := &thing{collection: "Users", id: p.id(a), sent: sent}
	u.now = p.arranged(ctx, u)
	p.textsKept(u, names, sent, nil)
	return u, names
}

// retexted writes strings to a user and looks whether they are kept. What a target rejects, or does
// not write at all, is for others to judge.
func (p *probe) retexted(ctx context.Context, u *thing, method string, body any, names []string, want map[string]any) {
	a := p.do(ctx, method, u.path(), body)
	if a.Status >= http.StatusBadRequest {
		return
	}
	before := u.now
	u.now = p.arranged(ctx, u)
	p.last = a
	p.textsKept(u, names, want, before)
}

// textsKept notes each string that a user does not have as it was sent, and that a write changed.
func (p *probe) textsKept(u *thing, names []string, want, before map[string]any) {
	method, route := p.last.Kind()
	if before == nil {
		method, route = http.MethodPost, "/Users"
	}
	p.finding.Assertions++
	for _, name := range names {
		sent, got := resource.Value(want, name), resource.Value(u.now, name)
		if got == sent || before != nil && (got == nil || got == resource.Value(before, name)) {
			continue
		}
		f := apart(p.last, resource.Difference{Path: name, Kind: fact.OtherForm, Want: sent, Got: got}, "a read after "+method+" "+route)
		f.Method, f.Route, f.Status = method, route, p.last.Status
		cause := ""
		if got == nil {
			cause = "create"
		}
		p.finds(name, cause, f)
	}
}
