package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
)

// aFilledUser arranges a user with every attribute that the target keeps, and with two elements of
// each list that may have them.
func (p *probe) aFilledUser(ctx context.Context, what string) *thing {
	lists := p.pluralsIfAny()
	if len(lists) == 0 {
		return p.aRichUser(ctx, what)
	}
	body := merged(p.person(what, nil), everything(p.units(), 0, p.Name(what)))
	for _, l := range lists {
		body = resource.With(body, l.name, l.both())
	}
	a := p.post(ctx, "Users", "userName", complete(body))
	if a.Status == http.StatusBadRequest {
		return p.aRichUser(ctx, what)
	}
	p.because("no-users", a, match.Made())
	u := &thing{collection: "Users", id: p.id(a), sent: body}
	u.now = p.begun(ctx, u, a)
	return u
}

// staysDisabled changes a disabled user with everything by each route. What a request does not name
// stays, active included.
func (p *probe) staysDisabled(ctx context.Context, name string) {
	u := p.aFilledUser(ctx, "stays")
	p.set(ctx, u, resource.With(u.now, "active", false), op("replace", "active", false))
	p.aside(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), "", map[string]any{name: "Stays"})), name)
	if p.Lacks(catalog.Put) == "" && p.survey.Asked && p.survey.Put.Works {
		body := resource.With(resource.With(u.sent, "active", false), name, "Stays on")
		body["id"] = u.id
		p.aside(ctx, u, http.MethodPut, body, name)
	}
	p.aside(ctx, u, http.MethodPatch, patchOp(op(p.spelled("replace"), "userName", p.UserName(p.Name("renamed")))), "userName")
}

// aside sends a write, and asserts that nothing changes but some attributes. What it does to these is
// for others to judge.
func (p *probe) aside(ctx context.Context, u *thing, method string, body any, names ...string) {
	a := p.do(ctx, method, u.path(), body)
	read := p.get(ctx, u.path())
	if a.Status >= http.StatusMultipleChoices || read.Status != http.StatusOK {
		return
	}
	want := u.now
	for _, name := range names {
		want = resource.With(want, name, resource.Value(read.Body, name))
	}
	p.becomes(ctx, u, want, a, names...)
}
