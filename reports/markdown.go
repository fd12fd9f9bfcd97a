package reports

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

const (
	// maxMarkdown is below the limit of a GitHub comment, which is 65,536 characters.
	maxMarkdown       = 60_000
	maxMarkdownRows   = 50
	maxMarkdownCauses = 20
	maxMarkdownText   = 2000 // of one value, so that a comment holds many findings
	maxCell           = 160
	maxBlock          = 2_000
)

// WriteMarkdown writes a summary for a pull request in GitHub's Markdown. It contains the
// outcome, the causes with their fixes, and the findings with the commands to repeat them. The
// summary stays below the length limit of a comment. If necessary, details of findings are
// omitted first, and the summary says so.
func WriteMarkdown(w io.Writer, r *Report) error {
	before := []string{block(func(m *markdownWriter) { m.head(r) })}
	r = r.visible()
	var details, after []string
	if c := r.Conformance; c != nil {
		before = append(before, block(func(m *markdownWriter) { m.causes(r) }), block(func(m *markdownWriter) { m.findings(c) }))
		for i, cause := range c.Causes[:min(len(c.Causes), maxMarkdownCauses)] {
			if cause.Evidence != nil {
				details = append(details, evidenceMarkdown(i+1, cause, r.Conformance.steps(cause)))
			}
		}
		for _, check := range findings(c.Checks) {
			details = append(details, detailsMarkdown(check))
		}
	}
	if c := r.Conformance; c != nil {
		for _, t := range c.Tables {
			before = append(before, t.Markdown())
		}
		after = append(after, block(func(m *markdownWriter) { m.known(c) }), block(func(m *markdownWriter) { m.unjudged(c) }))
	}
	if s := r.Simulation; s != nil {
		after = append(after, block(func(m *markdownWriter) { m.simulation(s) }), block(func(m *markdownWriter) { m.everyEscrow(s) }))
	}
	if p := r.Replay; p != nil {
		after = append(after, block(func(m *markdownWriter) { m.replay(p) }))
	}
	after = append(after, block(func(m *markdownWriter) { m.foot(r) }))
	if _, err := io.WriteString(outside.NewGuard(w, false), assemble(before, details, after)); err != nil {
		return fmt.Errorf("write report as Markdown: %w", err)
	}
	return nil
}

// assemble joins the blocks that fit. The details come last in priority.
func assemble(before, details, after []string) string {
	const spare = 200 // for the line about omitted details
	room := maxMarkdown - spare
	take := func(blocks []string) (taken string, left int) {
		for _, b := range blocks {
			n := utf8.RuneCountInString(b)
			if left > 0 || n >= room {
				left++
				continue
			}
			taken, room = taken+b, room-n
		}
		return taken, left
	}
	head, _ := take(before)
	tail, _ := take(after)
	middle, left := take(details)
	if left > 0 {
		middle += fmt.Sprintf("Details of %s are in `report.html`.\n\n", count(left, "more finding"))
	}
	return head + middle + tail
}

type markdownWriter struct{ strings.Builder }

func block(write func(*markdownWriter)) string {
	m := &markdownWriter{}
	write(m)
	return m.String()
}

func (m *markdownWriter) line(format string, args ...any) { fmt.Fprintf(m, format+"\n", args...) }

func (m *markdownWriter) head(r *Report) {
	v := r.Verdict()
	m.line("## %s scimdrill: %s\n", v.Outcome.Symbol(), markdown.Text(v.Title))
	m.line("**%s**\n", markdown.Text(layout.Shorten(v.Sentence, 400)))
	m.line("Target %s (%s)\n", markdown.Code(layout.Shorten(r.Target.URL, 200)), markdown.Text(r.Target.Kind))
	for _, note := range r.Target.Notes[:min(len(r.Target.Notes), 5)] {
		m.line("> %s\n", markdown.Text(layout.Shorten(note, 400)))
	}
	c := r.Conformance
	if c == nil || len(c.Checks) == 0 {
		return
	}
	m.line("| level | checks | passed | failed | errored | warned | blocked | skipped |")
	m.line("|---|--:|--:|--:|--:|--:|--:|--:|")
	s := Summarize(c.Checks)
	for i := range s.Levels {
		s.Levels[i].Level = markdown.Text(layout.Shorten(s.Levels[i].Level, 40))
	}
	for _, l := range append(s.Levels, LevelCounts{"**all**", s.Counts}) {
		m.line("| %s | %d | %d | %d | %d | %d | %d | %d |", l.Level, l.Total, l.Passed, l.Failed, l.Errored, l.Warned, l.Blocked, l.Skipped)
	}
	m.line("")
}

func (m *markdownWriter) findings(c *Conformance) {
	found := findings(c.Checks)
	if len(found) == 0 {
		return
	}
	m.line("### Findings\n")
	m.line("| | check | level | requirement | actual |")
	m.line("|---|---|---|---|---|")
	for _, check := range found[:min(len(found), maxMarkdownRows)] {
		m.line("| %s %s | %s | %s | %s | %s |", check.Outcome.Symbol(), check.Outcome, markdown.CellCode(layout.Shorten(check.Key(), 80)), markdown.Text(check.Level),
			markdown.Text(layout.Shorten(check.Title, maxCell)), markdown.CellCode(layout.Shorten(check.Actual, maxCell)))
	}
	if left := len(found) - maxMarkdownRows; left > 0 {
		m.line("\nand %s in the report", count(left, "more finding"))
	}
	m.line("")
}

// detailsMarkdown writes one finding as a collapsed section.
func detailsMarkdown(c Check) string {
	m := &markdownWriter{}
	m.line("<details><summary>%s <code>%s</code> %s</summary>\n", c.Outcome.Symbol(), markdown.Summary(layout.Shorten(c.Key(), 80)), markdown.Summary(layout.Shorten(c.Title, 200)))
	for _, part := range []struct{ label, text string }{{"Fix", c.Fix}, {"Why Entra cares", c.Why}} {
		if part.text != "" {
			m.line("**%s:** %s\n", part.label, markdown.Text(layout.Shorten(part.text, 600)))
		}
	}
	for _, ref := range c.References {
		m.line("**Requirement:** %s (%s)\n", markdown.Link(ref.Name, ref.URL), markdown.Text(c.Level))
	}
	if c.Docs != "" {
		m.line("**Documentation:** %s %s\n", markdown.Link(c.ID, c.Docs), markdown.Code(c.explain()))
	}
	for _, part := range []struct{ label, language, text string }{
		{"Expected", "", c.Expected}, {"Actual", "", c.Actual}, {"Difference", "diff", differenceMarkdown(c)}, {"Steps", "sh", inOrder(c.steps())}, {"Last request", "sh", lastCurl(c)}, {"Repeat", "sh", c.Repeat},
	} {
		if part.text != "" {
			m.line("%s:\n\n%s", part.label, fenced(part.language, limited(part.text)))
		}
	}
	m.line("</details>\n")
	return m.String()
}

// limited cuts a long value; the page and report.json have all of it.
func limited(text string) string {
	if runes := []rune(text); len(runes) > maxMarkdownText {
		return string(runes[:maxMarkdownText]) + "…"
	}
	return text
}

func differenceMarkdown(c Check) string {
	var b strings.Builder
	for _, l := range differenceLines(c) {
		b.WriteString(l.Sign + l.Text + "\n")
	}
	return b.String()
}

func lastCurl(c Check) string {
	if len(c.Exchanges) == 0 || c.Sequence {
		return ""
	}
	return c.Exchanges[len(c.Exchanges)-1].Curl
}

func (m *markdownWriter) foot(r *Report) {
	if r.Run.Command != "" {
		m.line("<details><summary>Run it again</summary>\n\n%s\n</details>\n", fenced("sh", r.Run.Command))
	}
	m.line("<sub>%s, run %s, seed %d. Independent of Microsoft and GoTo. Results are predictions of a simulator. The full report is `report.html`.</sub>",
		markdown.Text(strings.TrimSpace(r.Tool.Name+" "+r.Tool.Version)), markdown.Code(r.Run.ID), r.Run.Seed)
}

// fenced writes a code block and truncates long text.
func fenced(language, s string) string {
	runes := []rune(strings.TrimRight(s, "\n"))
	if len(runes) > maxBlock {
		return markdown.Fence(language, string(runes[:maxBlock])+"\n… truncated")
	}
	return markdown.Fence(language, s)
}

// listedCode lists names as code, up to a maximum number.
func listedCode(names []string, most int) string {
	var list []string
	for _, name := range names[:min(len(names), most)] {
		list = append(list, markdown.Code(layout.Shorten(name, 80)))
	}
	if left := len(names) - most; left > 0 {
		list = append(list, fmt.Sprintf("%d more", left))
	}
	return strings.Join(list, ", ")
}
