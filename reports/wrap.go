package reports

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// columns is the width of a terminal that everybody has.
const columns = 80

// wrap breaks text into lines of at most width characters. Words that are
// longer are broken too; control characters do not reach a terminal.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(printable(text)) {
		for {
			room := width - utf8.RuneCountInString(line)
			if line != "" {
				room--
			}
			if utf8.RuneCountInString(word) <= room {
				break
			}
			if line != "" {
				lines, line = append(lines, line), ""
				continue
			}
			cut := byteOffset(word, width)
			lines, word = append(lines, word[:cut]), word[cut:]
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

// wrapCommand breaks a command between its words, so that a shell still reads
// the same line.
func wrapCommand(command string, width int) []string {
	lines := []string{}
	line := ""
	for _, word := range shellWords(printable(command)) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width-2 {
			lines, line = append(lines, line+" \\"), "  "+word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
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

// shorten cuts text to one line of at most width characters.
func shorten(text string, width int) string {
	return cut(strings.Join(strings.Fields(text), " "), width)
}

// cut is shorten without touching spaces, for lines that are aligned.
func cut(text string, width int) string {
	text = printable(text)
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return text[:byteOffset(text, width-1)] + "…"
}

// byteOffset is where the n-th character begins.
func byteOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// printable replaces what could move the cursor or change colours.
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
