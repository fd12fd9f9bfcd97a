package suites

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/match"
	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// rejected asserts that a request was rejected with one of the statuses. A rejection with another
// status is a fault of the status alone.
func (p *probe) rejected(a session.Response, statuses ...int) {
	if a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError {
		p.finding.Cause = "error-status"
	}
	p.expect(a, match.Status(statuses...))
	p.finding.Cause = ""
}

// untouchedUser asserts that a rejected request changed nothing of a thing.
func (p *probe) untouchedUser(ctx context.Context, t *thing, a session.Response) {
	read := p.get(ctx, t.path())
	p.expect(read, match.Status(http.StatusOK))
	p.last = a
	p.finding.Assertions++
	for _, d := range resource.Compare(t.now, read.Body, p.rules(nil)) {
		f := apart(a, d, "a read after the rejected "+a.Request)
		f.Layer = fact.Claim
		p.finding.Cause = "refused-stored"
		p.end(Failed, f)
	}
}

// put sends a PUT of a user. Without a PUT that works, USR-031 fails and the check is blocked.
func (p *probe) put(ctx context.Context, t *thing, body map[string]any) session.Response {
	if s := p.survey; s.Asked && !s.Put.Works && s.Put.Fact.Method != "" && p.check.ID != "USR-031" {
		p.finding.Cause = "no-put"
		p.end(Blocked, s.Put.Fact)
	}
	a := p.do(ctx, http.MethodPut, t.path(), body)
	p.because("no-put", a, match.Not(http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented))
	return a
}

// renamesUser ends the check if the target declares that userName cannot be changed.
func (p *probe) renamesUser() {
	if a := p.survey.Users.Find("userName"); a != nil && !a.Writable() {
		p.finding.Lacks = "a userName that can be changed"
		p.skip("/Schemas declares userName as " + a.Mutability)
	}
}
