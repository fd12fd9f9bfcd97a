package chars

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// StripDiacritics drops the marks of the letters listed in E-205 and leaves every other
// letter as it is. The table lists pairs of marks with a macron alone; a letter with another pair is
// kept unless several is set.
func StripDiacritics(s string, several bool) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		end := letterEnd(s)
		b.WriteString(plainLetter(s[:end], several))
		s = s[end:]
	}
	return b.String()
}

const macron = 0x304

// letterEnd returns the length of the first character and the marks on it.
func letterEnd(s string) int {
	for i, r := range s {
		if i > 0 && !unicode.Is(unicode.Mn, r) {
			return i
		}
	}
	return len(s)
}

// plainLetter normalizes one letter with its marks.
func plainLetter(letter string, several bool) string {
	decomposed := norm.NFD.String(letter)
	marks := strings.TrimLeftFunc(decomposed, func(r rune) bool { return !unicode.Is(unicode.Mn, r) })
	base := strings.TrimSuffix(decomposed, marks)
	plain := specialLetter(base)
	if plain == "" {
		if !strings.Contains("acdegilnorstuyzACDEGILNORSTUYZ", base) || marks == "" || base == "" {
			return letter
		}
		plain = base
	}
	dropped := 0
	rest := strings.Map(func(r rune) rune {
		if dropsMark(r) {
			dropped++
			return -1
		}
		return r
	}, marks)
	if dropped > 1 && !several && !strings.ContainsRune(marks, macron) {
		return letter
	}
	if rest == "" {
		return plain
	}
	return norm.NFC.String(plain + rest)
}

// specialLetter knows the letters that do not decompose. The documentation lists
// œ only with a macron; the plain one is treated alike.
func specialLetter(base string) string {
	switch base {
	case "æ":
		return "ae"
	case "Æ":
		return "AE"
	case "ø", "œ":
		return "oe"
	case "Ø", "Œ":
		return "OE"
	case "ł":
		return "l"
	case "Ł":
		return "L"
	case "ı":
		return "i"
	case "ß":
		return "ss"
	default:
		return ""
	}
}

// dropsMark reports whether a combining mark is one of the listed ones.
func dropsMark(r rune) bool {
	switch r {
	case 0x300, 0x301, 0x302, 0x303, 0x304, // grave, acute, circumflex, tilde, macron
		0x306, 0x307, 0x308, 0x30A, 0x30B, 0x30C, // breve, dot, diaeresis, ring, double acute, caron
		0x323, 0x324, 0x326, 0x327, 0x328, 0x331: // dot, diaeresis, comma, cedilla, ogonek, macron below
		return true
	default:
		return false
	}
}
