package suites

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// probe is one running check, with the helpers that check bodies use.
type probe struct {
	*session.Case
	survey  *survey.Survey
	check   catalog.Check
	gomega  gomega.Gomega
	finding *Finding
	stock   *stock
	// named are the top names in the last write.
	named []string
	// operation is the op that all operations of the last PATCH have.
	operation string
	// last is the last response, which decides most findings.
	last session.Response
	// thorough arranges everything with plain requests, and spared reports that some were spared.
	thorough, spared bool
	// hurried reports that reads were sent together, which one after the other might show other things.
	hurried bool
	// sample is how long the request rate is measured.
	sample time.Duration
	// steps and seed are those of the run for random sequences; 0 is the default.
	steps int
	seed  uint64
	// deep is how long the target is asked for random sequences beyond the steps.
	deep time.Duration
	// access looks whether a person gets in; nil if the caller gave no way.
	access *Access
	// sees says what the administrator of another client than Entra sees after a response; nil is Entra.
	sees func(a session.Response) string
}

// plainly makes a check spare no request, because it judges what a read shows after a create.
func (p *probe) plainly() { p.thorough = true }

// ended is what a body panics with to end its check.
type ended struct{}

// expect asserts a condition. A failure ends the check.
func (p *probe) expect(actual any, m types.GomegaMatcher) {
	p.finding.Assertions++
	if f, ok := p.holds(actual, m); !ok {
		p.end(Failed, f)
	}
}

// because asserts what a check needs before it can ask. A failure is about that step: the check
// that is about it fails, and all others are blocked.
func (p *probe) because(cause string, actual any, m types.GomegaMatcher) {
	f, ok := p.holds(actual, m)
	if ok {
		return
	}
	p.finding.Cause = cause
	if catalog.Base(cause) == p.check.ID {
		p.finding.Assertions++
		p.end(Failed, f)
	}
	if f.Status < http.StatusBadRequest && (cause == "no-members" || cause == "members-post") {
		p.unshown()
	}
	p.foreseen(f)
	p.end(Blocked, f)
}

// holds applies a matcher and returns what was seen if it does not match.
func (p *probe) holds(actual any, m types.GomegaMatcher) (f fact.Fact, ok bool) {
	if ok = p.gomega.Expect(actual).To(m); ok {
		return f, true
	}
	a, is := actual.(session.Response)
	if !is {
		a = p.last
	}
	f = match.Fact(m)
	f.Method, f.Route = a.Kind()
	f.Status, f.Words = a.Status, fact.WordsOf(a.Detail())
	return f, false
}

// end ends a check with a difference.
func (p *probe) end(how Ending, f fact.Fact) {
	if how == Failed {
		f = p.outermost(f)
		p.foreseen(f)
	}
	if base := p.explained(f); how == Failed && base != "" {
		if base == membersHidden {
			p.unshown()
		}
		how, p.finding.Cause = Blocked, base
	}
	f.Operation = p.operation
	if p.sees != nil && how == Failed {
		f.Actual += p.sees(p.last)
	}
	p.finding.Ending, p.finding.Fact = how, f
	if how == Blocked {
		p.finding.Why = f.Actual
	}
	panic(ended{})
}

// stop ends a check that received no response. A connection that the target closes is its fault;
// a response that comes too late says nothing.
func (p *probe) stop(err error) {
	l := session.AsLost(err)
	gone, late := errors.AsType[*session.Gone](err)
	if l != nil && l.Failure == exchange.FailureRefused {
		gone = p.Left()
		late = gone != nil
	}
	if late {
		p.finding.Ending, p.finding.Why, p.finding.Gone = Blocked, "not run: "+gone.Error(), true
		panic(ended{})
	}
	if l != nil && l.Failure == exchange.FailureReset {
		p.finding.Assertions++
		p.finding.Lost = l.Method + " " + l.Path
		p.end(Failed, fact.Fact{
			Layer: fact.Transport, Method: l.Method, Route: fact.RouteOf(l.Path), Expected: "a response with an HTTP status",
			Actual: l.Method + " " + l.Path + ": the target closed the connection without a response",
		})
	}
	p.finding.Ending, p.finding.Why = Errored, err.Error()
	panic(ended{})
}

// skip ends a check that has nothing to ask this target, with the reason.
func (p *probe) skip(why string) {
	p.finding.Ending, p.finding.Why = Skipped, why
	panic(ended{})
}

// showing is the path whose response shows the members of groups, if the target shows them on request only.
func (p *probe) showing(path string) string {
	if strings.HasPrefix(path, "/Groups/") || strings.HasPrefix(path, "/Groups?") {
		return p.survey.Groups.Named(path)
	}
	return path
}

// ahead sends reads together that the check is about to send one after the other. A finding that
// rests on them is made again without.
func (p *probe) ahead(ctx context.Context, paths ...string) {
	shown := make([]string, len(paths))
	for i, path := range paths {
		shown[i] = p.showing(path)
	}
	if !p.thorough && p.Ahead(ctx, shown...) {
		p.hurried = true
	}
}

func (p *probe) do(ctx context.Context, method, path string, body any) session.Response {
	if method == http.MethodGet {
		path = p.showing(path)
	}
	a, err := p.Send(ctx, method, path, body, nil)
	if err != nil {
		p.stop(err)
	}
	p.last = a
	p.narrow(method, path, a)
	if body != nil {
		p.named, p.operation = namedIn(body), operationIn(body)
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
	p.keeps(path, operations)
	for _, o := range operations {
		if name, _ := o["op"].(string); name != "" && p.check.Cause != "letter-case-op" {
			o["op"] = p.spelled(name)
		}
	}
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
	p.creates(collection)
	a, err := p.Make(ctx, collection, key, p.ruled(collection, key, body))
	if err != nil {
		p.stop(err)
	}
	p.last = a
	return a
}

// ruled adds the values that each resource needs by the rules of the caller, unless the check
// leaves out the name on purpose.
func (p *probe) ruled(collection, key string, body map[string]any) map[string]any {
	name, named := body[key].(string)
	if !named {
		return body
	}
	rules := p.People()
	template := rules.User
	if collection == "Groups" {
		template = rules.Group
	}
	name, _, _ = strings.Cut(name, "@")
	return rules.Apply(template, name, body, false)
}

// postRaw is post with a raw body. object describes its content.
func (p *probe) postRaw(ctx context.Context, collection, key string, object map[string]any, raw string) (a session.Response) {
	p.creates(collection)
	a, err := p.MakeRaw(ctx, collection, key, object, raw)
	if err != nil {
		p.stop(err)
	}
	p.last = a
	return a
}

// id returns the id of a new resource.
func (p *probe) id(a session.Response) string {
	id := a.ID()
	p.because("no-id", id != "", match.That(
		"the response has an id, or a Location header", a.Request+" returned neither an id that is a string nor a Location header"))
	return id
}
