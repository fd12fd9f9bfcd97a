package reports

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// columns is the width of a terminal that everybody has.
const columns = 80

// cells is how much room text takes on a terminal: a wide character takes two, a
// combining one none.
func cells(text string) int { return uniseg.StringWidth(text) }

// wrap breaks text into lines of at most width cells. Words that are longer are
// broken too; control characters do not reach a terminal.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(printable(text)) {
		for {
			room := width - cells(line)
			if line != "" {
				room--
			}
			if cells(word) <= room {
				break
			}
			if line != "" {
				lines, line = append(lines, line), ""
				continue
			}
			head, tail := split(word, width)
			lines, word = append(lines, head), tail
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// wrapCommand breaks a command so that a shell still reads the same line. Its lines
// begin with first and then with spaces of the same width and two more; a word that is
// longer than a line goes on in the first column of the next.
func wrapCommand(command, first string, width int) []string {
	indent := strings.Repeat(" ", cells(first)+2)
	var lines []string
	line, empty := first, true
	for _, word := range shellWords(printable(command)) {
		if !empty && cells(line)+1+cells(word) > width-2 {
			lines, line, empty = append(lines, line+" \\"), indent, true
		}
		if !empty {
			line += " "
		}
		for cells(line)+cells(word) > width-2 {
			head, tail, ok := splitWord(word, width-2-cells(line))
			if !ok {
				break
			}
			lines, line, word = append(lines, line+head+"\\"), "", tail
		}
		line, empty = line+word, false
	}
	return append(lines, line)
}

// splitWord breaks a word of a shell in two that a backslash joins, and closes and opens
// quotes around the break.
func splitWord(word string, width int) (head, tail string, ok bool) {
	quote := ""
	if strings.HasPrefix(word, "'") || strings.HasPrefix(word, `"`) {
		quote = word[:1]
	}
	head, tail = split(word, width-len(quote)-1)
	if cells(head) < 2+len(quote) || tail == "" || strings.ContainsAny(head, "\\") || quote == "" && strings.ContainsAny(word, `'"`) {
		return "", "", false
	}
	return head + quote, quote + tail, true
}

// shellWords splits a command at spaces outside of quotes, and keeps the quotes.
func shellWords(command string) []string {
	var words []string
	var word strings.Builder
	quote := rune(0)
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case quote == 0 && r == ' ':
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
			continue
		}
		word.WriteRune(r)
	}
	if word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}

// shorten cuts text to one line of at most width cells.
func shorten(text string, width int) string {
	return cut(strings.Join(strings.Fields(text), " "), width)
}

// cut is shorten without touching spaces, for lines that are aligned.
func cut(text string, width int) string {
	text = printable(text)
	if cells(text) <= width {
		return text
	}
	head, _ := split(text, width-1)
	return head + "…"
}

// split breaks text after at most width cells, never inside a character, and after one
// character at least.
func split(text string, width int) (head, tail string) {
	used, end := 0, 0
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if used += g.Width(); used > width && end > 0 {
			break
		}
		_, end = g.Positions()
	}
	return text[:end], text[end:]
}

// printable replaces characters that could move the cursor or change colours.
func printable(s string) string {
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
