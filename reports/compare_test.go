package reports_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

// graded is a report with checks in the form "AAA-001 failed cause".
func graded(lines ...string) *reports.Report {
	r := &reports.Report{
		SchemaVersion: reports.SchemaVersion, Run: reports.Run{ID: "r" + lines[0][:1]},
		Target: reports.Target{URL: "http://127.0.0.1:8080", Kind: reports.TargetExternal}, Conformance: &reports.Conformance{},
	}
	for _, line := range lines[1:] {
		parts := append(strings.Fields(line), "")
		check := reports.Check{ID: parts[0], Title: "does " + parts[0], Level: "MUST", Outcome: reports.Outcome(parts[1]), Cause: parts[2]}
		if parts[1] == "known" {
			check.Outcome, check.Accepted = reports.Skipped, &reports.Accepted{Found: reports.Failed, Reason: "later", Expires: "2026-12-31"}
		}
		r.Conformance.Checks = append(r.Conformance.Checks, check)
	}
	r.Conformance.Causes = reports.GroupByCause(r.Conformance.Checks, nil)
	return r
}

func before() *reports.Report {
	return graded("old", "AAA-001 passed", "AAA-002 failed a", "AAA-003 failed a", "AAA-004 warned w", "AAA-005 passed", "AAA-006 failed a", "AAA-007 passed",
		"AAA-008 known a", "AAA-009 passed", "AAA-010 failed gone")
}

func after() *reports.Report {
	return graded("new", "AAA-001 passed", "AAA-002 passed", "AAA-003 failed other", "AAA-004 failed w", "AAA-005 known x", "AAA-006 failed a", "AAA-007 blocked",
		"AAA-008 failed a", "AAA-009 errored t", "AAA-011 failed n", "AAA-012 passed")
}

func TestCompare(t *testing.T) {
	t.Parallel()
	c := reports.Compare(before(), after())
	var got []string
	for _, k := range c.Checks {
		got = append(got, strings.Join([]string{string(k.Trend), k.Key, string(k.Was), string(k.Is)}, " "))
	}
	for _, k := range c.Causes {
		got = append(got, string(k.Trend)+" cause "+k.Key)
	}
	if diff := cmp.Diff([]string{
		"worse AAA-003 failed failed", "worse AAA-004 warned failed", "worse AAA-009 passed errored", "worse AAA-007 passed blocked",
		"new AAA-011  failed", "better AAA-002 failed passed", "gone AAA-010 failed ",
		"new cause n", "new cause other", "new cause t", "better cause a", "gone cause gone",
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !c.Worse() || c.Same != 4 {
		t.Errorf("worse %v, %d unchanged, want 4", c.Worse(), c.Same)
	}
	if reports.Compare(after(), after()).Worse() || reports.Compare(&reports.Report{}, &reports.Report{}).Worse() {
		t.Error("equal reports are worse")
	}
}

// A check with subjects has an entry for each that did not pass, and one if all passed.
func TestCompareSubjects(t *testing.T) {
	t.Parallel()
	subjects := func(subjects ...string) *reports.Report {
		r := graded("old")
		for _, s := range subjects {
			check := reports.Check{ID: "AAA-001", Subject: s, Title: "does all", Level: "MUST", Outcome: reports.Failed, Cause: "a"}
			r.Conformance.Checks = append(r.Conformance.Checks, check)
		}
		return r
	}
	whole := graded("new", "AAA-001 passed")
	for name, c := range map[string]struct {
		old, later *reports.Report
		want       []string
	}{
		"all mended":  {subjects("a", "b"), whole, []string{"better AAA-001[a] failed passed", "better AAA-001[b] failed passed"}},
		"one mended":  {subjects("a", "b"), subjects("b"), []string{"better AAA-001[a] failed passed"}},
		"all broken":  {whole, subjects("a"), []string{"worse AAA-001[a] passed failed"}},
		"one more":    {subjects("a"), subjects("a", "b"), []string{"worse AAA-001[b] passed failed"}},
		"not run":     {subjects("a"), graded("new"), []string{"gone AAA-001[a] failed "}},
		"not changed": {subjects("a"), subjects("a"), nil},
	} {
		var got []string
		for _, k := range reports.Compare(c.old, c.later).Checks {
			got = append(got, strings.Join([]string{string(k.Trend), k.Key, string(k.Was), string(k.Is)}, " "))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	var text bytes.Buffer
	if err := reports.Compare(subjects("a", "b", "c"), whole).WriteText(&text, reports.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	if want := "check AAA-001[a] and 2 other subjects does all: failed before, now passed"; !strings.Contains(text.String(), want) {
		t.Errorf("%q is missing in\n%s", want, text.String())
	}
}

func TestCompareWriters(t *testing.T) {
	t.Parallel()
	hostile := after()
	hostile.Conformance.Checks[2].Title = "\x1b[31m@octocat <script> " + strings.Repeat("組織", 60)
	for _, later := range []*reports.Report{after(), hostile} {
		c := reports.Compare(before(), later)
		var text, markdown bytes.Buffer
		if err := c.WriteText(&text, reports.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := c.WriteMarkdown(&markdown); err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{
			"✗ WORSE THAN BEFORE\n  4 checks worse, 1 new, 1 better, 1 gone, 4 unchanged.", "\nBetter\n", "AAA-009 does AAA-009: passed before, now errored",
		} {
			if !strings.Contains(text.String(), part) {
				t.Errorf("%q is missing in\n%s", part, text.String())
			}
		}
		for _, part := range []string{"## ✗ scimdrill: Worse than before\n", "### Worse\n", "- `AAA-002` does AAA-002: failed before, now passed"} {
			if !strings.Contains(markdown.String(), part) {
				t.Errorf("%q is missing in\n%s", part, markdown.String())
			}
		}
		for line := range strings.SplitSeq(text.String(), "\n") {
			if utf8.RuneCountInString(line) > 80 || strings.Contains(line, "\x1b") {
				t.Errorf("line %q", line)
			}
		}
		if strings.ContainsAny(markdown.String(), "\x1b") || strings.Contains(markdown.String(), "@octocat") || strings.Contains(markdown.String(), "<script>") {
			t.Errorf("Markdown with markup of a target:\n%s", markdown.String())
		}
	}
}

// With a baseline, only what is worse fails.
func TestAgainstBaseline(t *testing.T) {
	t.Parallel()
	r := after()
	r.Conformance.Against(before(), "old/report.json")
	got := map[string]reports.Outcome{}
	for _, check := range r.Conformance.Checks {
		got[check.ID] = check.Outcome
	}
	if diff := cmp.Diff(map[string]reports.Outcome{
		"AAA-001": reports.Passed, "AAA-002": reports.Passed, "AAA-003": reports.Failed, "AAA-004": reports.Failed, "AAA-005": reports.Skipped,
		"AAA-006": reports.Skipped, "AAA-007": reports.Blocked, "AAA-008": reports.Skipped, "AAA-009": reports.Errored, "AAA-011": reports.Failed,
		"AAA-012": reports.Passed,
	}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if n := r.Conformance.Summary.Known; n != 3 || r.Conformance.Baseline.Known != 2 || reports.ExitCode(r) != reports.ExitFailed {
		t.Errorf("%d known, %+v, exit code %d", n, r.Conformance.Baseline, reports.ExitCode(r))
	}
	for _, cause := range r.Conformance.Causes {
		if cause.Key == "a" {
			t.Error("a cause without findings is left")
		}
	}
	same := before()
	same.Conformance.Against(before(), "old/report.json")
	v := same.Verdict()
	if reports.ExitCode(same) != reports.ExitOK || v.Title != "No worse than the baseline" ||
		!strings.Contains(v.Sentence, "1 known, until 2026-12-31, 5 known from the baseline.") {
		t.Errorf("exit code %d, %+v", reports.ExitCode(same), v)
	}
	matchSchema(t, write(t, "json", same))
}
