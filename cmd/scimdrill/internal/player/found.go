package player

import (
	"fmt"
	"strconv"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/times"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay/limit"
)

// conclude notes the two sides of the border.
func (l *Load) conclude(f *limit.Found) {
	s := l.found
	if f.Held != nil {
		s.HeldRate, s.Times = f.Held.Rate, f.Times
	}
	if f.Broke != nil {
		s.BrokeRate, s.Reason, s.Generator = f.Broke.Rate, l.Endpoint.Redact.Text(f.Broke.Reason), f.Broke.Generator
	}
	s.Unsteady = f.Unsteady
	switch last := len(f.Trials) - 1; {
	case f.Exhausted:
		s.Ended = f.Trials[last].Reason
	case f.Unreached:
		s.Ended = "no higher rate is tried"
	}
}

// foundExpectation says which rate the target holds.
func (l *Load) foundExpectation() reports.Expectation {
	s := l.found
	e := reports.Expectation{Title: "A rate at which " + s.Conditions, Expected: "found", Actual: s.Sentence(), Outcome: reports.Passed}
	switch {
	case s.HeldRate == 0 && s.BrokeRate == 0, l.judged == 0:
		e.Outcome = reports.Errored
		if l.judged == 0 && s.HeldRate > 0 {
			e.Actual = "no step had the requests that the conditions are about; " + e.Actual
		}
	case s.HeldRate == 0:
		e.Outcome = reports.Failed
	case s.BrokeRate == 0, s.Ended != "", s.Generator != "":
		e.Outcome = reports.Warned
	}
	return e
}

// trialRow is a trial in the report.
func trialRow(t limit.Trial, a part) reports.ReplayTrial {
	sum := a.recorder.Summary()
	return reports.ReplayTrial{
		Rate: t.Rate, Seconds: sum.Elapsed.Seconds(), Requests: sum.Requests, Errors: sum.Errors, Achieved: sum.Rate(),
		Response: times.Latency(sum.All.Response), Outcome: outcomeText(t.Verdict), Reason: t.Reason, Generator: t.Generator,
	}
}

func outcomeText(v limit.Verdict) string {
	switch v {
	case limit.Held:
		return reports.TrialHeld
	case limit.Broke:
		return reports.TrialBroke
	default:
		return reports.TrialUnknown
	}
}

// stepText says how a trial went, while the search runs.
func stepText(t limit.Trial, a part) string {
	text := strconv.FormatFloat(t.Rate, 'f', -1, 64) + "/s: " + outcomeText(t.Verdict)
	if t.Reason != "" {
		text += ": " + t.Reason
	}
	if t.Generator != "" {
		text += " (" + t.Generator + ")"
	}
	return text + fmt.Sprintf(", %d requests", a.recorder.Summary().Requests)
}
