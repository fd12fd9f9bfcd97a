package console

import (
	"io"
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// Page is a text for a terminal of 80 columns, whatever objects are called in it.
type Page struct{ text strings.Builder }

// Line writes a line as it is.
func (t *Page) Line(text string) {
	t.text.WriteString(strings.TrimRight(outside.Line(text), " ") + "\n")
}

// Heading writes a line below an empty one.
func (t *Page) Heading(text string) {
	t.Line("")
	t.Line(text)
}

// Item writes text after a label and continues under it.
func (t *Page) Item(label, text string) {
	for _, line := range layout.Labelled(label, text, layout.Columns) {
		t.Line(line)
	}
}

// Wrapped is item for a line that brings its own indentation.
func (t *Page) Wrapped(line string) {
	text := strings.TrimLeft(line, " ")
	t.Item(line[:len(line)-len(text)], text)
}

// String is the text of the page.
func (t *Page) String() string { return t.text.String() }

// PrintPage prints a page without the secrets of the endpoint.
func (con *Console) PrintPage(t *Page) error {
	_, err := io.WriteString(con.Stdout, con.Redact.Text(t.String()))
	return err
}

// Capital begins a sentence.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
