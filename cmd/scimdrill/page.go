package main

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// page is a text for a terminal of 80 columns, whatever objects are called in it.
type page struct{ strings.Builder }

func (t *page) line(text string) { t.WriteString(strings.TrimRight(text, " ") + "\n") }

func (t *page) heading(text string) { t.line("\n" + text) }

// item writes text after a label and continues under it.
func (t *page) item(label, text string) {
	for _, line := range labelled(label, printable(text), pageColumns) {
		t.line(line)
	}
}

// wrapped is item for a line that brings its own indentation.
func (t *page) wrapped(line string) {
	text := strings.TrimLeft(line, " ")
	t.item(line[:len(line)-len(text)], text)
}

// shorten cuts text to one line and says that it did.
func shorten(text string, cells int) string {
	if text = printable(text); uniseg.StringWidth(text) > cells {
		return clip(text, cells-1) + "…"
	}
	return text
}

// printable replaces what could move the cursor or change colours.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return '\uFFFD'
		}
		return r
	}, s)
}

// capital begins a sentence.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
