package outside

import "unicode"

// maxMarks is the number of marks on one character that are shown. More of them would draw
// over the lines above. Written languages need up to six.
const maxMarks = 8

// marks counts the marks on the character under way.
type marks int

// hides reports whether a character must not be shown as it is. That is a control character, one
// that formats, reverses or separates lines, one that has no glyph, or a mark too many.
func (m *marks) hides(r rune) bool {
	if r < unicode.MaxASCII {
		*m = 0
		return r < ' '
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		*m++
		if *m > maxMarks {
			return true
		}
	} else {
		*m = 0
	}
	return invisible(r)
}

// invisible reports whether a character has no glyph or an effect on its neighbours. The two
// variation selectors that choose between text and emoji only change a glyph.
func invisible(r rune) bool {
	switch r {
	case '\uFE0E', '\uFE0F':
		return false
	case '\u2800': // a blank that is no space
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector, unicode.Noncharacter_Code_Point)
}
