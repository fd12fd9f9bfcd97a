package main

import (
	"fmt"
	"strconv"
	"time"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// row prints one line of a list: whole where a program may read it, folded under itself
// on a terminal.
func (a *app) row(head, text string) {
	if a.outTerminal {
		a.item(head, text)
		return
	}
	a.print("%s%s", head, text)
}

// pageWidth is how wide what is printed for reading may be: the terminal, but 80 at most.
func (a *app) pageWidth() int {
	if !a.outTerminal || a.outColumns == nil {
		return layout.Columns
	}
	return min(max(a.outColumns(), 40), layout.Columns)
}

// item prints text behind a label and goes on below it. A word that is longer than a line,
// such as a URL, stays whole, so that it can be copied.
func (a *app) item(label, text string) {
	for _, line := range layout.Labelled(label, text, a.pageWidth()) {
		a.print("%s", line)
	}
}

// counted writes "1 request", "20,000 requests".
func counted[N int | int64](n N, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(int64(n)) + " " + noun
}

// grouped writes 20,000.
func grouped(n int64) string {
	text := strconv.FormatInt(n, 10)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// spent writes wall time: 0.4 s, 12 s, 3m5s.
func spent(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	default:
		return d.Round(time.Second).String()
	}
}

// marked adds a question mark to what is assumed.
func marked(text any, assumed bool) string {
	if assumed {
		return fmt.Sprint(text) + "?"
	}
	return fmt.Sprint(text)
}
