package reports

import "slices"

// The exit codes of all commands.
const (
	// ExitOK means conformant, or all expectations met.
	ExitOK = 0
	// ExitFailed means not conformant, or an expectation or threshold not met.
	ExitFailed = 1
	// ExitUsage means wrong usage, wrong configuration or an empty selection.
	ExitUsage = 2
	// ExitBroken means that the target could not be reached or judged, or that the run failed.
	ExitBroken = 3
	// ExitReport means that a report could not be written.
	ExitReport = 4
	// ExitInterrupted means that the user stopped the run.
	ExitInterrupted = 130
)

// ExitCode returns the exit code of a command that produced this report. It is 3 if the target
// cannot be judged at all, otherwise 1 if anything failed. Otherwise, it is 3 if anything errored
// or is blocked, or if nothing was judged, and 2 if nothing was selected.
func ExitCode(r *Report) int {
	switch {
	case r.Run.Interrupted:
		return ExitInterrupted
	case r.stopped() != "":
		return ExitBroken
	case r.has(Failed):
		return ExitFailed
	case r.has(Errored), r.has(Blocked):
		return ExitBroken
	case r.empty():
		return ExitUsage
	case r.nothingJudged():
		return ExitBroken
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
	if r.Replay != nil {
		for _, e := range r.Replay.judged() {
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

// empty reports whether nothing in the report has an outcome.
func (r *Report) empty() bool {
	return r.Replay == nil && (r.Simulation == nil || len(r.Simulation.judged()) == 0) && (r.Conformance == nil || len(r.Conformance.Checks) == 0)
}

// stopped says why the target cannot be judged at all, or is empty.
func (r *Report) stopped() string {
	if r.Simulation != nil && r.Simulation.Gone != "" {
		return r.Simulation.Gone
	}
	if r.Conformance == nil {
		return ""
	}
	return r.Conformance.Stopped
}

// nothingJudged reports whether there are checks, but no verdict about the target.
func (r *Report) nothingJudged() bool {
	return r.Conformance != nil && len(r.Conformance.Checks) > 0 && !slices.ContainsFunc(r.Conformance.Checks, Check.judged) &&
		(r.Simulation == nil || len(r.Simulation.judged()) == 0)
}

// judged returns the expectations of every job, those about the end state, and those of the
// scenario. Every job must complete, leave no escrows, and be healthy.
func (s *Simulation) judged() []Expectation {
	var list []Expectation
	for i := range s.Jobs {
		for _, e := range s.Jobs[i].ending(s.Stopped) {
			if name := s.called(i); name != "" {
				e.Title = capitalized(name) + ": " + lowered(e.Title)
			}
			list = append(list, e)
		}
	}
	if s.Gone != "" {
		list = append(list, Expectation{Title: "The target answers to the end", Expected: "answers", Actual: s.Gone, Outcome: Errored})
	}
	list = append(list, s.EndState.judged()...)
	return append(list, s.Expectations...)
}

// ending returns the expectations that every job has. The first is about the run, the second
// about escrows, the third about quarantine.
func (j *Job) ending(stopped string) []Expectation {
	ran := Expectation{Title: "The simulation completes", Expected: "completed", Actual: "completed after " + j.ran(), Outcome: Passed}
	if stopped != "" {
		ran.Actual, ran.Outcome = "stopped early: "+stopped, Errored
	}
	escrows := Expectation{Title: "No escrows are left at the end", Expected: "no escrows", Actual: j.leftovers(), Outcome: Passed}
	if j.EscrowsTotal > 0 {
		escrows.Outcome = Failed
		if j.EscrowsPlanned {
			escrows.Actual += ", as planned"
			escrows.Outcome = Passed
		}
	}
	if j.Client != "" {
		escrows.Title, escrows.Expected = "No tasks are left at the end", "no tasks"
		return []Expectation{ran, escrows} // it has no quarantine
	}
	healthy := Expectation{Title: "The job is not in quarantine at the end", Expected: "not in quarantine", Actual: "status " + j.Status, Outcome: Passed}
	if j.Quarantined {
		healthy.Outcome = Failed
		if j.QuarantinePlanned {
			healthy.Actual += ", as planned"
			healthy.Outcome = Passed
		}
	}
	return []Expectation{ran, escrows, healthy}
}
