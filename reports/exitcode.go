package reports

import "strings"

// The exit codes of all commands.
const (
	// ExitOK means conformant, or all expectations met.
	ExitOK = 0
	// ExitFailed means not conformant, or an expectation or threshold not met.
	ExitFailed = 1
	// ExitUsage means wrong usage, wrong configuration or an empty selection.
	ExitUsage = 2
	// ExitBroken means that the target could not be reached or the run failed.
	ExitBroken = 3
	// ExitReport means that a report could not be written.
	ExitReport = 4
	// ExitInterrupted means that the user stopped the run.
	ExitInterrupted = 130
)

// ExitCode returns the exit code of a command that produced this report. It is 1 if anything
// failed, otherwise 3 if anything errored, otherwise 2 if nothing was selected.
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

// has reports whether any part of the report has the given outcome.
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

// judged returns the expectations of the scenario and those of every simulation: it completed,
// no escrows are left, and the job is healthy. A second job has the same expectations as the
// first.
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

// ending returns the expectations that every job has.
func (s *Simulation) ending() []Expectation {
	ran := Expectation{Title: "The simulation completes", Expected: "completed", Actual: "completed after " + count(len(s.Cycles), "cycle"), Outcome: Passed}
	if s.Stopped != "" {
		ran.Actual, ran.Outcome = "stopped early: "+s.Stopped, Errored
	}
	escrows := Expectation{Title: "No escrows are left at the end", Expected: "no escrows", Actual: count(s.EscrowsTotal, "escrow"), Outcome: Passed}
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

// lowered starts a sentence with a lower-case letter, for use after a colon.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// jobs returns the first job and, if there is one, the second.
func (s *Simulation) jobs() []*Simulation {
	if s.Second == nil {
		return []*Simulation{s}
	}
	return []*Simulation{s, s.Second}
}
