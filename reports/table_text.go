package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// figures counts the rows of each verdict: "24 passed, 7 failed".
func (t Table) figures() string {
	var parts []string
	for _, v := range []RowVerdict{RowPassed, RowFailed, RowSkipped, RowOpen} {
		if n := t.Count(v); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return strings.Join(parts, ", ")
}

// Figures describes the table in one line, for the heading above its rows.
func (t Table) Figures() string { return t.Title + ": " + t.figures() }

// Lines returns the table for a terminal with some columns, without a heading. A passed row is one
// line; every other one is followed by its reason.
func (t Table) Lines(columns int) []string {
	out := wrapLines("  ", t.Note, columns)
	for _, r := range t.Rows {
		out = append(out, r.line(columns))
		if r.Verdict == RowPassed && r.Why == RowAsExpected {
			continue
		}
		const indent = "            "
		out = append(out, wrapLines(indent, layout.Shorten(r.Why, 4*columns)+deciders(r), columns)...)
		if r.Note != "" {
			out = append(out, wrapLines(indent, r.Note, columns)...)
		}
	}
	return out
}

// maxTableBrief is how many rows a summary shows.
const maxTableBrief = 8

// Brief returns the note and the rows that failed, for a summary.
func (t Table) Brief(columns int) []string {
	out, shown := wrapLines("  ", t.Note, columns), 0
	for _, r := range t.Rows {
		if r.Verdict != RowFailed {
			continue
		}
		if shown++; shown <= maxTableBrief {
			out = append(out, r.line(columns))
		}
	}
	if shown > maxTableBrief {
		out = append(out, fmt.Sprintf("  and %d more in the report", shown-maxTableBrief))
	}
	return out
}

func (r TableRow) line(columns int) string {
	name := r.Name
	if r.Kind != "" {
		name += " (" + r.Kind + ")"
	}
	return layout.Shorten(fmt.Sprintf("  %s %-8s%s", r.Verdict.Symbol(), r.Verdict, name), columns)
}

func wrapLines(indent, text string, columns int) []string {
	var out []string
	for _, line := range layout.Wrap(text, columns-len(indent)) {
		out = append(out, indent+line)
	}
	return out
}

// deciders names the checks of a row: " [VAL-008; R-183]".
func deciders(r TableRow) string {
	if len(r.Checks) == 0 && len(r.Rules) == 0 {
		return ""
	}
	parts := append([]string{}, strings.Join(r.Checks, ", "))
	if len(r.Rules) > 0 {
		parts = append(parts, strings.Join(r.Rules, ", "))
	}
	return " [" + strings.Join(parts, "; ") + "]"
}
