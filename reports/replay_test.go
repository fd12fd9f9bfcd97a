package reports_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports"
)

// A load is on the page with its charts, its table and its end state, and decides the exit code.
func TestReplay(t *testing.T) {
	t.Parallel()
	p50 := 1.5
	r := &reports.Report{Replay: &reports.Replay{
		Stream: "requests.jsonl", Model: reports.ModelOpen, Schedule: "25/s",
		Expectations: []reports.Expectation{{Title: "Threshold p99>1s", Outcome: reports.Failed, Actual: "2s"}},
		EndState:     &reports.EndState{Compared: "all", Users: 2},
		Measured: reports.ReplayFigures{
			SpanSeconds: 1, Spans: []reports.ReplaySpan{{Requests: 5, P50: 1, P95: 2, P99: 3, InFlight: 2}, {Second: 1, Requests: 7, Errors: 1}},
			Operations: []reports.ReplayOperation{{Name: "POST /Users", Requests: 1200, Response: reports.Latency{P50: &p50, Max: 9}}},
		},
	}}
	for _, format := range reports.Formats() {
		var b bytes.Buffer
		if err := format.Write(&b, r); err != nil {
			t.Errorf("%s: %v", format.Name, err)
		}
		if format.Name == "html" && (strings.Count(b.String(), "<polyline") != 6 || !strings.Contains(b.String(), "2 users and 0 groups compared")) {
			t.Errorf("the page has no charts or no end state")
		}
		if (format.Name == "text" || format.Name == "html") && !strings.Contains(b.String(), "1,200") && !strings.Contains(b.String(), "1200") {
			t.Errorf("%s does not tell of 1,200 requests", format.Name)
		}
	}
	if code := reports.ExitCode(r); code != reports.ExitFailed {
		t.Errorf("exit code %d", code)
	}
}
