package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

func TestGroupByCause(t *testing.T) {
	t.Parallel()
	check := func(id, cause string, o reports.Outcome) reports.Check {
		return reports.Check{ID: id, Title: "does " + id, Cause: cause, Outcome: o}
	}
	fixed := check("AAA-003", "two-failed", reports.Failed)
	fixed.Fix = "Do it."
	got := reports.GroupByCause([]reports.Check{
		check("AAA-001", "many-warned", reports.Warned), check("AAA-002", "two-failed", reports.Failed), fixed,
		check("AAA-004", "many-warned", reports.Warned), check("AAA-005", "many-warned", reports.Warned), check("AAA-006", "", reports.Failed),
		check("AAA-007", "two-failed", reports.Passed), check("AAA-008", "broken", reports.Errored), check("AAA-009", "x", reports.Skipped),
	}, func(key string) (string, string) {
		switch key {
		case "two-failed":
			return "Two are wrong", ""
		case "broken":
			return "", "Mend it."
		}
		return "", ""
	})
	want := []reports.Cause{
		{Key: "two-failed", Title: "Two are wrong", Fix: "Do it.", Checks: []string{"AAA-002", "AAA-003"}},
		{Key: "AAA-006", Title: "AAA-006: does AAA-006", Checks: []string{"AAA-006"}},
		{Key: "broken", Title: "AAA-008: does AAA-008", Fix: "Mend it.", Checks: []string{"AAA-008"}},
		{Key: "many-warned", Title: "AAA-001: does AAA-001", Checks: []string{"AAA-001", "AAA-004", "AAA-005"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSummarize(t *testing.T) {
	t.Parallel()
	got := reports.Summarize([]reports.Check{
		{Level: "MUST", Outcome: reports.Failed},
		{Level: "ENTRA", Outcome: reports.Passed},
		{Level: "MUST", Outcome: reports.Errored},
		{Level: "MUST", Outcome: reports.Skipped},
		{Level: "ENTRA", Outcome: reports.Warned},
	})
	want := reports.Summary{
		Counts: reports.Counts{Total: 5, Passed: 1, Warned: 1, Failed: 1, Skipped: 1, Errored: 1},
		Levels: []reports.LevelCounts{
			{Level: "ENTRA", Counts: reports.Counts{Total: 2, Passed: 1, Warned: 1}},
			{Level: "MUST", Counts: reports.Counts{Total: 3, Failed: 1, Skipped: 1, Errored: 1}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
