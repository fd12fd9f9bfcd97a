package reports

import (
	"cmp"
	"fmt"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// row is a trial in a table.
func (t *ReplayTrial) row() []string {
	why := t.Reason
	if t.Generator != "" {
		why = cmp.Or(why, t.Outcome) + "; " + t.Generator
	}
	return []string{decimal(t.Rate), decimal(t.Achieved), thousands(int(t.Requests)), cell(t.Response.P50), cell(t.Response.P99), cmp.Or(why, t.Outcome)}
}

// search writes the rates that were tried.
func (t *textWriter) search(s *ReplaySearch) {
	if s == nil {
		return
	}
	t.heading("Rates tried, with response times in milliseconds")
	t.line("  %8s %8s %8s %8s %8s", "rate/s", "had/s", "count", "p50", "p99")
	for i := range s.Trials {
		row := s.Trials[i].row()
		t.item(fmt.Sprintf("  %8s %8s %8s %8s %8s  ", row[0], row[1], row[2], row[3], row[4]), row[5])
	}
}

// beforeRow compares one kind of request.
func beforeRow(name string, was, is *Latency) []string {
	row := []string{name}
	for _, pair := range [][2]*float64{{was.P50, is.P50}, {was.P95, is.P95}, {was.P99, is.P99}, {&was.Max, &is.Max}} {
		if pair[0] == nil && pair[1] == nil {
			row = append(row, cell(nil))
			continue
		}
		row = append(row, cell(pair[0])+" → "+cell(pair[1]))
	}
	return row
}

// beforeRows are the kinds of requests that both runs have, and all.
func (p *Replay) beforeRows() (rows [][]string) {
	b := p.Measured.Before
	for i := range p.Measured.Operations {
		o := &p.Measured.Operations[i]
		if was := b.operation(o.Name); was != nil {
			rows = append(rows, beforeRow(o.Name, &was.Response, &o.Response))
		}
	}
	return append(rows, beforeRow("all", &b.Response, &p.Measured.Response))
}

// before writes the response times of two runs side by side.
func (t *textWriter) before(p *Replay) {
	b := p.Measured.Before
	if b == nil {
		return
	}
	t.heading(fmt.Sprintf("Response time of %s and of this run, in milliseconds", cmp.Or(b.Name, "the earlier run")))
	if unlike := b.Unlike(p); unlike != "" {
		t.item("  note      ", unlike)
	}
	for _, row := range p.beforeRows() {
		t.item(fmt.Sprintf("  %-*s ", operationColumns, layout.Shorten(row[0], operationColumns)), fmt.Sprintf("p50 %s, p95 %s, p99 %s, max %s", row[1], row[2], row[3], row[4]))
	}
	t.item("  rate      ", fmt.Sprintf("%s/s → %s/s; errors %s → %s", decimal(b.Rate), decimal(p.Measured.Rate), thousands(int(b.Errors)), thousands(int(p.Measured.Errors))))
}
