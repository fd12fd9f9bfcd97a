package suites

import (
	"slices"

	"github.com/onsi/gomega/types"

	"github.com/scimdrill/scimdrill/conformance/fact"
)

// finds notes a failure about one subject of the check, such as an attribute. The check goes on
// with the next subject. An empty cause is the check's own. The first failure of a subject counts.
func (p *probe) finds(subject, cause string, f fact.Fact) {
	p.finding.Assertions++
	if slices.ContainsFunc(p.finding.Parts, func(o *Finding) bool { return o.Subject == subject }) {
		return
	}
	f = p.outermost(f)
	p.finding.Parts = append(p.finding.Parts, &Finding{ID: p.check.ID, Subject: subject, Ending: Failed, Fact: f, Cause: cause, Assertions: 1})
}

// holdsFor notes a failure about one subject if the matcher does not hold, and reports whether it does.
func (p *probe) holdsFor(subject, cause string, actual any, m types.GomegaMatcher) bool {
	p.finding.Assertions++
	f, ok := p.holds(actual, m)
	if !ok {
		p.finds(subject, cause, f)
	}
	return ok
}
