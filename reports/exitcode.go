package reports

import "strings"

// The exit codes of all commands.
const (
	// ExitOK is conformant, or all expectations met.
	ExitOK = 0
	// ExitFailed is not conformant, or an expectation or threshold not met.
	ExitFailed = 1
	// ExitUsage is wrong usage or configuration, and a selection of nothing.
	ExitUsage = 2
	// ExitBroken is a target that could not be reached, or a run that broke.
	ExitBroken = 3
	// ExitReport is a report that could not be written.
	ExitReport = 4
	// ExitInterrupted is a run stopped by the user.
	ExitInterrupted = 130
)

// ExitCode is what a command that made this report ends with: any failure 1,
// else any error 3, else 2 when nothing was selected.
func ExitCode(r *Report) int {
	switch {
	case r.Run.Interrupted:
		return ExitInterrupted
	case r.has(Failed):
		return ExitFailed
	case r.has(Errored):
		return ExitBroken
	case r.empty():
		return ExitUsage
	default:
		return ExitOK
	}
}

// has reports whether any part of the report has this outcome.
func (r *Report) has(o Outcome) bool {
	if r.Simulation != nil {
		for _, e := range r.Simulation.judged() {
			if e.Outcome == o {
				return true
			}
		}
	}
	if r.Conformance != nil {
		for _, c := range r.Conformance.Checks {
			if c.Outcome == o {
				return true
			}
		}
	}
	return false
}

func (r *Report) empty() bool {
	return r.Simulation == nil && (r.Conformance == nil || len(r.Conformance.Checks) == 0)
}

// judged returns the expectations of the scenario and those that every
// simulation has: it ran to its end, no escrow is left, the job is healthy. A second
// job is judged as the first one.
func (s *Simulation) judged() []Expectation {
	list := s.ending()
	if s.Second != nil {
		for _, e := range s.Second.ending() {
			e.Title = secondJob + ": " + lowered(e.Title)
			list = append(list, e)
		}
	}
	return append(list, s.Expectations...)
}

// ending is what every job is judged by.
func (s *Simulation) ending() []Expectation {
	ran := Expectation{Title: "The simulation ran to its end", Expected: "it did", Actual: "it did", Outcome: Passed}
	if s.Stopped != "" {
		ran.Actual, ran.Outcome = s.Stopped, Errored
	}
	escrows := Expectation{Title: "No escrow is left at the end", Expected: "0 escrows", Actual: count(s.EscrowsTotal, "escrow"), Outcome: Passed}
	if s.EscrowsTotal > 0 {
		escrows.Outcome = Failed
		if s.EscrowsPlanned {
			escrows.Actual += ", as planned"
			escrows.Outcome = Passed
		}
	}
	healthy := Expectation{Title: "The job is not in quarantine at the end", Expected: "not in quarantine", Actual: "status " + s.Job.Status, Outcome: Passed}
	if s.Job.Quarantined {
		healthy.Outcome = Failed
		if s.Job.QuarantinePlanned {
			healthy.Actual += ", as planned"
			healthy.Outcome = Passed
		}
	}
	return []Expectation{ran, escrows, healthy}
}

// lowered is a sentence as it goes on after a colon.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// jobs are the first job and the second one.
func (s *Simulation) jobs() []*Simulation {
	if s.Second == nil {
		return []*Simulation{s}
	}
	return []*Simulation{s, s.Second}
}
