package layout

import (
	"strings"

	"github.com/scimdrill/scimdrill/reports/outside"
)

// Quote writes a word so that a POSIX shell reads it as it is.
func Quote(s string) string {
	safe := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:=,@%+", r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !safe(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// WrapCommand breaks a command so that a shell still reads the same line. Its lines
// begin with first and then with spaces of the same width and two more; a word that is
// longer than a line goes on in the first column of the next.
func WrapCommand(command, first string, width int) []string {
	indent := strings.Repeat(" ", Cells(first)+2)
	var lines []string
	line, empty := first, true
	for _, word := range shellWords(outside.Line(command)) {
		if !empty && Cells(line)+1+Cells(word) > width-2 {
			lines, line, empty = append(lines, line+" \\"), indent, true
		}
		if !empty {
			line += " "
		}
		for Cells(line)+Cells(word) > width-2 {
			head, tail, ok := splitWord(word, width-2-Cells(line))
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
	head, tail = Split(word, width-len(quote)-1)
	if Cells(head) < 2+len(quote) || tail == "" || strings.ContainsAny(head, "\\") || quote == "" && strings.ContainsAny(word, `'"`) {
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
