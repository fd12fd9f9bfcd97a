package main

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/layout"
)

// row prints one line of a list: whole where a program may read it, folded under itself
// on a terminal.
func (a *console) row(head, text string) {
	if a.outTerminal {
		a.item(head, text)
		return
	}
	a.print("%s%s", head, text)
}

// pageWidth is how wide what is printed for reading may be: the terminal, but 80 at most.
func (a *console) pageWidth() int {
	if !a.outTerminal || a.outColumns == nil {
		return layout.Columns
	}
	return min(max(a.outColumns(), 40), layout.Columns)
}

// item prints text behind a label and goes on below it. A word that is longer than a line,
// such as a URL, stays whole, so that it can be copied.
func (a *console) item(label, text string) {
	for _, line := range layout.Labelled(label, text, a.pageWidth()) {
		a.print("%s", line)
	}
}

// symbol is how an outcome is drawn, in ASCII where nothing else can be.
func (a *console) symbol(o reports.Outcome) string {
	if !a.dumb() {
		return o.Symbol()
	}
	return strings.NewReplacer("✓", "+", "✗", "x", "▲", "!", "–", "-").Replace(o.Symbol())
}
