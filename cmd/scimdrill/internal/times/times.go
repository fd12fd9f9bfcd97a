// Package times turns what was measured of requests into the figures of a report.
package times

import (
	"maps"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Spans are the figures over time.
func Spans(sum *measure.Summary) (list []reports.ReplaySpan) {
	for _, s := range sum.Spans {
		list = append(list, reports.ReplaySpan{
			Second: s.At.Seconds(), Requests: s.Requests, Errors: s.Errors, Throttled: s.Throttled, InFlight: s.InFlight,
			P50: Millis(s.Response.Percentile(50)), P95: Millis(s.Response.Percentile(95)), P99: Millis(s.Response.Percentile(99)),
		})
	}
	return list
}

// Operation are the figures of a kind of request, or of a tenant.
func Operation(o measure.Operation) reports.ReplayOperation {
	row := reports.ReplayOperation{Name: o.Name, Requests: o.Requests, Errors: o.Errors, Response: Latency(o.Response), Service: Latency(o.Service)}
	for _, status := range slices.Sorted(maps.Keys(o.Status)) {
		row.Status = append(row.Status, reports.ReplayStatus{Status: status, Count: o.Status[status]})
	}
	return row
}

// Millis is a duration in milliseconds.
func Millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// Latency are the percentiles that rest on enough requests.
func Latency(h measure.Histogram) reports.Latency {
	l := reports.Latency{Mean: Millis(h.Mean()), Max: Millis(h.Max())}
	for _, p := range []struct {
		at  float64
		put **float64
	}{{50, &l.P50}, {90, &l.P90}, {95, &l.P95}, {99, &l.P99}, {99.9, &l.P999}} {
		if h.Enough(p.at) {
			ms := Millis(h.Percentile(p.at))
			*p.put = &ms
		}
	}
	return l
}
