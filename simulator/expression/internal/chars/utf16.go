package chars

import (
	"unicode/utf16"
	"unicode/utf8"
)

// Length counts UTF-16 units, in which .NET counts characters.
func Length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// Part cuts n UTF-16 units out of s, from a position counted from 0.
func Part(s string, start, n int) string {
	if isASCII(s) {
		start = min(start, len(s))
		return s[start:min(len(s), start+n)]
	}
	units := utf16.Encode([]rune(s))
	start = min(start, len(units))
	return string(utf16.Decode(units[start:min(len(units), start+n)]))
}

// ByteOffset returns where the character begins that holds a UTF-16 unit, or
// the one behind it if the unit is the second of a pair.
func ByteOffset(s string, unit int) int {
	for i, r := range s {
		if unit <= 0 {
			return i
		}
		unit--
		if r > 0xFFFF {
			unit--
		}
	}
	return len(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
