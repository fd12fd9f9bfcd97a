package reports

import (
	"cmp"
	"fmt"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// ReplayBefore is an earlier run of a load, beside which a run is shown.
type ReplayBefore struct {
	// Name is what the earlier run is called: its folder.
	Name       string            `json:"name"`
	Stream     string            `json:"stream"`
	Schedule   string            `json:"schedule"`
	Rate       float64           `json:"rate"`
	Errors     int64             `json:"errors"`
	Response   Latency           `json:"responseMs"`
	Operations []ReplayOperation `json:"operations"`
}

// Before takes what is shown of an earlier report; nil where it has no load.
func Before(name string, earlier *Report) *ReplayBefore {
	if earlier.Replay == nil {
		return nil
	}
	p := earlier.Replay
	return &ReplayBefore{
		Name: name, Stream: p.Stream, Schedule: p.Schedule, Rate: p.Measured.Rate, Errors: p.Measured.Errors,
		Response: p.Measured.Response, Operations: p.Measured.Operations,
	}
}

// Unlike says in what the earlier run was another load; empty where it was the same.
func (b *ReplayBefore) Unlike(p *Replay) string {
	switch {
	case b.Stream != p.Stream:
		return "the earlier run sent another stream: " + b.Stream
	case b.Schedule != p.Schedule:
		return "the earlier run had another schedule: " + b.Schedule
	}
	return ""
}

// operation is a kind of request of the earlier run.
func (b *ReplayBefore) operation(name string) *ReplayOperation {
	for i := range b.Operations {
		if b.Operations[i].Name == name {
			return &b.Operations[i]
		}
	}
	return nil
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
