package outside

import (
	"encoding/binary"
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
	if plain(data[ascii(data):], '\n') {
		return data
	}
	return []byte(Lines(string(data)))
}

// ascii is the number of bytes at the beginning that are visible ASCII, or a little fewer: it looks
// at eight at once.
func ascii(data []byte) (n int) {
	const each = 0x0101010101010101
	for ; n+8 <= len(data); n += 8 {
		x := binary.LittleEndian.Uint64(data[n:])
		below := x - ' '*each             // borrows in each byte below a space
		deleted := (x ^ 0x7f*each) - each // borrows in each byte that is 0x7f
		if (below|deleted|x)&(0x80*each) != 0 {
			break
		}
	}
	return n
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
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			size := letter(s, i)
			if size == 0 {
				return false
			}
			i += size - 1
		case c < ' ' && c != lineBreak || c == unicode.MaxASCII:
			return false
		}
	}
	return true
}

// letter is the size of the character at i if it is one of the blocks that hold nothing but visible
// characters, and no marks. It is 0 of all others, for which tables are needed.
func letter[T string | []byte](s T, i int) int {
	rest := s[i:]
	r, size := utf8.DecodeRuneInString(string(rest[:min(len(rest), utf8.UTFMax)]))
	switch {
	case r >= '\u00A0' && r <= '\u02FF' && r != '\u00AD', // Latin without the soft hyphen
		r >= '\u0370' && r <= '\u0482', // Greek, Cyrillic
		r >= '\u3041' && r <= '\u3096', // Hiragana
		r >= '\u30A1' && r <= '\u30FA', // Katakana
		r >= '\u3400' && r <= '\u9FFF', // Han
		r >= '\uAC00' && r <= '\uD7A3': // Hangul
		return size
	}
	return 0
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
