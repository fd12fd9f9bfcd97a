package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// maxAnnotations is the number of annotations of each kind that GitHub shows for a step.
const maxAnnotations = 10

// Annotations returns the workflow commands of GitHub Actions for a report, one line each: the
// causes, and the expectations of a simulation that were not met. Text from a target cannot end
// a line or start another command.
func Annotations(r *Report) []string {
	var lines []string
	shown := map[string]int{}
	add := func(o Outcome, title, message string) {
		kind := "error"
		if o == Warned {
			kind = "warning"
		}
		if shown[kind]++; shown[kind] <= maxAnnotations {
			lines = append(lines, fmt.Sprintf("::%s title=%s::%s", kind, outside.GitHubProperty(layout.Shorten(title, 200)), outside.GitHubMessage(message)))
		}
	}
	if c := r.Conformance; c != nil {
		if c.Stopped != "" && len(c.Causes) == 0 {
			add(Errored, "scimdrill: "+r.Verdict().Title, c.Stopped)
		}
		for _, cause := range c.Causes {
			add(c.outcomeOf(cause), "scimdrill: "+headline(cause), cause.annotation())
		}
	}
	if s := r.Simulation; s != nil {
		for _, e := range s.judged() {
			if e.Outcome.Finding() {
				add(e.Outcome, "scimdrill: "+e.Title, "expected "+e.Expected+", actual "+e.Actual)
			}
		}
	}
	if p := r.Replay; p != nil {
		for _, e := range p.judged() {
			if e.Outcome.Finding() {
				add(e.Outcome, "scimdrill: "+e.Title, "expected "+e.Expected+", actual "+e.Actual)
			}
		}
	}
	return lines
}

// annotation says in some lines what a cause does, what was found, and how to fix it.
func (c Cause) annotation() string {
	var parts []string
	if effect := c.effect(); effect != "" {
		parts = append(parts, effect)
	}
	for _, part := range c.versus() {
		parts = append(parts, strings.TrimSpace(part.label)+": "+layout.Shorten(part.text, 400))
	}
	if c.Fix != "" {
		parts = append(parts, "fix: "+layout.Shorten(c.Fix, 400))
	}
	if len(c.Checks) > 0 {
		parts = append(parts, "checks: "+layout.Shorten(listed(c.Checks, 8), 400))
	}
	return strings.Join(parts, "\n")
}
