package reports_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/severity"
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
	}, func(key string) reports.Cause {
		return map[string]reports.Cause{"two-failed": {Title: "Two are wrong"}, "broken": {Fix: "Mend it."}}[key]
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

// A cause that blocks everything comes first, then failed before errored before warned, then the
// worst severity, then the number of checks, judged and blocked.
func TestGroupByCauseOrder(t *testing.T) {
	t.Parallel()
	finding := func(id, cause string, o reports.Outcome, s severity.Severity) reports.Check {
		return reports.Check{ID: id, Cause: cause, Outcome: o, Severity: s}
	}
	checks := []reports.Check{
		finding("AAA-001", "untidy", reports.Failed, severity.Untidy),
		finding("AAA-002", "untidy", reports.Failed, severity.Untidy),
		finding("AAA-003", "warned", reports.Warned, severity.Access),
		finding("AAA-004", "loss", reports.Failed, severity.Loss),
		finding("AAA-005", "big loss", reports.Failed, severity.Loss),
		finding("AAA-006", "wall", reports.Warned, severity.Untidy),
		finding("AAA-007", "unknown", reports.Failed, ""),
		finding("AAA-008", "worse", reports.Failed, severity.Untidy),
		finding("AAA-009", "worse", reports.Failed, severity.Access),
		{ID: "AAA-010", Outcome: reports.Blocked, BlockedBy: "big loss"},
		{ID: "AAA-011", Outcome: reports.Blocked, BlockedBy: "wall"},
		{ID: "AAA-012", Outcome: reports.Blocked, BlockedBy: "nothing here"},
		{ID: "AAA-013", Outcome: reports.Passed, BlockedBy: "wall"},
	}
	var got []string
	for _, c := range reports.GroupByCause(checks, func(key string) reports.Cause {
		return map[string]reports.Cause{"wall": {Severity: severity.Blocks}}[key]
	}) {
		got = append(got, fmt.Sprintf("%s %s %v %v", c.Key, c.Severity, c.Checks, c.Blocked))
	}
	if diff := cmp.Diff([]string{
		"wall blocks [AAA-006] [AAA-011]", "worse access [AAA-008 AAA-009] []", "big loss loss [AAA-005] [AAA-010]", "loss loss [AAA-004] []",
		"unknown  [AAA-007] []", "untidy untidy [AAA-001 AAA-002] []", "warned access [AAA-003] []",
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What the description of a cause leaves empty comes from its most urgent finding.
func TestGroupByCauseEvidence(t *testing.T) {
	t.Parallel()
	checks := []reports.Check{
		{ID: "AAA-001", Cause: "a", Outcome: reports.Warned, Expected: "no", Exchanges: []reports.Exchange{{URL: "/warned"}}},
		{ID: "AAA-002", Cause: "a", Outcome: reports.Failed, Expected: "1", Actual: "2", Exchanges: []reports.Exchange{{URL: "/first"}, {URL: "/last"}}},
		{ID: "AAA-003", Cause: "b", Outcome: reports.Failed, Expected: "1", Actual: "2", Exchanges: []reports.Exchange{{URL: "/last"}}},
	}
	got := reports.GroupByCause(checks, func(key string) reports.Cause {
		if key == "b" {
			return reports.Cause{Effect: "bad", Actual: "3", Evidence: &reports.Exchange{URL: "/deciding"}}
		}
		return reports.Cause{}
	})
	want := []reports.Cause{
		{
			Key: "a", Title: "AAA-002: ", Expected: "1", Actual: "2", Evidence: &reports.Exchange{URL: "/last"},
			Checks: []string{"AAA-002", "AAA-001"},
		},
		{Key: "b", Title: "AAA-003: ", Effect: "bad", Actual: "3", Evidence: &reports.Exchange{URL: "/deciding"}, Checks: []string{"AAA-003"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	got := reports.Headers(http.Header{"B": {"2", "1"}, "A": {"3"}, "Date": {"Tue, 24 Nov 2026 09:30:04 GMT"}})
	if diff := cmp.Diff([]reports.Header{{Name: "A", Value: "3"}, {Name: "B", Value: "2"}, {Name: "B", Value: "1"}}, got); diff != "" {
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
		{Level: "MUST", Outcome: reports.Blocked},
		{Level: "MUST", Outcome: reports.Skipped, Accepted: &reports.Accepted{Found: reports.Failed}},
		{Level: "MUST", Outcome: reports.Skipped, Accepted: &reports.Accepted{Found: reports.Skipped}},
		{Level: "MUST", Outcome: reports.Failed, Accepted: &reports.Accepted{Found: reports.Failed}},
	})
	want := reports.Summary{
		Counts: reports.Counts{Total: 9, Passed: 1, Warned: 1, Failed: 2, Skipped: 3, Errored: 1, Blocked: 1, Known: 1},
		Levels: []reports.LevelCounts{
			{Level: "ENTRA", Counts: reports.Counts{Total: 2, Passed: 1, Warned: 1}},
			{Level: "MUST", Counts: reports.Counts{Total: 7, Failed: 2, Skipped: 3, Errored: 1, Blocked: 1, Known: 1}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
