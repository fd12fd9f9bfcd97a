package reports_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

func TestExitCodeAndVerdict(t *testing.T) {
	t.Parallel()
	checks := func(outcomes ...reports.Outcome) *reports.Conformance {
		c := &reports.Conformance{}
		for _, o := range outcomes {
			c.Checks = append(c.Checks, reports.Check{ID: "USR-001", Outcome: o})
		}
		return c
	}
	job := func(change func(*reports.Job)) *reports.Simulation {
		s := &reports.Simulation{Jobs: []reports.Job{{Status: "Active"}}}
		change(&s.Jobs[0])
		return s
	}
	healthy := job(func(*reports.Job) {})
	expects := func(o reports.Outcome) *reports.Simulation {
		return &reports.Simulation{Jobs: healthy.Jobs, Expectations: []reports.Expectation{{Outcome: o}}}
	}
	second := func(change func(*reports.Job)) *reports.Simulation {
		return &reports.Simulation{Jobs: append(job(func(*reports.Job) {}).Jobs, job(change).Jobs...)}
	}
	stopped := func(s *reports.Simulation) *reports.Simulation {
		return &reports.Simulation{Jobs: s.Jobs, Stopped: "half of the answers are 5xx"}
	}
	tests := []struct {
		name   string
		report reports.Report
		code   int
		title  string
	}{
		{"nothing", reports.Report{}, 2, "Nothing was checked"},
		{"no check selected", reports.Report{Conformance: checks()}, 2, "Nothing was checked"},
		{"passed", reports.Report{Conformance: checks(reports.Passed)}, 0, "Conformant"},
		{"warned", reports.Report{Conformance: checks(reports.Passed, reports.Warned)}, 0, "Conformant, with warnings"},
		{"skipped", reports.Report{Conformance: checks(reports.Passed, reports.Skipped)}, 0, "Conformant where checked"},
		{"failed", reports.Report{Conformance: checks(reports.Passed, reports.Failed)}, 1, "Not conformant"},
		{"errored", reports.Report{Conformance: checks(reports.Passed, reports.Errored)}, 3, "Inconclusive"},
		{"failed beats errored", reports.Report{Conformance: checks(reports.Errored, reports.Failed)}, 1, "Not conformant"},
		{"interrupted", reports.Report{Run: reports.Run{Interrupted: true}, Conformance: checks(reports.Failed)}, 130, "Interrupted"},
		{"healthy job", reports.Report{Simulation: healthy}, 0, "All expectations met"},
		{"expectation met", reports.Report{Simulation: expects(reports.Passed)}, 0, "All expectations met"},
		{"expectation failed", reports.Report{Simulation: expects(reports.Failed), Conformance: checks(reports.Passed)}, 1, "Expectations not met"},
		{"escrows remain", reports.Report{Simulation: job(func(j *reports.Job) { j.EscrowsTotal = 2 })}, 1, "Expectations not met"},
		{"planned escrows", reports.Report{Simulation: job(func(j *reports.Job) { j.EscrowsTotal, j.EscrowsPlanned = 2, true })}, 0, "All expectations met"},
		{"quarantined", reports.Report{Simulation: job(func(j *reports.Job) { j.Quarantined = true })}, 1, "Expectations not met"},
		{"planned quarantine", reports.Report{Simulation: job(func(j *reports.Job) { j.Quarantined, j.QuarantinePlanned = true, true })}, 0, "All expectations met"},
		{"broken off", reports.Report{Simulation: stopped(healthy)}, 3, "Inconclusive"},
		{"escrows of the second job", reports.Report{Simulation: second(func(j *reports.Job) { j.EscrowsTotal = 1 })}, 1, "Expectations not met"},
		{"its planned escrows", reports.Report{Simulation: second(func(j *reports.Job) { j.EscrowsTotal, j.EscrowsPlanned = 1, true })}, 0, "All expectations met"},
		{"the second job quarantined", reports.Report{Simulation: second(func(j *reports.Job) { j.Quarantined = true })}, 1, "Expectations not met"},
		{"two jobs broken off", reports.Report{Simulation: stopped(second(func(*reports.Job) {}))}, 3, "Inconclusive"},
		{"no job", reports.Report{Simulation: &reports.Simulation{}}, 2, "Nothing was checked"},
		{"job and no check", reports.Report{Simulation: healthy, Conformance: checks()}, 0, "Conformant"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := reports.ExitCode(&tt.report); got != tt.code {
				t.Errorf("exit code %d, want %d", got, tt.code)
			}
			if got := tt.report.Verdict().Title; got != tt.title {
				t.Errorf("verdict %q, want %q", got, tt.title)
			}
		})
	}
}
