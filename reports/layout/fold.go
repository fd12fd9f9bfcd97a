package layout

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Fold breaks text between words into lines of at most width cells. All lines but the first
// leave indent cells free. A longer word, such as a URL, stays whole so that it can be copied.
func Fold(text string, width, indent int) []string {
	return fold(strings.Fields(outside.Line(text)), width, indent)
}

func fold(words []string, width, indent int) []string {
	var lines []string
	line, room := "", width
	for _, word := range words {
		if line != "" && Cells(line)+1+Cells(word) > room {
			lines, line, room = append(lines, line), "", width-indent
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// Wrap is Fold that breaks longer words too. Text without words has no lines.
func Wrap(text string, width int) []string {
	var words []string
	for word := range strings.FieldsSeq(outside.Line(text)) {
		words = append(words, Chop(word, width)...)
	}
	if len(words) == 0 {
		return nil
	}
	return fold(words, width, 0)
}

// Labelled folds text behind a label and continues below the text.
func Labelled(label, text string, width int) []string {
	label = outside.Line(label)
	return Hanging(label, strings.Repeat(" ", Cells(label)), text, width)
}

// Hanging folds text into lines that begin with first, and then with next.
func Hanging(first, next, text string, width int) []string {
	first, next = outside.Line(first), outside.Line(next)
	lines := Fold(text, width-Cells(first), Cells(next)-Cells(first))
	for i, line := range lines {
		lines[i] = strings.TrimRight(first+line, " ")
		first = next
	}
	return lines
}
