package layout

import (
	"strings"

	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Columns is the width of a terminal that everybody has.
const Columns = 80

// Cells is the room that text takes on a terminal.
func Cells(text string) int { return uniseg.StringWidth(text) }

// Split breaks text after at most width cells, never inside a character, and after one
// character at least.
func Split(text string, width int) (head, tail string) {
	used, end := 0, 0
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if used += g.Width(); used > width && end > 0 {
			break
		}
		_, end = g.Positions()
	}
	return text[:end], text[end:]
}

// Chop breaks a line into parts of at most width cells, wherever that falls.
func Chop(text string, width int) []string {
	var parts []string
	text = outside.Line(text)
	for text != "" {
		var head string
		head, text = Split(text, width)
		parts = append(parts, head)
	}
	return parts
}

// Shorten cuts text to one line of at most width cells, with single spaces.
func Shorten(text string, width int) string {
	return Cut(strings.Join(strings.Fields(text), " "), width)
}

// Cut is Shorten without a change of spaces, for lines that are aligned.
func Cut(text string, width int) string {
	text = outside.Line(text)
	if Cells(text) <= width {
		return text
	}
	head, _ := Split(text, width-1)
	return head + "…"
}
