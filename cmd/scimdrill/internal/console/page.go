package console

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// Page is a text for a terminal of 80 columns, whatever objects are called in it.
type Page struct{ strings.Builder }

// Line writes a line as it is.
func (t *Page) Line(text string) { t.WriteString(strings.TrimRight(text, " ") + "\n") }

// Heading writes a line below an empty one.
func (t *Page) Heading(text string) { t.Line("\n" + text) }

// Item writes text after a label and continues under it.
func (t *Page) Item(label, text string) {
	for _, line := range layout.Labelled(label, layout.Printable(text), layout.Columns) {
		t.Line(line)
	}
}

// Wrapped is item for a line that brings its own indentation.
func (t *Page) Wrapped(line string) {
	text := strings.TrimLeft(line, " ")
	t.Item(line[:len(line)-len(text)], text)
}

// Capital begins a sentence.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
