package reports

import (
	"cmp"
	"fmt"
	"strconv"
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
	case r.has(Failed) && r.conformanceHas(Failed):
		v.Outcome, v.Title = Failed, "Not conformant"
	case r.has(Failed):
		v.Outcome, v.Title = Failed, "Expectations not met"
	case r.has(Errored):
		v.Outcome, v.Title = Errored, "Inconclusive"
	case r.empty():
		v.Outcome, v.Title = Skipped, "Nothing was checked"
	case r.Conformance == nil:
		v.Outcome, v.Title = Passed, "All expectations met"
	case r.has(Warned):
		v.Outcome, v.Title = Warned, "Conformant, with warnings"
	case r.conformanceHas(Skipped):
		v.Outcome, v.Title = Passed, "Conformant where checked"
	default:
		v.Outcome, v.Title = Passed, "Conformant"
	}
	return v
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
		counts := Summarize(c.Checks).Counts
		switch {
		case counts.Total == 0:
			parts = append(parts, "No checks were selected.")
		case counts.Findings() == 0:
			parts = append(parts, fmt.Sprintf("%d of %s passed, none failed.", counts.Passed, count(counts.Total, "check")))
		case len(c.Causes) == 0:
			parts = append(parts, count(counts.Findings(), "finding")+".")
		default:
			parts = append(parts, fmt.Sprintf("%s, %s.", count(counts.Findings(), "finding"), count(len(c.Causes), "cause")))
		}
	}
	if s := r.Simulation; s != nil {
		parts = append(parts, s.sentence())
	}
	return strings.Join(parts, " ")
}

// sentence describes how the jobs ended, and how many expectations were not met.
func (s *Simulation) sentence() string {
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
	text := fmt.Sprintf("%s ran %s and ended with status %s", who, count(len(j.Cycles), "cycle"), j.Status)
	if j.Quarantined && j.QuarantinePlanned {
		text += " (planned)"
	}
	if j.Disabled {
		text += ", disabled after a long quarantine"
	}
	if j.EscrowsTotal > 0 {
		text += ", " + count(j.EscrowsTotal, "escrow") + " left"
		if j.EscrowsPlanned {
			text += " (planned)"
		}
	}
	return text
}

// count formats a number with its noun: "1 check", "2 checks", "0 entries".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%s %sies", thousands(n), stem)
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

// thousands formats 1234567 as 1,234,567.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
