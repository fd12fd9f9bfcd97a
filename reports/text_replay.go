package reports

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

const (
	maxTextProblems   = 8
	maxTextUnsent     = 5
	maxTextDiffering  = 5
	maxTextTenants    = 10
	operationColumns  = 30
	percentileColumns = 9
)

// replay writes the figures of a load: whether the intended load was offered, the errors, and then
// the times of each kind of request.
func (t *textWriter) replay(p *Replay) {
	m := &p.Measured
	t.heading("Load")
	what := fmt.Sprintf("%s, %s model, %s", p.Stream, p.Model, p.Schedule)
	if p.Profile != "" {
		what += " (profile " + p.Profile + ")"
	}
	t.item("  stream    ", what)
	rate := fmt.Sprintf("%s/s over %s s", decimal(m.Rate), decimal(m.Seconds))
	if m.PlannedRate > 0 {
		rate += fmt.Sprintf("; planned %s/s", decimal(m.PlannedRate))
	}
	t.item("  rate      ", rate)
	sent := []string{fmt.Sprintf("%s of %s sent", thousands(int(m.Sent)), count(int(m.Requests), "request"))}
	for _, part := range []struct {
		n    int64
		what string
	}{{m.Unsent, "not sent"}, {m.Retried, "sent again after Retry-After"}, {m.Lookups, "searched for"}, {m.Warmup, "in the warm-up"}, {m.Elsewhere, "left to other shards"}, {m.Earlier, "sent by an earlier run"}} {
		if part.n > 0 {
			sent = append(sent, thousands(int(part.n))+" "+part.what)
		}
	}
	t.item("  requests  ", strings.Join(sent, ", "))
	t.item("  under way ", fmt.Sprintf("at most %d of %d; %s, %s", m.MostInFlight, p.Concurrency, count(p.Tenants, "tenant"), count(int(m.Generator.Connections), "connection")))
	errors := thousands(int(m.Errors))
	if done := m.Sent; done > 0 {
		errors += fmt.Sprintf(" (%s %%)", decimal(100*float64(m.Errors)/float64(done)))
	}
	if m.Throttled > 0 {
		errors += ", " + thousands(int(m.Throttled)) + " throttled (429)"
	}
	t.item("  errors    ", errors)
	t.item("  generator ", fmt.Sprintf("lag p99 %s, CPU %.0f %% of %s, %.0f µs a request",
		m.Lag.shown99(), 100*m.Generator.CPU, count(m.Generator.Cores, "core"), m.Generator.MicrosPerRequest))
	if m.Generator.Warning != "" {
		t.item("  WARNING   ", m.Generator.Warning)
	}
	if p.EndState != nil && p.EndState.Impossible == "" {
		t.item("  end state ", p.EndState.Figures())
		for _, remark := range p.EndState.Remarks() {
			t.item("            ", remark)
		}
	}
	t.search(m.Search)
	t.operations(m)
	t.before(p)
	t.problems(m)
	for _, e := range p.judged() {
		t.painted(e.Outcome.row().style, "  "+badge(e.Outcome), e.Title+detail(e))
	}
}

// operations writes the table of times.
func (t *textWriter) operations(m *ReplayFigures) {
	if len(m.Operations) == 0 {
		return
	}
	t.heading("Response time from the moment at which a request was due, in milliseconds")
	name := max(12, min(operationColumns, t.Columns-4*percentileColumns-8))
	t.line("  %-*s %7s %*s%*s%*s%*s", name-2, "", "count", percentileColumns-1, "p50", percentileColumns-1, "p95", percentileColumns-1, "p99", percentileColumns, "max")
	row := func(what string, n int64, l Latency) {
		t.line("  %-*s %7d %*s%*s%*s%*s", name-2, layout.Shorten(what, name-2), n, percentileColumns-1, cell(l.P50), percentileColumns-1, cell(l.P95),
			percentileColumns-1, cell(l.P99), percentileColumns, digits(l.Max))
	}
	total := int64(0)
	for _, o := range m.Operations {
		row(o.Name, o.Requests, o.Response)
		total += o.Requests
	}
	for _, o := range m.ByTenant[:min(len(m.ByTenant), maxTextTenants)] {
		row("of "+o.Name, o.Requests, o.Response)
	}
	if left := len(m.ByTenant) - maxTextTenants; left > 0 {
		t.line("  and %s in the report", count(left, "more tenant"))
	}
	row("all", total, m.Response)
	row("all, service time", total, m.Service)
}

// problems writes what failed, what was not sent, and what differs from the recording.
func (t *textWriter) problems(m *ReplayFigures) {
	if len(m.Problems)+len(m.NotSent)+len(m.Differences)+len(m.Answers) > 0 {
		t.heading("Errors and differences")
	}
	for _, p := range m.Problems[:min(len(m.Problems), maxTextProblems)] {
		t.item("  error     ", fmt.Sprintf("%s: %s, %s", p.Operation, p.what(), count(int(p.Count), "time")))
	}
	for _, u := range m.NotSent[:min(len(m.NotSent), maxTextUnsent)] {
		text := fmt.Sprintf("%s: %s", count(int(u.Count), "request"), u.Why)
		if len(u.Examples) > 0 {
			text += "; for example " + u.Examples[0]
		}
		t.item("  not sent  ", text)
	}
	if left := len(m.NotSent) - maxTextUnsent; left > 0 {
		t.line("  and %s in the report", count(left, "more reason"))
	}
	for _, d := range m.Differences[:min(len(m.Differences), maxTextDiffering)] {
		t.item("  differs   ", fmt.Sprintf("%s: %d in the recording, %d now, %s; for example %s", d.Operation, d.Recorded, d.Actual, count(int(d.Count), "time"), d.Example))
	}
	t.answers(m.Answers)
}

// answers writes in what responses differ from the recorded ones.
func (t *textWriter) answers(list []ReplayAnswer) {
	for _, a := range list[:min(len(list), maxTextDiffering)] {
		t.item("  differs   ", fmt.Sprintf("%s: %s, %s; for example %s", a.Operation, a.What, count(int(a.Count), "time"), a.Example))
	}
	if left := len(list) - maxTextDiffering; left > 0 {
		t.line("  and %s in the report", count(left, "more difference"))
	}
}

// what is the status of an error, or why there was no response.
func (p ReplayProblem) what() string {
	if p.Status != 0 {
		return "status " + strconv.Itoa(p.Status)
	}
	return "no response (" + cmp.Or(p.Failure, "unknown") + ")"
}

// replayed writes the figures of a load in a few lines.
func (t *textWriter) replayed(p *Replay) {
	m := &p.Measured
	t.item("  load        ", fmt.Sprintf("%s/s, %s, %s, %s not sent", decimal(m.Rate), count(int(m.Sent), "request"), count(int(m.Errors), "error"), thousands(int(m.Unsent))))
	t.item("              ", "response "+m.Response.known()+"; lag "+m.Lag.known())
	for _, o := range m.Operations {
		t.item("              ", o.Name+": "+o.Response.known())
	}
	if m.Generator.Warning != "" {
		t.item("  WARNING     ", m.Generator.Warning)
	}
}

// known are the percentiles that rest on enough requests.
func (l Latency) known() string {
	var parts []string
	for _, p := range []struct {
		name string
		ms   *float64
	}{{"p50", l.P50}, {"p95", l.P95}, {"p99", l.P99}} {
		if p.ms != nil {
			parts = append(parts, p.name+" "+milliseconds(*p.ms))
		}
	}
	return cmp.Or(strings.Join(parts, ", "), "unknown")
}

func (l Latency) shown99() string { return shownMs(l.P99) }

// shownMs is a time for a sentence; too few requests give none.
func shownMs(ms *float64) string {
	if ms == nil {
		return "unknown (too few requests)"
	}
	return milliseconds(*ms)
}
