package reports

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Verdict summarizes a report in a title and a sentence.
type Verdict struct {
	Outcome  Outcome
	Title    string
	Sentence string
}

// Verdict returns the verdict of the report. It agrees with ExitCode.
func (r *Report) Verdict() Verdict {
	v := Verdict{Sentence: r.sentence()}
	switch {
	case r.Run.Interrupted:
		v.Outcome, v.Title = Errored, "Interrupted"
	case r.stopped() != "":
		v.Outcome, v.Title = Errored, "Could not be judged"
	case r.has(Failed) && r.conformanceHas(Failed):
		v.Outcome, v.Title = Failed, "Not conformant"
	case r.has(Failed):
		v.Outcome, v.Title = Failed, "Expectations not met"
	case r.has(Errored):
		v.Outcome, v.Title = Errored, "Inconclusive"
	case r.has(Blocked):
		v.Outcome, v.Title = Errored, "Could not be judged"
	case r.empty():
		v.Outcome, v.Title = Skipped, "Nothing was checked"
	case r.nothingJudged():
		v.Outcome, v.Title = Errored, "Nothing was judged"
	case r.Replay != nil && r.has(Warned):
		v.Outcome, v.Title = Warned, "Expectations met, with warnings"
	case r.Conformance == nil:
		v.Outcome, v.Title = Passed, "All expectations met"
	case r.Conformance.Baseline != nil && r.Conformance.Baseline.Known > 0:
		v.Outcome, v.Title = Passed, "No worse than the baseline"
	case r.has(Warned):
		v.Outcome, v.Title = Warned, "Conformant, with warnings"
	case !all(r.Conformance.Checks, Check.settled):
		v.Outcome, v.Title = Passed, "Conformant where checked"
	default:
		v.Outcome, v.Title = Passed, "Conformant"
	}
	return v
}

// all reports whether every check has a property.
func all(checks []Check, has func(Check) bool) bool {
	return !slices.ContainsFunc(checks, func(c Check) bool { return !has(c) })
}

func (r *Report) conformanceHas(o Outcome) bool {
	return r.Conformance != nil && (&Report{Conformance: r.Conformance}).has(o)
}

func (r *Report) sentence() string {
	var parts []string
	if r.Run.Interrupted {
		parts = append(parts, "The run was stopped. This report covers the completed part.")
	}
	if c := r.Conformance; c != nil {
		parts = append(parts, c.sentence())
	}
	if s := r.Simulation; s != nil {
		parts = append(parts, s.sentence())
	}
	if p := r.Replay; p != nil {
		parts = append(parts, p.sentence())
	}
	return strings.Join(parts, " ")
}

// sentence describes what the checks found, and what they could not judge.
func (c *Conformance) sentence() string {
	counts := Summarize(c.Checks).Counts
	var parts []string
	switch {
	case c.Stopped != "":
		parts = append(parts, asSentence(c.Stopped))
	case counts.Total == 0:
		return "No checks were selected."
	}
	switch {
	case counts.Findings() > 0 && len(c.Causes) > 0:
		parts = append(parts, fmt.Sprintf("%s, %s.", count(counts.Findings(), "finding"), count(len(c.Causes), "cause")))
	case counts.Findings() > 0:
		parts = append(parts, count(counts.Findings(), "finding")+".")
	case c.Stopped == "":
		parts = append(parts, fmt.Sprintf("%d of %s passed, none failed.", counts.Passed, count(counts.Total, "check")))
	}
	switch {
	case counts.Blocked > 0 && c.Stopped != "":
		parts = append(parts, count(counts.Blocked, "check")+" did not run.")
	case counts.Blocked > 0:
		parts = append(parts, count(counts.Blocked, "check")+" could not be judged.")
	}
	if known := c.known(); known != "" {
		parts = append(parts, known+".")
	}
	return strings.Join(parts, " ")
}

// figures counts the checks by outcome: "150 passed, 2 failed, …, 4 skipped (1 known, until
// 2026-12-31)". Blocked checks are counted if there are any.
func (c *Conformance) figures() string {
	n := Summarize(c.Checks).Counts
	text := fmt.Sprintf("%d passed, %d failed, %d warned, %d errored, ", n.Passed, n.Failed, n.Warned, n.Errored)
	if n.Blocked > 0 {
		text += fmt.Sprintf("%d blocked, ", n.Blocked)
	}
	text += fmt.Sprintf("%d skipped", n.Skipped)
	if known := c.known(); known != "" {
		text += " (" + known + ")"
	}
	return text
}

// known counts the findings that an expectations file or a baseline allows, and says until when:
// "1 known, until 2026-12-31". It is "" without such findings.
func (c *Conformance) known() string {
	dated, undated, first, last := 0, 0, "", ""
	for _, check := range c.knownFindings() {
		day := check.Accepted.Expires
		switch {
		case day == "":
			undated++
			continue
		case dated == 0 || day < first:
			first = day
		}
		dated, last = dated+1, max(last, day)
	}
	var parts []string
	switch {
	case dated == 0:
	case first == last:
		parts = append(parts, fmt.Sprintf("%d known, until %s", dated, last))
	default:
		parts = append(parts, fmt.Sprintf("%d known, until %s to %s", dated, first, last))
	}
	if undated > 0 {
		parts = append(parts, fmt.Sprintf("%d known from the baseline", undated))
	}
	return strings.Join(parts, ", ")
}

// sentence describes how the jobs ended, and how many expectations were not met.
func (s *Simulation) sentence() string {
	if s.Gone != "" {
		return asSentence(s.Gone)
	}
	if s.Stopped != "" {
		return "The simulation stopped early: " + strings.TrimSuffix(s.Stopped, ".") + "."
	}
	missed := 0
	for _, e := range s.Expectations {
		if e.Outcome == Failed {
			missed++
		}
	}
	var parts []string
	for i := range s.Jobs {
		parts = append(parts, s.Jobs[i].ended(cmp.Or(s.called(i), "the job")))
	}
	if missed > 0 {
		parts = append(parts, count(missed, "expectation")+" not met")
	}
	if len(parts) == 0 {
		return "No job ran."
	}
	return capitalized(strings.Join(parts, "; ")) + "."
}

// ended describes how a job ended.
func (j *Job) ended(who string) string {
	text := fmt.Sprintf("%s ran %s and ended with status %s", who, j.ran(), j.Status)
	if j.Quarantined && j.QuarantinePlanned {
		text += " (planned)"
	}
	if j.Disabled {
		text += ", disabled after a long quarantine"
	}
	if j.EscrowsTotal > 0 {
		text += ", " + j.leftovers() + " left"
		if j.EscrowsPlanned {
			text += " (planned)"
		}
	}
	return text
}
