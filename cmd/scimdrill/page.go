package main

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// page is a text for a terminal of 80 columns, whatever objects are called in it.
type page struct{ strings.Builder }

func (t *page) line(text string) { t.WriteString(strings.TrimRight(text, " ") + "\n") }

func (t *page) heading(text string) { t.line("\n" + text) }

// item writes text after a label and continues under it.
func (t *page) item(label, text string) {
	for _, line := range layout.Labelled(label, layout.Printable(text), layout.Columns) {
		t.line(line)
	}
}

// wrapped is item for a line that brings its own indentation.
func (t *page) wrapped(line string) {
	text := strings.TrimLeft(line, " ")
	t.item(line[:len(line)-len(text)], text)
}

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
