package suites

import (
	"context"
	"net/http"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// usersBystanders is the check of users who have much in common with the one that a request names.
func usersBystanders() []Spec {
	return []Spec{
		check(catalog.Check{
			ID: "USR-081", Suite: "users", About: catalog.Attributes, Level: catalog.Must, Basis: rfc7644("3.5"), Rule: "R-81", Cause: "others-changed",
			Title: "changes and deletes only the user that a request names",
			Why:   "Two people may have one name, and the user names of two may begin or end alike. A leaver must not take the other one along.",
			Fix:   "Select what a request changes by its id alone, never by a part of a name or by a value that others may share.",
		}, func(ctx context.Context, p *probe) {
			u := p.aUser(ctx, "twin", nil)
			near := p.bystanders(ctx, u)
			if len(near) == 0 {
				p.skip("the target takes no user name that contains another one")
			}
			unchanged := func(a session.Response) {
				paths := make([]string, len(near))
				for i, t := range near {
					paths[i] = t.path()
				}
				p.ahead(ctx, paths...)
				for _, t := range near {
					read := p.get(ctx, t.path())
					p.last = a
					p.expect(read.Status == http.StatusOK, match.That("another user is still there after "+a.Request, "a read of it no longer returns 200"))
					for _, d := range resource.Compare(t.now, read.Body, p.rules(nil)) {
						p.end(Failed, differs(d, nil, nil, a))
					}
				}
			}
			for _, write := range p.writesOf(u) {
				a := p.do(ctx, write.method, u.path(), write.body)
				if a.Status < http.StatusMultipleChoices { // what is refused is for others to judge
					unchanged(a)
				}
			}
			unchanged(p.deletes(ctx, u.path()))
		}),
	}
}

// request is a write of a resource.
type request struct {
	method string
	body   any
}

// writesOf are a change, a deactivation, a rename and a replacement of a user, as far as a target has them.
func (p *probe) writesOf(u *thing) (out []request) {
	change := func(path string, value any) {
		if a := p.survey.Users.Find(path); p.Lacks(catalog.Patch) == "" && p.ability(catalog.Patch).Works && (!p.survey.Asked || p.able(a)) {
			out = append(out, request{http.MethodPatch, patchOp(op(p.spelled("replace"), path, value))})
		}
	}
	for _, path := range p.possible()[:min(1, len(p.possible()))] {
		change(path, p.Name("changed"))
	}
	change("active", false)
	change("userName", p.UserName(p.Name("renamed")))
	if p.Lacks(catalog.Put) == "" && (!p.survey.Asked || p.survey.Put.Works) {
		body := resource.Copy(u.sent)
		body["id"] = u.id
		out = append(out, request{http.MethodPut, body})
	}
	return out
}

// bystanders arranges users who share all names with another one. The user name of the first ends as that
// of the other one ends, and the user name of the second begins with it. A target may refuse either.
func (p *probe) bystanders(ctx context.Context, u *thing) []*thing {
	var out []*thing
	name, _ := u.sent["userName"].(string)
	for _, other := range []string{"x" + name, name + "x"} {
		body := p.person("near", nil)
		for _, path := range []string{"displayName", "name", "title"} {
			if v := resource.Value(u.sent, path); v != nil {
				body = resource.With(body, path, v)
			}
		}
		body["userName"] = other
		a := p.post(ctx, "Users", "userName", body)
		if a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError {
			continue
		}
		p.because("no-users", a, match.Made())
		t := &thing{collection: "Users", id: p.id(a), sent: body}
		t.now = p.arranged(ctx, t)
		if now, _ := t.now["userName"].(string); strings.EqualFold(now, other) {
			out = append(out, t)
		}
	}
	return out
}
