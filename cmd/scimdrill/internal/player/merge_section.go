package player

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// mostExamples is how many examples and slow requests a report of several shards shows.
const mostExamples = 10

// section is what the report says of all shards.
func section(parts []piece, all share, thresholds []measure.Threshold) *reports.Replay {
	sum, r := all.Figures.Summary(), result(parts)
	p := *parts[0].report.Replay
	p.Shard, p.Expectations, p.EndState, p.Concurrency = "", []reports.Expectation{}, nil, 0
	if r.Stopped != nil {
		p.Stopped = r.Stopped.Error()
	}
	p.Measured = figures(r, sum, func(text string) string { return text }) // each shard took secrets out
	m := &p.Measured
	for _, part := range parts {
		of := part.report.Replay
		p.Concurrency += of.Concurrency
		m.PlannedRate += of.Measured.PlannedRate
		m.Slowest = append(m.Slowest, of.Measured.Slowest...)
	}
	slices.SortStableFunc(m.Slowest, func(a, b reports.ReplaySlow) int { return cmp.Compare(b.ResponseMs, a.ResponseMs) })
	m.Slowest = m.Slowest[:min(len(m.Slowest), mostExamples)]
	m.Generator = generators(parts)
	p.Expectations = append(p.Expectations, covered(parts, m.Requests+m.Earlier))
	p.Expectations = append(p.Expectations, expectations(thresholds, r, sum, m.PlannedRate)...)
	return &p
}

// covered says whether the shards sent the whole stream: each counted how many requests it left to
// the others.
func covered(parts []piece, together int64) reports.Expectation {
	e := reports.Expectation{
		Title: "The shards share the stream", Expected: fmt.Sprintf("%d requests, each in one shard", together), Outcome: reports.Passed,
	}
	e.Actual = e.Expected
	for _, p := range parts {
		if f := &p.report.Replay.Measured; f.Requests+f.Earlier+f.Elsewhere != together {
			e.Outcome = reports.Warned
			e.Actual = fmt.Sprintf("shard %s read %d requests of the stream, all shards together took %d", p.name(), f.Requests+f.Elsewhere, together)
			break
		}
	}
	return e
}

// generators are the machines together: their cores and connections add up, and the busiest one
// counts.
func generators(parts []piece) (g reports.ReplayGenerator) {
	var sent, reused, micros float64
	for _, p := range parts {
		m := &p.report.Replay.Measured
		of, n := &m.Generator, float64(m.Sent)
		g.CPU, g.LongestPauseMs = max(g.CPU, of.CPU), max(g.LongestPauseMs, of.LongestPauseMs)
		g.Cores, g.Connections = g.Cores+of.Cores, g.Connections+of.Connections
		sent, reused, micros = sent+n, reused+n*of.Reused, micros+n*of.MicrosPerRequest
		if g.Warning == "" && of.Warning != "" {
			g.Warning = "shard " + p.name() + ": " + of.Warning
		}
	}
	if sent > 0 {
		g.Reused, g.MicrosPerRequest = reused/sent, micros/sent
	}
	return g
}
