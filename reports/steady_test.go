package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

// TestWorst: of several runs, the worst counts, and checks whose outcomes differ are unsteady.
func TestWorst(t *testing.T) {
	t.Parallel()
	section := func(outcomes map[string]reports.Outcome, more ...reports.Check) *reports.Conformance {
		c := &reports.Conformance{Checks: more}
		for _, id := range []string{"USR-001", "USR-043", "ATT-039"} {
			if o, ok := outcomes[id]; ok {
				c.Checks = append(c.Checks, reports.Check{ID: id, Outcome: o})
			}
		}
		c.Summary = reports.Summarize(c.Checks)
		return c
	}
	good := map[string]reports.Outcome{"USR-001": reports.Passed, "USR-043": reports.Passed, "ATT-039": reports.Passed}
	lost := map[string]reports.Outcome{"USR-001": reports.Passed, "USR-043": reports.Passed, "ATT-039": reports.Failed}
	title := reports.Check{ID: "USR-043", Subject: "title", Outcome: reports.Failed}
	got := reports.Worst(section(good), section(lost, title), section(good))
	want := []reports.Unsteady{
		{Check: "ATT-039", Outcomes: []reports.Outcome{reports.Passed, reports.Failed, reports.Passed}},
		{Check: "USR-043[title]", Outcomes: []reports.Outcome{reports.Passed, reports.Failed, reports.Passed}},
	}
	if diff := cmp.Diff(want, got.Unsteady); diff != "" || got.Summary.Failed != 2 {
		t.Errorf("%d failed, unsteady (-want +got):\n%s", got.Summary.Failed, diff)
	}
	if steady := reports.Worst(section(good), section(good)); len(steady.Unsteady) > 0 {
		t.Errorf("equal runs are not steady: %v", steady.Unsteady)
	}
}
