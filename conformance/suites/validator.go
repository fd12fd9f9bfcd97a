package suites

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// validator are the checks with the requests of Microsoft's SCIM Validator, as its exported results
// show them. They run under the profile validator-preview only: each forecasts one test.
func validator() []Spec {
	return slices.Concat(validatorUsers(), validatorManager(), validatorGroups(), validatorUsersPreview(), validatorGroupsPreview())
}

// seen is the evidence of the tests: their names and requests are in exports of the validator.
func seen() catalog.Basis {
	return catalog.Basis{
		Kind: catalog.Microsoft, Ref: "Microsoft's SCIM Validator; requests as in an export of 2026-02-23",
		URL: "https://learn.microsoft.com/entra/identity/app-provisioning/scim-validator-tutorial",
	}
}

// test describes a test of the validator. A preview test does not count there, so that it warns.
type test struct {
	number            int
	name, rule, cause string
	fix               string
	preview           bool
	needs             []string
}

// forecast makes the check of a test.
func forecast(t test, body func(ctx context.Context, p *probe)) Spec {
	level, about := catalog.Entra, catalog.Attributes
	if t.preview {
		level = catalog.Should
	}
	if slices.Contains(t.needs, catalog.GroupsHere) {
		about = catalog.Groups
	}
	return check(catalog.Check{
		ID: catalog.ID(fmt.Sprintf("VAL-%03d", t.number)), Suite: "validator", About: about, Level: level, Basis: seen(), Rule: t.rule, Cause: t.cause,
		Profile: catalog.ValidatorPreview, Needs: t.needs,
		Title: "handles the requests of the validator's test \"" + t.name + "\"",
		Why:   "Microsoft's SCIM Validator asks this. Its result is part of a request for the app gallery.",
		Fix:   t.fix,
	}, body)
}

// applicant arranges a user as the validator does: with every attribute that the target keeps.
// Elements of lists have the types that the target announces; where it announces none, they are
// primary, with the flag as a string.
func (p *probe) applicant(ctx context.Context, what string) *thing {
	sent := p.application(what)
	a := p.post(ctx, "Users", "userName", sent)
	p.prepared("no-users", a)
	return &thing{collection: "Users", id: p.id(a), sent: sent}
}

// prepared asserts that an object of a test was created. A test makes its own objects, so that it
// fails if it cannot.
func (p *probe) prepared(cause string, a session.Response) {
	p.finding.Cause = cause
	p.expect(a, match.Made())
	p.finding.Cause = ""
}

// application is the body of an applicant.
func (p *probe) application(what string) map[string]any {
	units, name := p.unitsIfAny(), p.Name(what)
	body := merged(p.person(what, nil), everything(units, 0, name))
	for _, u := range units {
		if e := u.untyped(body); e != nil {
			delete(e, "type")
			e["primary"] = "true"
		}
	}
	return complete(body)
}

// untyped returns the only element of a list whose types the target does not announce, or nil.
func (u unit) untyped(body map[string]any) map[string]any {
	if !u.list || len(u.leaves[0].Types) > 0 || !u.leaves[0].Primary {
		return nil
	}
	list, _ := body[resource.Key(body, u.name)].([]any)
	if len(list) != 1 {
		return nil
	}
	e, _ := list[0].(map[string]any)
	return e
}

// unflagged is a body without the flags that a server may add or spell in its own way.
func unflagged(body map[string]any) map[string]any {
	out := resource.Copy(body)
	for _, v := range out {
		list, _ := v.([]any)
		for _, e := range list {
			if element, ok := e.(map[string]any); ok {
				delete(element, "primary")
			}
		}
	}
	return out
}

// holdsAll asserts that a representation has what was sent.
func (p *probe) holdsAll(sent, got map[string]any, a session.Response, where string) {
	p.finding.Assertions++
	for _, d := range p.lost(unflagged(sent), got) {
		p.end(Failed, apart(a, d, where))
	}
}

// listOf asserts a list response with n resources, and returns the only one. Names are read in any
// letter case: the validator accepts "resources".
func (p *probe) listOf(a session.Response, n int) map[string]any {
	p.expect(a, match.Status(http.StatusOK))
	urns, _ := a.Body[resource.Key(a.Body, "schemas")].([]any)
	is := func(v any) bool { s, _ := v.(string); return strings.EqualFold(s, listURN) }
	p.expect(slices.ContainsFunc(urns, is), match.That("schemas has "+listURN, a.Request+" returned schemas "+match.JSON(urns)))
	_, numbered := a.Body[resource.Key(a.Body, "totalResults")].(float64)
	p.expect(numbered, match.That("totalResults is a number", a.Request+" returned totalResults "+match.JSON(a.Body[resource.Key(a.Body, "totalResults")])))
	p.expect(a, match.Total(n))
	if list := a.Page().Resources; n == 1 && len(list) == 1 {
		return list[0]
	}
	return map[string]any{}
}

// operate sends a PATCH with op in lower case, which is how the validator writes it.
func (p *probe) operate(ctx context.Context, t *thing, operations ...map[string]any) session.Response {
	a := p.do(ctx, http.MethodPatch, t.path(), patchOp(operations...))
	p.expect(a.Status >= 200 && a.Status < 300, match.That("a status from 200 to 299", fmt.Sprintf("%s returned status %d: %s", a.Request, a.Status, a.Detail())))
	return a
}

// readsAs asserts what a read of a thing shows after a write.
func (p *probe) readsAs(ctx context.Context, t *thing, want map[string]any, write session.Response) {
	read := p.get(ctx, t.path())
	p.expect(read, match.Status(http.StatusOK))
	p.last = write
	p.holdsAll(want, read.Body, write, "a read after "+write.Request)
}

// gone asserts that a thing is deleted: 204, and 404 for a read.
func (p *probe) gone(ctx context.Context, t *thing) {
	p.expect(p.do(ctx, http.MethodDelete, t.path(), nil), match.Status(http.StatusNoContent))
	p.expect(p.get(ctx, t.path()), match.Status(http.StatusNotFound))
}
