package reports

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside/markdown"
)

// maxTableCell is how much of a reason a cell shows, in characters.
const maxTableCell = 240

// Markdown returns the table in GitHub's Markdown, with a heading.
func (t Table) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n> %s\n\n", markdown.Text(t.Figures()), markdown.Text(t.Note))
	b.WriteString("| test or demand | verdict | why | checks |\n|---|---|---|---|\n")
	for _, r := range t.Rows {
		why := layout.Shorten(r.Why, maxTableCell)
		if r.Note != "" {
			why += " " + layout.Shorten(r.Note, maxTableCell)
		}
		name := r.Name
		if r.Kind != "" {
			name += " (" + r.Kind + ")"
		}
		fmt.Fprintf(&b, "| %s | %s %s | %s | %s |\n", markdown.Text(name), r.Verdict.Symbol(), r.Verdict, markdown.Text(why), markdown.Text(strings.Join(append(append([]string{}, r.Checks...), r.Rules...), " ")))
	}
	return b.String() + "\n"
}
