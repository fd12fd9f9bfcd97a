package reports

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

const (
	maxTextCauses   = 10
	maxTextFindings = 12
	maxTextReasons  = 40
)

// TextOptions describe the capabilities of a terminal.
type TextOptions struct {
	Color bool
	// ASCII replaces symbols that an old terminal cannot show.
	ASCII bool
	// Columns is the width. The value 0 and values above 80 mean 80.
	Columns int
}

// WriteText writes the report for a terminal of 80 columns: the verdict, the causes, the
// figures and the findings.
func WriteText(w io.Writer, r *Report, o TextOptions) error {
	r = r.visible()
	t := newText(o)
	t.head(r)
	written := t.verdict(r, true)
	if r.Conformance != nil {
		t.causes(r.Conformance, written, maxTextCauses, true)
	}
	if r.Simulation != nil {
		t.simulation(r.Simulation)
	}
	if r.Conformance != nil {
		t.conformance(r.Conformance)
	}
	if r.Replay != nil {
		t.replay(r.Replay)
	}
	if r.Run.Command != "" {
		t.heading("Run it again")
		t.command("  ", r.Run.Command)
	}
	return t.writeTo(w)
}

type textWriter struct {
	bytes.Buffer
	TextOptions

	target string // which URLs leave out
}

const leastColumns = 40 // the minimum for the layout

func newText(o TextOptions) *textWriter {
	if o.Columns <= 0 {
		o.Columns = layout.Columns
	}
	o.Columns = min(max(o.Columns, leastColumns), layout.Columns)
	return &textWriter{TextOptions: o}
}

func (t *textWriter) writeTo(w io.Writer) error {
	text := t.String()
	if t.ASCII {
		text = strings.NewReplacer("✓", "+", "✗", "x", "▲", "!", "⊘", "o", "–", "-", "→", ">", "·", "-", "…", "~", "−", "-").Replace(text)
	}
	if _, err := io.WriteString(outside.NewGuard(w, t.Color), text); err != nil {
		return fmt.Errorf("write report as text: %w", err)
	}
	return nil
}

// command writes a label and a command that can be copied.
func (t *textWriter) command(label, command string) {
	for _, line := range layout.WrapCommand(command, label, t.Columns) {
		t.line("%s", line)
	}
}

func (t *textWriter) line(format string, args ...any) {
	t.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

func (t *textWriter) heading(text string) {
	t.line("")
	t.line("%s", t.paint(outside.Bold, text))
}

func (t *textWriter) paint(style outside.Style, text string) string {
	if !t.Color {
		return text
	}
	return style.Paint(text)
}

// item writes a label and text, with continuation lines aligned to the first.
func (t *textWriter) item(label, text string) { t.painted("", label, text) }

// painted is item with a coloured label.
func (t *textWriter) painted(style outside.Style, label, text string) {
	indent := strings.Repeat(" ", layout.Cells(label))
	for i, line := range layout.Wrap(text, t.Columns-len(indent)) {
		if i == 0 {
			t.line("%s%s", t.paint(style, label), line)
		} else {
			t.line("%s%s", indent, line)
		}
	}
}

func (t *textWriter) head(r *Report) {
	t.line("%s", layout.Shorten(fmt.Sprintf("%s %s · run %s · seed %d", r.Tool.Name, r.Tool.Version, r.Run.ID, r.Run.Seed), t.Columns))
	t.item("target ", fmt.Sprintf("%s (%s)", r.Target.URL, r.Target.Kind))
	for _, note := range r.Target.Notes {
		t.item("note   ", note)
	}
	t.line("")
}

func (t *textWriter) simulation(s *Simulation) {
	for i := range s.Jobs {
		t.heading(s.heading(i))
		t.job(&s.Jobs[i])
	}
	for _, e := range s.judged() {
		t.painted(e.Outcome.row().style, "  "+badge(e.Outcome), e.Title+detail(e))
	}
	if s.EndState != nil {
		for _, remark := range s.EndState.Remarks() {
			t.item("  end state   ", remark)
		}
	}
}

// job writes the figures of a job.
func (t *textWriter) job(j *Job) {
	t.item("  ", fmt.Sprintf("profile %s, %s%s, job %s", j.Profile, j.ran(), j.span(), j.Status))
	sum := j.Totals()
	t.item("  ", fmt.Sprintf("%s created, %s updated, %s disabled, %s deleted, %s added, %s removed",
		thousands(sum.Created), thousands(sum.Updated), thousands(sum.Disabled), thousands(sum.Deleted),
		count(sum.MembershipsAdded, "membership"), thousands(sum.MembershipsRemoved)))
	t.item("  ", fmt.Sprintf("%s, %s, %s left", count(sum.Requests, "request"), count(sum.Failed, "failure"), count(j.EscrowsTotal, "escrow")))
	for _, q := range j.Quarantines {
		until := "ongoing"
		if !q.Ended.IsZero() {
			until = "until " + virtualTime(q.Ended)
		}
		t.item("  quarantine ", fmt.Sprintf("%s %s: %s", virtualTime(q.Began), until, q.Reason))
	}
}

// detail returns expected and actual of an expectation that was not met.
func detail(e Expectation) string {
	if e.Outcome == Passed {
		return ""
	}
	return fmt.Sprintf(": expected %s, actual %s", e.Expected, e.Actual)
}

// badge returns the symbol and the word of an outcome, so that colour is not needed.
func badge(o Outcome) string {
	return fmt.Sprintf("%s %-8s", o.Symbol(), o)
}
