package expression

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf16"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// appendText is Append (E-160).
func appendText(a arguments) Value {
	source, ok := a.text(0)
	if !ok {
		return Null()
	}
	suffix, _ := a.text(1)
	return a.built(source + suffix)
}

// prependText is Prepend (E-209).
func prependText(a arguments) Value {
	prefix, _ := a.text(0)
	source, ok := a.text(1)
	if !ok {
		return Null()
	}
	return a.built(prefix + source)
}

// left is Left (E-187).
func left(a arguments) Value {
	s, _ := a.text(0)
	n := a.position(1)
	if n < 0 {
		return String(s)
	}
	return String(chars.Part(s, 0, n))
}

// length is Len (E-188).
func length(a arguments) Value {
	s, _ := a.text(0)
	return Integer(int64(chars.Length(s)))
}

// mid is Mid (E-189).
func mid(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	start, n := a.position(1), a.position(2)
	if start < 1 {
		return a.fail("start is less than 1; the first character has position 1")
	}
	if n < 0 {
		return a.fail("length is negative")
	}
	return String(chars.Part(s, start-1, n))
}

// Names of the ways InStr compares.
const (
	binaryCompare = "vbBinaryCompare"
	textCompare   = "vbTextCompare"
)

// inStr is InStr (E-180).
func inStr(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Integer(0)
	}
	find, _ := a.text(1)
	start := 1
	if a.given(2) {
		start = a.position(2)
	}
	if start < 1 {
		return a.fail("start is less than 1; the first character has position 1")
	}
	switch how, _ := a.text(3); how {
	case "", binaryCompare:
	case textCompare:
		s, find = chars.Upper(s, ""), chars.Upper(find, "")
	default:
		return a.fail("compareType must be %s or %s, not %s", textCompare, binaryCompare, chars.Shorten(how))
	}
	if start > chars.Length(s) {
		return Integer(0)
	}
	from := chars.ByteOffset(s, start-1)
	i := strings.Index(s[from:], find)
	if i < 0 {
		return Integer(0)
	}
	return Integer(int64(chars.Length(s[:from+i]) + 1))
}

// word is Word (E-204).
func word(a arguments) Value {
	s, _ := a.text(0)
	n := a.position(1)
	delimiters, _ := a.text(2)
	if n < 1 {
		return String("")
	}
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(delimiters, r) }) {
		if n--; n == 0 {
			return String(w)
		}
	}
	return String("")
}

// trim is Trim (E-209).
func trim(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	return String(strings.TrimSpace(s))
}

// stripSpaces is StripSpaces (E-202).
func stripSpaces(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	return String(strings.ReplaceAll(s, " ", ""))
}

// redact is Redact (E-196). The mark is set on the whole result, also when
// Redact stands inside another function.
func redact(a arguments) Value {
	a.run.redacted = true
	return a.value(0)
}

// convertToBase64 is ConvertToBase64 (E-168).
func convertToBase64(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	units := utf16.Encode([]rune(s))
	raw := make([]byte, 0, 2*len(units))
	for _, u := range units {
		raw = append(raw, byte(u), byte(u>>8))
	}
	return a.built(base64.StdEncoding.EncodeToString(raw))
}

// convertToUTF8Hex is ConvertToUTF8Hex (E-169).
func convertToUTF8Hex(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	return a.built(strings.ToUpper(hex.EncodeToString([]byte(s))))
}

// cStr is CStr (E-171).
func cStr(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	return String(s)
}

// defaultDomain is DefaultDomain (E-175).
func defaultDomain(a arguments) Value {
	if a.run.env.DefaultDomain == "" {
		return a.fail("the tenant has no default domain")
	}
	return String(a.run.env.DefaultDomain)
}
