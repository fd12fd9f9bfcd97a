package suites

import (
	"context"
	"net/http"

	. "github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// probe is one running check, with the helpers that check bodies use.
type probe struct {
	*session.Case
	gomega  gomega.Gomega
	finding *Finding
}

// expect asserts a condition. A failure ends the check.
func (p *probe) expect(actual any, m types.GomegaMatcher) {
	p.finding.Assertions++
	p.gomega.Expect(actual).To(m)
}

// because asserts a precondition of the check. A failure is reported with the given cause.
func (p *probe) because(cause string, actual any, m types.GomegaMatcher) {
	before := p.finding.Cause
	p.finding.Cause = cause
	p.expect(actual, m)
	p.finding.Cause = before
}

func (p *probe) failed(message string, _ ...int) {
	p.finding.Expected, p.finding.Actual = match.Split(message)
	Fail(p.finding.Actual)
}

// stop ends a check that received no response.
func (p *probe) stop(err error) {
	p.finding.Unanswered = err.Error()
	Fail("errored: " + err.Error())
}

func (p *probe) do(ctx context.Context, method, path string, body any) session.Response {
	a, err := p.Send(ctx, method, path, body, nil)
	if err != nil {
		p.stop(err)
	}
	return a
}

func (p *probe) get(ctx context.Context, path string) session.Response {
	return p.do(ctx, http.MethodGet, path, nil)
}

// read gets a resource that must exist.
func (p *probe) read(ctx context.Context, path string) map[string]any {
	a := p.get(ctx, path)
	p.expect(a, match.Status(http.StatusOK))
	return a.Body
}

// patch sends a PATCH and accepts any response.
func (p *probe) patch(ctx context.Context, path string, operations ...map[string]any) session.Response {
	a := p.do(ctx, http.MethodPatch, path, patchOp(operations...))
	p.because("no-patch", a, match.Not(http.StatusMethodNotAllowed, http.StatusNotImplemented))
	return a
}

// patchOp is the body of a PATCH.
func patchOp(operations ...map[string]any) map[string]any {
	if operations == nil {
		operations = []map[string]any{}
	}
	return map[string]any{"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, "Operations": operations}
}

// change sends a PATCH that must succeed.
func (p *probe) change(ctx context.Context, path string, operations ...map[string]any) session.Response {
	a := p.patch(ctx, path, operations...)
	p.expect(a, match.Success())
	return a
}

// op is a PATCH operation. It omits an empty path and a nil value.
func op(name, path string, value any) map[string]any {
	o := map[string]any{"op": name}
	if path != "" {
		o["path"] = path
	}
	if value != nil {
		o["value"] = value
	}
	return o
}

// opNull is an operation whose value is null.
func opNull(name, path string) map[string]any {
	return map[string]any{"op": name, "path": path, "value": nil}
}

// post tries to create an object and returns the response.
func (p *probe) post(ctx context.Context, collection, key string, body map[string]any) session.Response {
	a, err := p.Make(ctx, collection, key, body)
	if err != nil {
		p.stop(err)
	}
	return a
}

func (p *probe) id(a session.Response) string {
	id, _ := a.Body["id"].(string)
	p.expect(id != "", match.That("the response has an id that is a non-empty string", a.Request+" returned a body with id "+match.JSON(a.Body["id"])))
	return id
}

// element returns the element of a multi-valued attribute with the given type, or nil.
func element(body map[string]any, attribute, kind string) map[string]any {
	list, _ := body[attribute].([]any)
	for _, e := range list {
		if m, ok := e.(map[string]any); ok && m["type"] == kind {
			return m
		}
	}
	return nil
}

func inner(body map[string]any, name string) map[string]any {
	m, _ := body[name].(map[string]any)
	return m
}

// postRaw is post with a raw body. object describes its content.
func (p *probe) postRaw(ctx context.Context, collection, key string, object map[string]any, raw string) (a session.Response) {
	a, err := p.MakeRaw(ctx, collection, key, object, raw)
	if err != nil {
		p.stop(err)
	}
	return a
}

func idOf(resource any) any {
	m, _ := resource.(map[string]any)
	return m["id"]
}

// skip ends a check that has nothing to ask this target, with the reason.
func (p *probe) skip(why string) { Skip(why) }
