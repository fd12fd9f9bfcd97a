package recorder

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/recording/diff"
)

// longestQuote is how much of a request is quoted in text; Markdown and JSON have all of it.
const longestQuote = 1200

// PrintDifference prints the outcome of a comparison.
func PrintDifference(con *console.Console, r *diff.Result, format string) error {
	switch format {
	case "json":
		return con.PrintIndented(r)
	case "markdown":
		con.PrintLines(r.Markdown(con.Tool.Version))
		return nil
	}
	side(con, "RUN", r.Run)
	side(con, "RECORDING", r.Recording)
	con.Print("")
	if len(r.Differences) == 0 {
		con.Print("no differences")
	} else {
		con.Print("%s, grouped by the rules of docs/why/behaviour.md", console.Counted(int64(len(r.Differences)), "difference"))
	}
	for _, d := range r.Differences {
		con.Print("")
		con.Item(fmt.Sprintf("%-6s ", d.Rule), fmt.Sprintf("%s (%s)", d.Title, console.Counted(int64(d.Count), "time")))
		if d.Option != "" {
			con.Item("       ", "explained by "+d.Option)
		}
		x := d.Examples[0] // the others are in Markdown and JSON
		con.Item("       ", x.Where)
		quoted(con, "         RUN       ", x.Run)
		quoted(con, "         RECORDING ", x.Recording)
	}
	for _, note := range r.Notes {
		con.Print("")
		con.Item("note: ", note)
	}
	if options := r.Options(); len(options) > 0 {
		con.Print("")
		con.Item("next: ", "run again with "+strings.Join(options, " "))
	}
	return nil
}

func side(con *console.Console, name string, f diff.Facts) {
	dialect := f.Dialect
	if dialect == "" {
		dialect = "dialect unknown, because no PATCH shows it"
	}
	con.Item(fmt.Sprintf("%-10s ", name), fmt.Sprintf("%s in %s, %d idle; %s", console.Counted(int64(f.Requests), "request"), console.Counted(int64(f.Cycles), "cycle"), f.Idle, dialect))
}

// quoted prints a request below a label, broken anywhere: JSON has no blanks.
func quoted(con *console.Console, label, text string) {
	if text == "" {
		text = "(nothing)"
	}
	text = exchange.Shorten(text, longestQuote)
	indent := strings.Repeat(" ", len(label))
	width := con.PageWidth() - len(label)
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range layout.Chop(line, width) {
			con.Print("%s%s", label, part)
			label = indent
		}
	}
}
