package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// conformance writes the figures, the findings, what is known and what is not judged.
func (t *textWriter) conformance(c *Conformance) {
	t.heading("Conformance")
	counts := Summarize(c.Checks).Counts
	t.item("  ", fmt.Sprintf("profile %s, %s: %s", strings.Join(c.Profiles, ", "), count(counts.Total, "check"), c.figures()))
	for _, shown := range c.Tables {
		t.heading(shown.Figures())
		for _, line := range shown.Lines(t.Columns) {
			t.line("%s", line)
		}
	}
	shown := 0
	for _, check := range findings(c.Checks) {
		if shown == maxTextFindings {
			t.line("")
			t.line("      and %s in the report", count(counts.Findings()-shown, "more finding"))
			break
		}
		shown++
		t.finding(check)
	}
	t.known(c)
	t.unjudged(c, maxTextReasons, maxTextReasons)
}

// tables writes the figures of each table, and the rows that did not pass.
func (t *textWriter) tables(c *Conformance) {
	for _, shown := range c.Tables {
		t.heading(shown.Figures())
		for _, line := range shown.Brief(t.Columns) {
			t.line("%s", line)
		}
	}
}

func (t *textWriter) finding(c Check) {
	t.line("")
	t.painted(c.Outcome.row().style, "  "+badge(c.Outcome), c.Key()+" "+c.Title)
	indent := "    "
	for _, part := range []labelled{
		{"expected   ", c.Expected}, {"actual     ", c.Actual}, {"fix        ", c.Fix}, {"why        ", c.Why},
	} {
		if part.text != "" {
			t.item(indent+part.label, part.text)
		}
	}
	if c.Difference != "" {
		t.line("%sdifference", indent)
		for line := range strings.SplitSeq(strings.TrimRight(c.Difference, "\n"), "\n") {
			t.line("%s  %s", indent, layout.Cut(line, t.Columns-6))
		}
	}
	for _, ref := range c.References {
		t.item(indent+"reference  ", fmt.Sprintf("%s (%s)", ref.Name, c.Level))
	}
	if c.Repeat != "" {
		t.command(indent+"repeat     ", c.Repeat)
	}
	if explain := c.explain(); explain != "" {
		t.command(indent+"explain    ", explain)
	}
}

// known writes the findings that an expectations file allows.
func (t *textWriter) known(c *Conformance) {
	known := c.knownFindings()
	if len(known) == 0 {
		return
	}
	t.heading("Known findings")
	for _, check := range known {
		t.item("  "+check.Key()+"  ", check.Accepted.until()+check.Accepted.Reason+" ("+check.Accepted.Where+")")
	}
}

// unjudged writes what has no verdict, by reason, with at most most reasons and names for each.
func (t *textWriter) unjudged(c *Conformance, most, names int) {
	list := c.unjudged()
	if len(list) == 0 {
		return
	}
	t.heading("Not judged")
	for _, u := range list[:min(len(list), most)] {
		t.item(fmt.Sprintf("%4d  ", len(u.Names)), layout.Shorten(u.Reason, 3*t.Columns)+": "+u.what(names))
	}
	if left := len(list) - most; left > 0 {
		t.line("  and %s in the report", count(left, "more reason"))
	}
}
