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
	of := func(checks ...reports.Check) reports.Report {
		return reports.Report{Conformance: &reports.Conformance{Checks: checks}}
	}
	passed := reports.Check{ID: "USR-001", Outcome: reports.Passed}
	known := reports.Check{ID: "USR-002", Outcome: reports.Skipped, Accepted: &reports.Accepted{Found: reports.Failed, Expires: "2026-12-31"}}
	excused := reports.Check{ID: "USR-003", Outcome: reports.Skipped, Accepted: &reports.Accepted{Found: reports.Skipped, Expires: "2026-12-31"}}
	absent := reports.Check{ID: "USR-004", Outcome: reports.Skipped, SkipFeature: "bulk"}
	hopeless := &reports.Conformance{Stopped: "GET /Users answers 404", Checks: []reports.Check{{Outcome: reports.Failed}, {Outcome: reports.Blocked}}}
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
		{"blocked", reports.Report{Conformance: checks(reports.Passed, reports.Blocked)}, 3, "Could not be judged"},
		{"warned and blocked", reports.Report{Conformance: checks(reports.Warned, reports.Blocked)}, 3, "Could not be judged"},
		{"failed beats blocked", reports.Report{Conformance: checks(reports.Blocked, reports.Failed)}, 1, "Not conformant"},
		{"all skipped", reports.Report{Conformance: checks(reports.Skipped, reports.Skipped)}, 3, "Nothing was judged"},
		{"all skipped for a feature", of(absent), 3, "Nothing was judged"},
		{"all skipped beside a job", reports.Report{Simulation: healthy, Conformance: checks(reports.Skipped)}, 0, "Conformant where checked"},
		{"skipped for a feature", of(passed, absent), 0, "Conformant"},
		{"all known", of(known), 0, "Conformant"},
		{"known", of(passed, known, excused, absent), 0, "Conformant"},
		{"stopped beats failed", reports.Report{Conformance: hopeless}, 3, "Could not be judged"},
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

func TestVerdictSentence(t *testing.T) {
	t.Parallel()
	accepted := func(day string) *reports.Accepted { return &reports.Accepted{Found: reports.Failed, Expires: day} }
	for want, c := range map[string]reports.Conformance{
		"1 of 3 checks passed, none failed. 2 checks could not be judged.": {
			Checks: []reports.Check{{Outcome: reports.Passed}, {Outcome: reports.Blocked}, {Outcome: reports.Blocked}},
		},
		"GET /Users answers 404. 1 finding. 1 check did not run.": {
			Stopped: "GET /Users answers 404", Checks: []reports.Check{{Outcome: reports.Failed}, {Outcome: reports.Blocked}},
		},
		"GET /Users answers 404.": {Stopped: "GET /Users answers 404."},
		"1 of 2 checks passed, none failed. 1 known, until 2026-12-31.": {
			Checks: []reports.Check{{Outcome: reports.Passed}, {Outcome: reports.Skipped, Accepted: accepted("2026-12-31")}},
		},
		"0 of 2 checks passed, none failed. 2 known, until 2026-11-30 to 2026-12-31.": {
			Checks: []reports.Check{{Outcome: reports.Skipped, Accepted: accepted("2026-12-31")}, {Outcome: reports.Skipped, Accepted: accepted("2026-11-30")}},
		},
	} {
		if got := (&reports.Report{Conformance: &c}).Verdict().Sentence; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
