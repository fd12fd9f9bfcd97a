package main

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/recording/diff"
)

// longestQuote is how much of a request is quoted in text; Markdown and JSON have all of it.
const longestQuote = 1200

// difference prints the outcome of a comparison.
func difference(a *console, r *diff.Result, format string) error {
	switch format {
	case "json":
		return printIndented(a, r)
	case "markdown":
		a.print("%s", strings.TrimSuffix(r.Markdown(a.tool.Version), "\n"))
		return nil
	}
	side(a, "RUN", r.Run)
	side(a, "RECORDING", r.Recording)
	a.print("")
	if len(r.Differences) == 0 {
		a.print("no difference")
	} else {
		a.print("%s, by rule of docs/why/behaviour.md", counted(int64(len(r.Differences)), "difference"))
	}
	for _, d := range r.Differences {
		a.print("")
		a.item(fmt.Sprintf("%-6s ", d.Rule), fmt.Sprintf("%s (%s)", d.Title, counted(int64(d.Count), "time")))
		if d.Option != "" {
			a.item("       ", "would be explained by "+d.Option)
		}
		x := d.Examples[0] // the others are in Markdown and JSON
		a.item("       ", x.Where)
		quoted(a, "         RUN       ", x.Run)
		quoted(a, "         RECORDING ", x.Recording)
	}
	for _, note := range r.Notes {
		a.print("")
		a.item("note: ", note)
	}
	if options := r.Options(); len(options) > 0 {
		a.print("")
		a.item("next: ", "run again with "+strings.Join(options, " "))
	}
	return nil
}

func side(a *console, name string, f diff.Facts) {
	dialect := f.Dialect
	if dialect == "" {
		dialect = "no PATCH that tells the dialect"
	}
	a.item(fmt.Sprintf("%-10s ", name), fmt.Sprintf("%s in %s, %d of them idle; %s", counted(int64(f.Requests), "request"), counted(int64(f.Cycles), "cycle"), f.Idle, dialect))
}

// quoted prints a request below a label, broken anywhere: JSON has no blanks.
func quoted(a *console, label, text string) {
	if text == "" {
		text = "(nothing)"
	}
	if len(text) > longestQuote {
		text = strings.ToValidUTF8(text[:longestQuote], "") + " …"
	}
	indent := strings.Repeat(" ", len(label))
	width := a.pageWidth() - len(label)
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range layout.Chop(line, width) {
			a.print("%s%s", label, part)
			label = indent
		}
	}
}
