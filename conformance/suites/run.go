package suites

import (
	"context"
	"errors"
	"fmt"

	"github.com/onsi/gomega"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// run runs one check while no other runs, and removes what it made.
func (s Suite) run(ctx context.Context, c Spec) *Finding {
	p := s.first(ctx, c)
	if s.doubtful(c, p, false) && ctx.Err() == nil {
		p = s.second(ctx, c, p)
	}
	return s.done(ctx, p)
}

// first runs a check as quickly as it may run.
func (s Suite) first(ctx context.Context, c Spec) *probe {
	p := s.probe(c, s.Session.Begin(string(c.ID)))
	p.thorough = c.thorough
	s.body(ctx, c, p)
	return p
}

// second runs a check again, one request after the other and with every request. That result counts.
func (s Suite) second(ctx context.Context, c Spec, p *probe) *probe {
	p.Again()
	p = s.probe(c, p.Case)
	p.thorough = true
	s.body(ctx, c, p)
	return p
}

// done removes what a check made, and returns what it found.
func (s Suite) done(ctx context.Context, p *probe) *Finding {
	p.finding.Exchanges = p.Exchanges
	p.End(ctx)
	p.finding.Took, p.finding.transcript = p.Took(), p.Transcript()
	p.finding.divide()
	p.finding.shorten()
	return p.finding
}

// doubtful reports whether a check has found something that it might not find alone, with every
// request and one after the other. Checks that find faults by repetition decide at once: another
// run may have more luck.
func (s Suite) doubtful(c Spec, p *probe, beside bool) bool {
	found := p.finding.Ending == Failed || p.finding.Ending == Blocked || len(p.finding.Parts) > 0
	if p.spared {
		return found || p.finding.Ending != Passed
	}
	return found && (p.hurried || !c.thorough && s.Session.Lagging() || beside && !c.thorough && len(p.Exchanges) > 0)
}

// probe is a check that is about to run.
func (s Suite) probe(c Spec, in *session.Case) *probe {
	p := &probe{
		Case: in, survey: s.known(), check: c.Check, finding: &Finding{ID: c.ID, Ending: Passed}, stock: s.stock,
		steps: s.Steps, seed: s.Seed, deep: s.Deep, sample: s.Sample, access: s.Access,
	}
	p.gomega = gomega.NewGomega(func(string, ...int) {}) // holds looks at the result
	return p
}

// body runs the body of a check until it ends itself.
func (s Suite) body(ctx context.Context, c Spec, p *probe) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil, ended:
		default:
			p.finding.Ending, p.finding.Why = Errored, fmt.Sprintf("the check itself failed: %v", r)
		}
	}()
	for _, feature := range c.Needs {
		p.needs(feature)
	}
	c.body(ctx, p)
	if p.finding.Assertions == 0 {
		p.finding.Ending, p.finding.Why = Errored, "the check made no assertions"
	}
}

// over is the finding of a check that does not run because the run has ended.
func over(ctx context.Context, c Spec) *Finding {
	switch err := context.Cause(ctx); {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return &Finding{ID: c.ID, Ending: Skipped, Why: "the run was cancelled"}
	default:
		return &Finding{ID: c.ID, Ending: Errored, Why: "not run: " + err.Error()}
	}
}
