package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/uniseg"
)

// pageColumns is the width of what is printed for reading.
const pageColumns = 80

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
		return pageColumns
	}
	return min(max(a.outColumns(), 40), pageColumns)
}

// item prints text behind a label and goes on below it. A word that is longer than a line,
// such as a URL, stays whole, so that it can be copied.
func (a *app) item(label, text string) {
	for _, line := range labelled(label, text, a.pageWidth()) {
		a.print("%s", line)
	}
}

// labelled folds text behind a label into lines of so many cells.
func labelled(label, text string, cells int) []string {
	indent := strings.Repeat(" ", uniseg.StringWidth(label))
	lines := folded(text, cells-len(indent), 0)
	for i, line := range lines {
		lines[i] = strings.TrimRight(label+line, " ")
		label = indent
	}
	return lines
}

// folded breaks text between words into lines of at most so many cells; all but the first
// leave some for an indent. A longer word stays whole.
func folded(text string, cells, indent int) []string {
	var lines []string
	line, room := "", cells
	for word := range strings.FieldsSeq(text) {
		if line != "" && uniseg.StringWidth(line)+1+uniseg.StringWidth(word) > room {
			lines, line, room = append(lines, line), "", cells-indent
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// clip cuts text to so many cells.
func clip(text string, cells int) string {
	if uniseg.StringWidth(text) <= cells {
		return text
	}
	used := 0
	var b strings.Builder
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if used += g.Width(); used > cells {
			break
		}
		b.WriteString(g.Str())
	}
	return b.String()
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
