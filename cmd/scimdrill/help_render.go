package main

import (
	"regexp"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/scimdrill/scimdrill/reports/layout"
)

// renderHelp turns a page of the reference into plain text of so many cells: paragraphs are
// folded, tables become labels with text, links keep their words. Code stays as it is.
func renderHelp(page string, cells int) string {
	r := helpRenderer{cells: cells}
	for line := range strings.Lines(page) {
		r.line(strings.TrimRight(line, "\n"))
	}
	r.flush()
	return r.out.String()
}

// helpRenderer collects the lines that belong together.
type helpRenderer struct {
	out       strings.Builder
	cells     int
	paragraph []string   // of a paragraph or list item
	table     [][]string // rows of a table, its head first
	code      bool
}

func (r *helpRenderer) line(line string) {
	switch {
	case strings.HasPrefix(line, "```"):
		r.flush()
		r.code = !r.code
	case r.code:
		r.out.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	case strings.HasPrefix(line, "#"):
		r.flush()
		heading := helpText(strings.TrimLeft(line, "# "))
		if strings.HasPrefix(line, "# ") {
			heading = strings.ToUpper(heading)
		}
		r.out.WriteString(heading + "\n")
	case strings.HasPrefix(line, "|"):
		if !strings.HasPrefix(line, "|-") {
			r.table = append(r.table, helpCells(line))
		}
	case line == "":
		r.flush()
		r.out.WriteString("\n")
	case strings.HasPrefix(line, "- "):
		r.flush()
		r.paragraph = []string{line}
	default:
		r.paragraph = append(r.paragraph, strings.TrimSpace(line))
	}
}

// flush writes the paragraph or table under way.
func (r *helpRenderer) flush() {
	if text := helpText(strings.Join(r.paragraph, " ")); text != "" {
		label := ""
		if rest, ok := strings.CutPrefix(text, "- "); ok {
			label, text = "- ", rest
		}
		r.item(label, text)
	}
	if len(r.table) > 0 {
		r.rows()
	}
	r.paragraph, r.table = nil, nil
}

// rows writes a table: the first column as a label, if it is narrow, and the rest behind it.
func (r *helpRenderer) rows() {
	width := 0
	for _, row := range r.table[1:] {
		width = max(width, uniseg.StringWidth(row[0]))
	}
	for _, row := range r.table[1:] {
		rest, notes := row[1], []string{}
		for i, more := range row[2:] {
			notes = append(notes, r.table[0][i+2]+": "+more)
		}
		if len(notes) > 0 {
			rest += " (" + strings.Join(notes, "; ") + ")"
		}
		if width > 28 {
			r.item("  ", row[0])
			r.item("      ", rest)
			continue
		}
		r.item("  "+row[0]+strings.Repeat(" ", width-uniseg.StringWidth(row[0])+2), rest)
	}
}

func (r *helpRenderer) item(label, text string) {
	for _, line := range layout.Labelled(label, text, r.cells) {
		r.out.WriteString(line + "\n")
	}
}

// helpCells takes a row of a table apart; \| is a character of a cell.
func helpCells(row string) []string {
	row = strings.ReplaceAll(strings.Trim(row, "|"), `\|`, "\x00")
	cells := strings.Split(row, "|")
	for i, c := range cells {
		cells[i] = helpText(strings.TrimSpace(strings.ReplaceAll(c, "\x00", "|")))
	}
	return cells
}

// helpText takes the marks of Markdown off: links, emphasis, code.
func helpText(text string) string {
	text = regexp.MustCompile(`\[([^\]]+)\]\([^)]+\)`).ReplaceAllString(text, "$1")
	return strings.NewReplacer("**", "", "`", "").Replace(text)
}
