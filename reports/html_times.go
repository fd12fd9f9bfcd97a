package reports

import (
	"fmt"
	"strings"
)

// Sentence is the timing in a line.
func (t *RequestTiming) Sentence() string {
	text := fmt.Sprintf("%s in %s s, %s/s, at most %d under way; response", count(int(t.Requests), "request"), decimal(t.Seconds), decimal(t.Rate), t.MostInFlight)
	var parts []string
	for _, p := range []struct {
		name string
		at   *float64
	}{{"p50", t.Response.P50}, {"p95", t.Response.P95}, {"p99", t.Response.P99}, {"max", &t.Response.Max}} {
		if p.at != nil {
			parts = append(parts, p.name+" "+digits(*p.at)+" ms")
		}
	}
	return text + " " + strings.Join(parts, ", ")
}

// timesView is the timing in the form that the page shows.
type timesView struct {
	Title  string
	Rows   []loadRow
	Charts []chart
}

func newTimesView(t *RequestTiming) *timesView {
	if t == nil {
		return nil
	}
	width := max(t.SpanSeconds, 0.001)
	v := &timesView{Title: t.Sentence(), Rows: loadRows(t.Operations)}
	if len(t.Spans) > 1 {
		v.Charts = []chart{
			drawn("Throughput", "requests a second of wall time", whole(t.Spans), []string{"responses", "errors"}, func(s ReplaySpan) []float64 {
				return []float64{float64(s.Requests) / width, float64(s.Errors) / width}
			}),
			drawn("Response time over time", "ms", t.Spans, []string{"p50", "p95", "p99"}, func(s ReplaySpan) []float64 { return []float64{s.P50, s.P95, s.P99} }),
		}
	}
	return v
}
