package reports_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/severity"
)

type codeQualityEntry struct {
	Description string
	CheckName   string `json:"check_name"`
	Fingerprint string
	Severity    string
	Location    struct {
		Path  string
		Lines struct{ Begin int }
	}
}

func codeQuality(t *testing.T, r *reports.Report) []codeQualityEntry {
	t.Helper()
	var list []codeQualityEntry
	if err := json.Unmarshal(write(t, "codequality", r), &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// GitLab needs a description, a name, a unique fingerprint, one of five severities and a place.
func TestCodeQuality(t *testing.T) {
	t.Parallel()
	check := func(id string, o reports.Outcome, s severity.Severity) reports.Check {
		return reports.Check{ID: id, Title: "title of " + id, Level: "MUST", Outcome: o, Severity: s, Actual: "it did not", Fix: "Do it."}
	}
	known := check("USR-007", reports.Skipped, severity.Access)
	known.Accepted = &reports.Accepted{Found: reports.Failed, Reason: "later"}
	r := &reports.Report{Conformance: &reports.Conformance{Checks: []reports.Check{
		check("USR-001", reports.Failed, severity.Blocks), check("USR-002", reports.Failed, severity.Access), check("USR-003", reports.Failed, severity.Wrong),
		check("USR-004", reports.Failed, severity.Untidy), check("USR-005", reports.Warned, severity.Access), check("USR-006", reports.Warned, severity.Untidy),
		known, check("USR-008", reports.Passed, severity.Access), check("USR-009", reports.Errored, severity.Wrong),
	}}}
	var got []string
	var prints []string
	for _, e := range codeQuality(t, r) {
		got = append(got, e.CheckName+" "+e.Severity)
		prints = append(prints, e.Fingerprint)
		if e.Location.Path != "scimdrill.yaml" || e.Location.Lines.Begin != 1 || len(e.Fingerprint) != 64 {
			t.Errorf("%+v", e)
		}
		if want := e.CheckName + " title of " + e.CheckName + ": it did not Fix: Do it."; e.Description != want {
			t.Errorf("description %q, want %q", e.Description, want)
		}
	}
	want := []string{"USR-001 blocker", "USR-002 critical", "USR-003 major", "USR-004 minor", "USR-005 minor", "USR-006 info", "USR-009 major"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	slices.Sort(prints)
	if len(slices.Compact(prints)) != len(want) {
		t.Error("two findings have one fingerprint")
	}
}

// An empty report says that nothing was found, so a run without a verdict is not empty.
func TestCodeQualityWithoutAVerdict(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*reports.Report{
		"stopped":     {Conformance: &reports.Conformance{Stopped: "Nothing accepts connections."}},
		"interrupted": {Run: reports.Run{Interrupted: true}, Conformance: &reports.Conformance{}},
	} {
		if list := codeQuality(t, r); len(list) != 1 || list[0].Severity != "blocker" {
			t.Errorf("%s: %+v", name, list)
		}
	}
	passed := &reports.Report{Conformance: &reports.Conformance{Checks: []reports.Check{{ID: "USR-001", Outcome: reports.Passed}}}}
	if got := string(write(t, "codequality", passed)); got != "[]\n" {
		t.Errorf("a conformant target: %q", got)
	}
}
