package layout

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
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

// Chop breaks text into parts of at most width cells, wherever that falls.
func Chop(text string, width int) []string {
	var parts []string
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
	text = Printable(text)
	if Cells(text) <= width {
		return text
	}
	head, _ := Split(text, width-1)
	return head + "…"
}

// Printable replaces characters that could move the cursor or change colors.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return '\uFFFD'
		default:
			return r
		}
	}, s)
}
