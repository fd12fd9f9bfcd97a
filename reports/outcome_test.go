package reports_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports"
)

func TestOutcomeRoundTrip(t *testing.T) {
	t.Parallel()
	want := []reports.Outcome{reports.Failed, reports.Errored, reports.Warned, reports.Blocked, reports.Skipped, reports.Passed}
	if diff := cmp.Diff(want, reports.Outcomes()); diff != "" {
		t.Fatalf("all outcomes (-want +got):\n%s", diff)
	}
	labels := map[string]bool{}
	for _, o := range reports.Outcomes() {
		data, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		var back reports.Outcome
		if err := json.Unmarshal(data, &back); err != nil || back != o {
			t.Errorf("%s came back as %q, %v", data, back, err)
		}
		if parsed, err := reports.ParseOutcome(string(o)); err != nil || parsed != o {
			t.Errorf("ParseOutcome(%q) = %q, %v", o, parsed, err)
		}
		labels[o.Label()] = true
	}
	if len(labels) != len(want) {
		t.Errorf("labels are not all different: %v", labels)
	}
}

func TestOutcomeUnknown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "PASSED", "ok"} {
		if _, err := reports.ParseOutcome(text); err == nil || !strings.Contains(err.Error(), "failed, errored, warned, blocked, skipped, passed") {
			t.Errorf("ParseOutcome(%q) = %v", text, err)
		}
		if _, err := json.Marshal(reports.Outcome(text)); err == nil {
			t.Errorf("Outcome(%q) was written", text)
		}
	}
}
