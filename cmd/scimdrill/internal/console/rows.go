package console

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// Row prints one line of a list: whole where a program may read it, folded under itself
// on a terminal.
func (con *Console) Row(head, text string) {
	if con.OutTerminal {
		con.Item(head, text)
		return
	}
	con.Print("%s%s", head, text)
}

// PageWidth is how wide what is printed for reading may be: the terminal, but 80 at most.
func (con *Console) PageWidth() int {
	if !con.OutTerminal || con.OutColumns == nil {
		return layout.Columns
	}
	return min(max(con.OutColumns(), 40), layout.Columns)
}

// Item prints text behind a label and goes on below it. A word that is longer than a line,
// such as a URL, stays whole, so that it can be copied.
func (con *Console) Item(label, text string) {
	for _, line := range layout.Labelled(label, text, con.PageWidth()) {
		con.Print("%s", line)
	}
}

// Symbol is how an outcome is drawn, in ASCII where nothing else can be.
func (con *Console) Symbol(o reports.Outcome) string {
	if !con.dumb() {
		return o.Symbol()
	}
	return strings.NewReplacer("✓", "+", "✗", "x", "▲", "!", "–", "-").Replace(o.Symbol())
}
