package reports

import (
	"fmt"
	"strings"
)

// loadView is a load in the form that the page shows.
type loadView struct {
	*Report

	Judged  []Expectation
	Curves  []chart // of each kind of request
	Slow    []slowView
	Before  [][]string // this run beside an earlier one
	Charts  []chart
	Rows    []loadRow
	Tenants []loadRow
	Trials  [][]string // of the search for the highest rate
}

// loadRow is a kind of request in the table of times.
type loadRow struct{ Name, Requests, Errors, P50, P95, P99, Max string }

// chart is a drawing of lines over time.
type chart struct {
	Title, Unit, Top, Half, End string
	Lines                       []chartLine
	Ticks                       []chartWord
}

// chartLine is one line. Dash tells it from others without colours; Number counts from 1.
type chartLine struct {
	Name, Points, Dash string
	Number             int
	KeyX, LabelX       int
}

// The frame of a chart, in the units of its drawing.
const (
	chartLeft, chartRight = 60.0, 690.0
	chartTop, chartBottom = 30.0, 150.0
)

func newLoadView(r *Report) *loadView {
	if r.Replay == nil {
		return nil
	}
	m := &r.Replay.Measured
	v := &loadView{Report: r, Judged: r.Replay.judged()}
	v.Rows, v.Tenants = loadRows(m.Operations), loadRows(m.ByTenant)
	if m.Search != nil {
		for i := range m.Search.Trials {
			v.Trials = append(v.Trials, m.Search.Trials[i].row())
		}
	}
	var before []ReplayOperation
	if m.Before != nil {
		v.Before, before = r.Replay.beforeRows(), m.Before.Operations
	}
	for i := range m.Operations {
		if len(m.Operations[i].Curve) > 1 {
			v.Curves = append(v.Curves, curveChart(&m.Operations[i], before))
		}
	}
	v.Slow = slowViews(r)
	width := max(m.SpanSeconds, 0.001)
	v.Charts = []chart{
		drawn("Throughput", "requests a second", whole(m.Spans), []string{"responses", "errors"}, func(s ReplaySpan) []float64 {
			return []float64{float64(s.Requests) / width, float64(s.Errors) / width}
		}),
		drawn("Response time over time", "ms", m.Spans, []string{"p50", "p95", "p99"}, func(s ReplaySpan) []float64 { return []float64{s.P50, s.P95, s.P99} }),
		drawn("Under way", "requests", m.Spans, []string{"at most"}, func(s ReplaySpan) []float64 { return []float64{float64(s.InFlight)} }),
	}
	return v
}

func loadRows(of []ReplayOperation) (rows []loadRow) {
	for _, o := range of {
		rows = append(rows, loadRow{
			o.Name, thousands(int(o.Requests)), thousands(int(o.Errors)), cell(o.Response.P50), cell(o.Response.P95), cell(o.Response.P99), digits(o.Response.Max),
		})
	}
	return rows
}

// whole leaves out the last span, which ended with the run.
func whole(spans []ReplaySpan) []ReplaySpan {
	const few = 2
	if n := len(spans); n > few {
		return spans[:n-1]
	}
	return spans
}

// drawn makes a chart of what spans say.
func drawn(title, unit string, spans []ReplaySpan, names []string, of func(ReplaySpan) []float64) chart {
	top, end := 0.0, 1.0
	for _, s := range spans {
		end = max(end, s.Second)
		for _, x := range of(s) {
			top = max(top, x)
		}
	}
	c := chart{Title: title, Unit: unit, Top: decimal(top), Half: decimal(top / 2), End: decimal(end) + " s"}
	for i, name := range names {
		var points strings.Builder
		for _, s := range spans {
			x := chartLeft + (chartRight-chartLeft)*s.Second/end
			y := chartBottom - (chartBottom-chartTop)*of(s)[i]/max(top, 0.001)
			fmt.Fprintf(&points, "%.1f,%.1f ", x, y)
		}
		c.Lines = append(c.Lines, newLine(i, name, points.String()))
	}
	return c
}

// newLine is the line number i of a chart.
func newLine(i int, name, points string) chartLine {
	key := int(chartLeft) + 120*i
	return chartLine{
		Name: name, Points: strings.TrimSpace(points), Dash: []string{"none", "6 3", "2 2"}[i%3], Number: i%3 + 1, KeyX: key, LabelX: key + 30,
	}
}
