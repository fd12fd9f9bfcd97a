package player

import (
	"fmt"
	"path/filepath"
	"runtime"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/times"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const (
	busy     = 0.8                  // of the cores; beyond, latencies are those of the generator too
	tardy    = 5 * time.Millisecond // lag that is worth a warning
	mostBody = 4000                 // of an exchange in the report
)

// section is what the report says of the load.
func (l *Load) section(r *replay.Result) *reports.Replay {
	sum := l.recorder.Summary()
	p := &reports.Replay{
		Stream: l.stream, Model: l.plan.schedule.Model(), Schedule: l.plan.shown, Profile: l.plan.profile.name, Concurrency: l.plan.concurrency,
		Tenants: len(l.tenants), Shard: l.Flags.Shard, WarmupSeconds: l.Flags.WarmUp.Seconds(), Expectations: []reports.Expectation{},
	}
	if l.Flags.Stream != "" {
		p.Stream = filepath.Base(l.Flags.Stream)
	}
	if r.Stopped != nil {
		p.Stopped = l.Endpoint.Redact.Text(r.Stopped.Error())
	}
	p.EndState = l.endState
	p.Measured = figures(r, sum, l.Endpoint.Redact.Text)
	p.Measured.PlannedRate = l.plannedRate(r)
	for _, s := range r.Slowest {
		p.Measured.Slowest = append(p.Measured.Slowest, reports.ReplaySlow{
			Operation: s.Operation, ResponseMs: times.Millis(s.Response), ServiceMs: times.Millis(s.Service), Exchange: l.exchange(s.Exchange),
		})
	}
	p.Measured.Generator = l.generator(r, sum, l.used, l.connections)
	p.Measured.Search, p.Measured.Before = l.found, l.before
	if l.found != nil && r.Stopped == nil {
		p.Expectations = append(p.Expectations, l.foundExpectation())
	}
	p.Expectations = append(p.Expectations, expectations(l.plan.thresholds, r, sum, p.Measured.PlannedRate)...)
	return p
}

// figures are the counts and times. redact takes secrets out of a text.
func figures(r *replay.Result, sum *measure.Summary, redact func(string) string) reports.ReplayFigures {
	m := reports.ReplayFigures{
		Requests: r.Read, Sent: r.Sent, Unsent: r.UnsentTotal(), Warmup: sum.Warmup, Retried: r.Retried, Lookups: r.Lookups, Elsewhere: r.Elsewhere, Earlier: r.Earlier,
		Errors: sum.Errors, Throttled: sum.Throttled, Different: r.DifferentTotal(),
		Seconds: sum.Elapsed.Seconds(), Rate: sum.Rate(),
		Response: times.Latency(sum.All.Response), Service: times.Latency(sum.All.Service), Lag: times.Latency(sum.Lag),
		SpanSeconds: sum.SpanWidth.Seconds(), MostInFlight: r.MostInFlight, Operations: []reports.ReplayOperation{},
	}
	for _, o := range sum.Operations {
		row := times.Operation(o)
		row.Curve = curve(o.Response)
		m.Operations = append(m.Operations, row)
	}
	for _, t := range sum.Tenants {
		m.ByTenant = append(m.ByTenant, times.Operation(t))
	}
	for _, c := range sum.Problems {
		m.Problems = append(m.Problems, reports.ReplayProblem{Operation: c.Operation, Status: c.Status, Failure: c.Failure, Count: c.Times})
	}
	for _, u := range r.Unsent {
		m.NotSent = append(m.NotSent, reports.ReplayUnsent{Why: redact(u.Why), Count: u.Count, Examples: u.Examples})
	}
	for _, d := range r.Different {
		m.Differences = append(m.Differences, reports.ReplayDifference{Operation: d.Operation, Recorded: d.Recorded, Actual: d.Have, Count: d.Count, Example: d.Example})
	}
	for _, a := range r.Answered {
		m.Answers = append(m.Answers, reports.ReplayAnswer{Operation: a.Operation, What: redact(a.What), Count: a.Count, Example: a.Example})
	}
	m.Spans = times.Spans(sum)
	return m
}

// plannedRate is the mean rate of the schedule until the last request.
func (l *Load) plannedRate(r *replay.Result) float64 {
	switch {
	case l.plan.schedule.Closed() || r.Planned <= 0 || r.Read < 2:
		return 0
	case l.plan.schedule.Peak() == 0: // as recorded
		return float64(r.Read) / r.Planned.Seconds()
	default:
		return l.plan.schedule.Mean(r.Planned) * float64(len(l.tenants)) / float64(max(1, l.plan.shard.Of))
	}
}

// generator is what this machine had to do, with a warning where it was too slow itself.
func (l *Load) generator(r *replay.Result, sum *measure.Summary, u used, dialled int64) reports.ReplayGenerator {
	cores := runtime.GOMAXPROCS(0)
	wall := max(sum.Elapsed, time.Millisecond).Seconds()
	g := reports.ReplayGenerator{Cores: cores, CPU: u.cpu.Seconds() / wall / float64(cores), Connections: dialled, LongestPauseMs: times.Millis(u.pause)}
	if r.Sent > 0 {
		g.MicrosPerRequest = float64(u.cpu.Microseconds()) / float64(r.Sent)
		g.Reused = max(0, 1-float64(g.Connections)/float64(r.Sent))
	}
	late := sum.Lag.Enough(99) && sum.Lag.Percentile(99) > tardy
	open := !l.plan.schedule.Closed()
	switch {
	case open && r.MostInFlight >= l.plan.concurrency:
		g.Warning = fmt.Sprintf("all %d places were taken: requests waited here, and not in the target; raise --concurrency, or lower the rate", l.plan.concurrency)
	case g.CPU > busy:
		g.Warning = fmt.Sprintf("this machine used %.0f %% of its cores: part of the times are its own; use another machine for the target, or several with --shard", 100*g.CPU)
	case open && late:
		g.Warning = fmt.Sprintf("requests were sent late by %s at p99: this machine was the bottleneck, and not the target", sum.Lag.Percentile(99).Round(time.Microsecond))
	}
	return g
}

// exchange is a redacted exchange for the report.
func (l *Load) exchange(x *exchange.Exchange) *reports.Exchange {
	if x == nil {
		return nil
	}
	x = l.Endpoint.Redact.Exchange(x)
	return &reports.Exchange{
		Method: x.Method, URL: x.URL, Status: x.Status, Failure: string(x.Failure), RequestHeader: reports.Headers(x.RequestHeader),
		RequestBody: cut(x.RequestBody), ResponseHeader: reports.Headers(x.ResponseHeader), ResponseBody: cut(x.ResponseBody),
		Curl: exchange.Curl(x, "SCIMDRILL_TOKEN"),
	}
}

func cut(b []byte) string { return string(b[:min(len(b), mostBody)]) }

// curve is the distribution for a chart: each step halves what is left.
func curve(h measure.Histogram) []reports.CurvePoint {
	var list []reports.CurvePoint
	for left := 100.0; left*float64(h.Count()) >= 100; left /= 2 {
		p := 100 - left
		list = append(list, reports.CurvePoint{Percentile: p, Milliseconds: times.Millis(h.Percentile(max(p, 0.001)))})
	}
	return append(list, reports.CurvePoint{Percentile: 100, Milliseconds: times.Millis(h.Max())})
}
