package reports

import (
	"fmt"

	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

// replay writes the figures of a load.
func (m *markdownWriter) replay(p *Replay) {
	f := &p.Measured
	m.line("### Load\n")
	planned := ""
	if f.PlannedRate > 0 {
		planned = fmt.Sprintf(" of %s/s planned", decimal(f.PlannedRate))
	}
	m.line("%s, %s model, %s: %s/s%s, %s, %s, %s not sent.\n", markdown.Code(p.Stream), p.Model, markdown.Text(p.Schedule),
		decimal(f.Rate), planned, count(int(f.Sent), "request"), count(int(f.Errors), "error"), thousands(int(f.Unsent)))
	if f.Generator.Warning != "" {
		m.line("**Warning:** %s\n", markdown.Text(f.Generator.Warning))
	}
	m.search(f.Search)
	m.line("| request | count | errors | p50 ms | p95 ms | p99 ms | max ms |")
	m.line("|:--|--:|--:|--:|--:|--:|--:|")
	for _, o := range f.Operations {
		m.line("| %s | %s | %s | %s | %s | %s | %s |", markdown.Code(o.Name), thousands(int(o.Requests)), thousands(int(o.Errors)),
			cell(o.Response.P50), cell(o.Response.P95), cell(o.Response.P99), digits(o.Response.Max))
	}
	m.line("")
	m.missed(p.judged())
	m.line("")
}

// search writes the rates that were tried.
func (m *markdownWriter) search(s *ReplaySearch) {
	if s == nil {
		return
	}
	m.line("| rate/s | had/s | count | p50 ms | p99 ms | outcome |")
	m.line("|--:|--:|--:|--:|--:|:--|")
	for i := range s.Trials {
		row := s.Trials[i].row()
		m.line("| %s | %s | %s | %s | %s | %s |", row[0], row[1], row[2], row[3], row[4], markdown.Text(row[5]))
	}
	m.line("")
}
