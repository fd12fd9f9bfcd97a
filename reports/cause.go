package reports

import (
	"cmp"
	"slices"

	"github.com/scimdrill/scimdrill/reports/severity"
)

// Cause is a cause that several findings share.
type Cause struct {
	Key string `json:"key"`
	// Title says what is wrong.
	Title string `json:"title"`
	Fix   string `json:"fix,omitempty"`
	// Severity is the worst severity of its findings.
	Severity severity.Severity `json:"severity,omitempty"`
	// Effect is what the cause does to the customers of the vendor, in one sentence.
	Effect   string `json:"effect,omitempty"`
	Expected string `json:"expected,omitempty"`
	Actual   string `json:"actual,omitempty"`
	// Evidence is the deciding request and its response.
	Evidence *Exchange `json:"evidence,omitempty"`
	// Checks are the keys of its findings, most urgent first.
	Checks []string `json:"checks"`
	// Blocked are the keys of the checks that cannot be judged because of this cause.
	Blocked []string `json:"blocked,omitempty"`
}

// Describe returns what is known about the cause with this key: title, fix, severity, effect,
// expected, actual and evidence. What it leaves empty is taken from the findings.
type Describe func(key string) Cause

// GroupByCause groups the findings among checks by cause. A finding without a cause key is its
// own cause, with the key of the check. describe may be nil.
//
// Causes that block everything come first. Then come causes with failed checks, with errored
// checks, and with warned checks only. Among these, the worst severity comes first, then the
// cause with the most checks, judged and blocked.
func GroupByCause(checks []Check, describe Describe) []Cause {
	var groups []*group
	for _, c := range checks {
		if !c.Outcome.Finding() {
			continue
		}
		key := cmp.Or(c.Cause, c.Key())
		i := slices.IndexFunc(groups, func(g *group) bool { return g.key == key })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &group{key: key})
		}
		groups[i].findings = append(groups[i].findings, c)
	}
	for _, g := range groups {
		g.complete(describe)
		g.block(checks)
	}
	slices.SortStableFunc(groups, compareGroups)
	causes := make([]Cause, len(groups))
	for i, g := range groups {
		causes[i] = g.cause
	}
	return causes
}

// group is a cause while it is put together.
type group struct {
	key      string
	findings []Check
	cause    Cause
	urgent   int // the number of findings with the most urgent outcome
}

// complete describes the cause, and takes from its findings what the description leaves empty.
func (g *group) complete(describe Describe) {
	slices.SortStableFunc(g.findings, func(a, b Check) int { return cmp.Compare(b.Outcome.row().rank, a.Outcome.row().rank) })
	first := g.findings[0]
	if describe != nil {
		g.cause = describe(g.key)
	}
	c := &g.cause
	c.Key, c.Title, c.Checks, c.Blocked = g.key, cmp.Or(c.Title, first.ID+": "+first.Title), nil, nil
	if c.Expected == "" && c.Actual == "" {
		c.Expected, c.Actual = first.Expected, first.Actual
	}
	if n := len(first.Exchanges); c.Evidence == nil && n > 0 {
		c.Evidence = &first.Exchanges[n-1]
	}
	worst := severity.Severity("")
	for _, f := range g.findings {
		c.Checks = append(c.Checks, f.Key())
		c.Fix = cmp.Or(c.Fix, f.Fix)
		if f.Outcome == first.Outcome {
			g.urgent++
		}
		if f.Severity != "" && (worst == "" || f.Severity.Rank() > worst.Rank()) {
			worst = f.Severity
		}
	}
	c.Severity = cmp.Or(c.Severity, worst)
}

// block lists the checks that the cause blocks.
func (g *group) block(checks []Check) {
	for _, c := range checks {
		if c.Outcome == Blocked && c.BlockedBy == g.key {
			g.cause.Blocked = append(g.cause.Blocked, c.Key())
		}
	}
}

func compareGroups(a, b *group) int {
	blocks := func(g *group) int {
		if g.cause.Severity == severity.Blocks {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(blocks(a), blocks(b)),
		cmp.Compare(b.findings[0].Outcome.row().rank, a.findings[0].Outcome.row().rank),
		cmp.Compare(b.cause.Severity.Rank(), a.cause.Severity.Rank()),
		cmp.Compare(b.urgent+len(b.cause.Blocked), a.urgent+len(a.cause.Blocked)),
		cmp.Compare(a.key, b.key),
	)
}
