package outside

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Line returns text that takes one line. Line breaks and tabs become spaces; characters that must not
// be shown become their escape sequences.
func Line(s string) string { return visible(s, ' ', ' ') }

// Lines is Line for text with several lines, such as a body: line breaks and tabs stay.
func Lines(s string) string { return visible(s, '\n', '\t') }

// JSON is Lines for a JSON text, which keeps its values. It may return data itself.
func JSON(data []byte) []byte {
	if plain(data, '\n') {
		return data
	}
	return []byte(Lines(string(data)))
}

// visible replaces what must not be shown. A line break and a tab become the given characters.
func visible(s string, lineBreak, tab byte) string {
	if plain(s, lineBreak) {
		return s
	}
	out := make([]byte, 0, len(s)+16)
	var m marks
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '\r' && strings.HasPrefix(s[i:], "\r\n"): // one line break
		case r == '\n':
			out = append(out, lineBreak)
		case r == '\t':
			out = append(out, tab)
		case m.hides(r):
			out = appendEscaped(out, r)
		default:
			out = utf8.AppendRune(out, r) // U+FFFD for bytes that are not UTF-8
		}
		i += size
	}
	return string(out)
}

// plain is the quick test for text without anything to replace.
func plain[T string | []byte](s T, lineBreak byte) bool {
	for i := range len(s) {
		if s[i] < ' ' && s[i] != lineBreak || s[i] >= unicode.MaxASCII {
			return false
		}
	}
	return true
}

// appendEscaped appends the escape sequence that a character has in JSON.
func appendEscaped(b []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != unicode.ReplacementChar {
		return appendUnit(appendUnit(b, high), low)
	}
	return appendUnit(b, r)
}

func appendUnit(b []byte, r rune) []byte {
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
