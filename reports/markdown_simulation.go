package reports

import (
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

const (
	maxMarkdownEscrows = 10
	maxMarkdownSpans   = 5
	maxMarkdownMissed  = 10
)

func (m *markdownWriter) simulation(s *Simulation) {
	m.line("### Simulation\n")
	for i := range s.Jobs {
		if s.called(i) != "" {
			m.line("#### %s\n", markdown.Text(s.heading(i)))
		}
		m.job(&s.Jobs[i])
	}
	m.missed(s.judged())
	m.endState(s.EndState)
	for _, job := range s.Jobs {
		m.quarantines(job.Quarantines)
	}
	m.line("")
}

// job writes the figures of a job.
func (m *markdownWriter) job(j *Job) {
	sum := j.Totals()
	m.line("Profile %s, %s%s, job %s, %s.\n", markdown.Code(j.Profile), j.ran(), j.span(), markdown.Text(j.Status), count(sum.Requests, "request"))
	m.line("| created | updated | disabled | deleted | members | failures | escrows left |")
	m.line("|--:|--:|--:|--:|--:|--:|--:|")
	m.line("| %s | %s | %s | %s | +%s −%s | %s | %s |\n", thousands(sum.Created), thousands(sum.Updated), thousands(sum.Disabled), thousands(sum.Deleted),
		thousands(sum.MembershipsAdded), thousands(sum.MembershipsRemoved), thousands(sum.Failed), thousands(j.EscrowsTotal))
}

// endState writes how much was compared, and remarks.
func (m *markdownWriter) endState(e *EndState) {
	if e == nil || e.Impossible != "" {
		return
	}
	m.line("- End state: %s", markdown.Text(e.Figures()))
	for _, remark := range e.Remarks() {
		m.line("  - %s", markdown.Text(layout.Shorten(remark, 400)))
	}
}

// missed writes the expectations that were not met.
func (m *markdownWriter) missed(judged []Expectation) {
	missed := slices.DeleteFunc(judged, func(e Expectation) bool { return e.Outcome == Passed })
	for i, e := range missed {
		if i == maxMarkdownMissed {
			m.line("- and %s", count(len(missed)-i, "more expectation"))
			break
		}
		m.line("- %s **%s**: expected %s, actual %s", e.Outcome.Symbol(), markdown.Text(layout.Shorten(e.Title, 200)), markdown.Code(layout.Shorten(e.Expected, maxCell)), markdown.Code(layout.Shorten(e.Actual, maxCell)))
	}
}

func (m *markdownWriter) quarantines(spans []Span) {
	for _, q := range spans[:min(len(spans), maxMarkdownSpans)] {
		until := "ongoing"
		if !q.Ended.IsZero() {
			until = "until " + virtualTime(q.Ended)
		}
		text := explain(q.Error, q.Failure)
		m.line("- Quarantine from %s %s: %s %s", virtualTime(q.Began), until, markdown.Code(q.Reason), markdown.Text(layout.Shorten(firstOf(text), 300)))
	}
	if left := len(spans) - maxMarkdownSpans; left > 0 {
		m.line("- and %s", count(left, "more quarantine"))
	}
}

// everyEscrow writes the escrows of all jobs.
func (m *markdownWriter) everyEscrow(s *Simulation) {
	for i := range s.Jobs {
		title := "Waiting for a retry"
		if s.called(i) != "" {
			title = s.heading(i)
		}
		m.escrows(title, &s.Jobs[i])
	}
}

func (m *markdownWriter) escrows(title string, j *Job) {
	groups := escrowGroups(j.Escrows)
	if len(groups) == 0 {
		return
	}
	m.line("<details><summary>%s: %s</summary>\n", markdown.Summary(title), count(j.EscrowsTotal, "escrow"))
	for _, g := range groups[:min(len(groups), maxMarkdownEscrows)] {
		var names []string
		for _, o := range g.Objects {
			names = append(names, fmt.Sprintf("%s %s", o.Type, layout.Shorten(o.Name, 60)))
		}
		m.line("- %s: %s", markdown.Code(layout.Shorten(firstOf(g.Error), 200)), listedCode(names, 5))
	}
	if left := len(groups) - maxMarkdownEscrows; left > 0 {
		m.line("- and %s", count(left, "more error"))
	}
	m.line("\n</details>\n")
}

// firstOf returns the most specific part of an error.
func firstOf(e errorText) string {
	switch {
	case e.Detail != "":
		return e.Detail
	case e.Text != "":
		return e.Text
	default:
		return e.Code
	}
}
