package reports

import (
	"fmt"
	"math"
	"strings"
)

// chartWord is a word below a chart.
type chartWord struct {
	X    int
	Text string
}

// curveChart draws the percentiles of the response times of a kind of request, with those of an earlier run. Each step to the
// right halves what is slower.
func curveChart(o *ReplayOperation, before []ReplayOperation) chart {
	lines := []struct {
		name  string
		curve []CurvePoint
	}{{"this run", o.Curve}}
	for i := range before {
		if before[i].Name == o.Name && len(before[i].Curve) > 0 {
			lines = append(lines, struct {
				name  string
				curve []CurvePoint
			}{"earlier run", before[i].Curve})
		}
	}
	top, steps := 0.0, 1.0
	for _, l := range lines {
		for i, p := range l.curve {
			top = max(top, p.Milliseconds)
			steps = max(steps, halvings(l.curve, i))
		}
	}
	c := chart{Title: o.Name, Unit: "ms by percentile", Top: decimal(top), Half: decimal(top / 2)}
	place := func(step float64) float64 { return chartLeft + (chartRight-chartLeft)*step/steps }
	for i, l := range lines {
		var points strings.Builder
		for j, p := range l.curve {
			fmt.Fprintf(&points, "%.1f,%.1f ", place(halvings(l.curve, j)), chartBottom-(chartBottom-chartTop)*p.Milliseconds/max(top, 0.001))
		}
		c.Lines = append(c.Lines, newLine(i, l.name, points.String()))
	}
	for _, t := range []struct {
		percentile float64
		text       string
	}{{0, "p0"}, {50, "p50"}, {90, "p90"}, {99, "p99"}, {99.9, "p99.9"}} {
		if step := math.Log2(100 / (100 - t.percentile)); step < steps-0.7 {
			c.Ticks = append(c.Ticks, chartWord{int(place(step)), t.text})
		}
	}
	c.End = "max"
	return c
}

// halvings is where a point is: how often what is slower was halved. The maximum is one step behind the last percentile.
func halvings(curve []CurvePoint, i int) float64 {
	if p := curve[i].Percentile; p < 100 {
		return math.Log2(100 / (100 - p))
	}
	if i == 0 {
		return 0
	}
	return halvings(curve, i-1) + 1
}

// slowView is one of the slowest requests.
type slowView struct {
	exchangeView

	Operation, Response, Service string
}

func slowViews(r *Report) (list []slowView) {
	for i, s := range r.Replay.Measured.Slowest {
		v := slowView{Operation: s.Operation, Response: milliseconds(s.ResponseMs), Service: milliseconds(s.ServiceMs)}
		v.Number = i + 1
		if s.Exchange != nil {
			v.exchangeView = exchangeView{*s.Exchange, i + 1, shortURL(s.Exchange.URL, r.Target.URL), exchangeTone(*s.Exchange), false}
		}
		list = append(list, v)
	}
	return list
}
