package suites

import (
	"context"
	"fmt"
	"net/http"
	"sync"

	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/invariant"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// ruled are the rules about all responses as checks without a body.
func ruled() []Spec {
	rules := invariant.Rules()
	out := make([]Spec, len(rules))
	for i, r := range rules {
		out[i] = Spec{Check: r.Check, last: true}
	}
	return out
}

// least is how many responses a rule must have seen to hold. many is how many checks make
// least of them; a smaller selection asks for a sample.
const (
	least = 2
	many  = 40
)

// judged is the finding of a rule, after all other checks.
func (s Suite) judged(c Spec, transcript []*exchange.Exchange) *Finding {
	f := &Finding{ID: c.ID, Ending: Passed, transcript: transcript}
	v := s.Transcript.Judge(c.ID)
	f.Assertions = v.Judged
	switch {
	case v.Broken > 0:
		f.Ending, f.Fact, f.Cause = Failed, v.Fact, v.Cause
		f.Exchanges = []*exchange.Exchange{v.Exchange}
	case v.Judged < least:
		f.Ending, f.Why = Skipped, fmt.Sprintf("too few responses that the rule is about: %d of at least %d", v.Judged, least)
	}
	return f
}

// sampled returns a function that asks the target for a few responses of each kind, once. It does
// nothing if least other checks do that.
func (s Suite) sampled(ctx context.Context, list []Spec) func() []*exchange.Exchange {
	checks := 0
	for _, c := range list {
		if c.body != nil {
			checks++
		}
	}
	var once sync.Once
	return func() (transcript []*exchange.Exchange) {
		once.Do(func() {
			if checks >= many || ctx.Err() != nil {
				return
			}
			c := Spec{Check: catalog.Check{ID: "sample"}, body: sample}
			p := &probe{Case: s.Session.Begin("sample"), survey: s.known(), check: c.Check, finding: &Finding{}}
			p.gomega = gomega.NewGomega(func(string, ...int) {})
			s.body(ctx, c, p)
			p.End(ctx)
			transcript = p.Transcript()
		})
		return transcript
	}
}

// sample asks for responses of each kind. Whatever comes is looked at by the rules alone.
func sample(ctx context.Context, p *probe) {
	p.get(ctx, "/Users/"+p.Name("nobody"))
	p.do(ctx, http.MethodPost, "/Users", "{")
	u := p.aUser(ctx, "sample", nil)
	p.get(ctx, u.path())
	p.do(ctx, http.MethodPatch, u.path(), patchOp(op(p.spelled("replace"), p.carrier(), "Sample "+p.Name("value"))))
	p.get(ctx, u.path())
	p.find(ctx, "Users", "userName", u.sent["userName"])
	p.post(ctx, "Users", "userName", u.sent)
	if p.Lacks(catalog.GroupsHere) == "" {
		g := p.aGroup(ctx, "sample", u.id)
		p.get(ctx, g.path())
	}
	v := p.aUser(ctx, "second", nil)
	p.do(ctx, http.MethodDelete, v.path(), nil)
	p.get(ctx, v.path())
	for _, path := range []string{p.anyList("Users"), v.path()} { // errors of the authentication
		if _, err := p.Send(ctx, http.MethodGet, path, nil, http.Header{}); err != nil {
			p.stop(err)
		}
	}
}

// watched makes sure that the suite has a transcript.
func watched(s *session.Session, t *invariant.Transcript) *invariant.Transcript {
	if t == nil {
		t = invariant.New()
		s.Watch(t.See)
	}
	return t
}
