package dates

import (
	"errors"
	"fmt"
	"strings"
)

// Format is a .NET format, cut into specifiers (yyyy) and literal text.
type Format struct {
	parts     []formatPart
	universal bool // the standard format U, which goes by UTC
}

type formatPart struct {
	specifier byte // 0 for literal text
	count     int
	literal   string
	quoted    bool // the literal stood in quotes or behind a backslash
}

// specifiers are the letters that stand for a part of a date.
const specifiers = "dfFghHKmMstyz"

// ParseFormat reads a .NET format. A format of one letter is a standard one.
func ParseFormat(text string) (Format, error) {
	f := Format{}
	if len(text) == 1 {
		standard, ok := standardFormat(text[0])
		if !ok {
			return f, fmt.Errorf("%q is not a standard .NET format; write %%%s for a custom format of one letter", text, text)
		}
		f.universal = text == "U"
		text = standard
	}
	if text == "" {
		return f, errors.New("the format is empty")
	}
	for text != "" {
		p, rest, err := nextPart(text)
		if err != nil {
			return f, err
		}
		f.parts, text = append(f.parts, p), rest
	}
	return f, nil
}

// nextPart cuts the first part off a custom format.
func nextPart(text string) (formatPart, string, error) {
	c := text[0]
	switch {
	case strings.IndexByte(specifiers, c) >= 0:
		rest := strings.TrimLeft(text, string(c))
		n := len(text) - len(rest)
		if (c == 'f' || c == 'F') && n > 7 {
			return formatPart{}, "", fmt.Errorf("more than seven consecutive letters %q", c)
		}
		return formatPart{specifier: c, count: n}, rest, nil
	case c == '\'' || c == '"':
		return quotedPart(text)
	case c == '%':
		if len(text) == 1 || text[1] == '%' {
			return formatPart{}, "", errors.New("a percent sign must precede exactly one format letter")
		}
		return nextPart(text[1:])
	case c == '\\':
		if len(text) == 1 {
			return formatPart{}, "", errors.New("a character is missing after the backslash")
		}
		return formatPart{literal: text[1:2], quoted: true}, text[2:], nil
	}
	return formatPart{literal: text[:1]}, text[1:], nil
}

// quotedPart reads literal text in quotes, in which a backslash escapes.
func quotedPart(text string) (formatPart, string, error) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == text[0]:
			return formatPart{literal: b.String(), quoted: true}, text[i+1:], nil
		case text[i] == '\\' && i+1 < len(text):
			i++
		}
		b.WriteByte(text[i])
	}
	return formatPart{}, "", fmt.Errorf("the closing quote %q is missing", text[0])
}

// standardFormat knows the standard formats of the invariant culture.
func standardFormat(c byte) (string, bool) {
	switch c {
	case 'd':
		return "MM/dd/yyyy", true
	case 'D':
		return "dddd, dd MMMM yyyy", true
	case 'f':
		return "dddd, dd MMMM yyyy HH:mm", true
	case 'F', 'U':
		return "dddd, dd MMMM yyyy HH:mm:ss", true
	case 'g':
		return "MM/dd/yyyy HH:mm", true
	case 'G':
		return "MM/dd/yyyy HH:mm:ss", true
	case 'm', 'M':
		return "MMMM dd", true
	case 'o', 'O':
		return "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK", true
	case 'r', 'R':
		return "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", true
	case 's':
		return "yyyy'-'MM'-'dd'T'HH':'mm':'ss", true
	case 't':
		return "HH:mm", true
	case 'T':
		return "HH:mm:ss", true
	case 'u':
		return "yyyy'-'MM'-'dd HH':'mm':'ss'Z'", true
	case 'y', 'Y':
		return "yyyy MMMM", true
	default:
		return "", false
	}
}
