package expression

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// lexer cuts the text of an expression into tokens.
type lexer struct {
	source string
	pos    int
	kept   []string // backslashes that escape nothing, each with the character behind it
}

// next returns the next token; at the end it returns tokenEnd again and again.
func (l *lexer) next() (token, error) {
	l.skipSpace()
	start := l.pos
	if start >= len(l.source) {
		return token{kind: tokenEnd, pos: start}, nil
	}
	c := l.source[start]
	switch {
	case c == '(':
		return l.take(tokenOpen, 1), nil
	case c == ')':
		return l.take(tokenClose, 1), nil
	case c == ',':
		return l.take(tokenComma, 1), nil
	case c == '=':
		return l.take(tokenOperator, 1), nil
	case c == '<' || c == '>':
		return l.operator(), nil
	case c == '"':
		return l.text()
	case c == '[':
		return l.attribute()
	case c == '&' || c == '-' || chars.IsDigit(c):
		return l.number()
	}
	r, _ := utf8.DecodeRuneInString(l.source[start:])
	if unicode.IsLetter(r) {
		return l.name(), nil
	}
	return token{}, l.unexpected(r)
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.source) {
		r, size := utf8.DecodeRuneInString(l.source[l.pos:])
		if !unicode.IsSpace(r) {
			return
		}
		l.pos += size
	}
}

func (l *lexer) take(kind tokenKind, size int) token {
	t := token{kind: kind, text: l.source[l.pos : l.pos+size], pos: l.pos}
	l.pos += size
	return t
}

func (l *lexer) operator() token {
	for _, two := range []string{"<>", "<=", ">="} {
		if strings.HasPrefix(l.source[l.pos:], two) {
			return l.take(tokenOperator, len(two))
		}
	}
	return l.take(tokenOperator, 1)
}

func (l *lexer) name() token {
	size := 0
	for i, r := range l.source[l.pos:] {
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		size = i + utf8.RuneLen(r)
	}
	return l.take(tokenName, size)
}

// functionName returns the name that the text begins with, "" if there is none.
func (l *lexer) functionName() string {
	if r, _ := utf8.DecodeRuneInString(l.source); !unicode.IsLetter(r) {
		return ""
	}
	return l.name().text
}

// number reads a decimal or a hexadecimal number (&HF).
func (l *lexer) number() (token, error) {
	rest := l.source[l.pos:]
	if rest[0] == '&' {
		size := 2
		for size < len(rest) && chars.IsHexDigit(rest[size]) {
			size++
		}
		if len(rest) < 3 || rest[1] != 'H' || size == 2 {
			return token{}, l.fail(`"&" does not start a hexadecimal number such as &HF`,
				"use Join or Append to combine strings; the operator & is documented only for cloud sync (E-156)")
		}
		return l.take(tokenNumber, size), nil
	}
	size := 0
	if rest[0] == '-' {
		size++
	}
	digits := chars.CountDigits(rest[size:])
	if digits == 0 {
		return token{}, l.fail(`a number is missing after "-"`, "the language has no arithmetic; enclose strings in double quotes")
	}
	size += digits
	if size < len(rest) && rest[size] == '.' {
		fraction := chars.CountDigits(rest[size+1:])
		if fraction == 0 {
			return token{}, l.fail("digits are missing after the decimal point", "")
		}
		size += 1 + fraction
	}
	return l.take(tokenNumber, size), nil
}

// text reads a string constant; a backslash escapes itself and the double quote. Before another
// punctuation character it stays, as in Microsoft's own mappings ("\\,").
func (l *lexer) text() (token, error) {
	start := l.pos
	var b strings.Builder
	for i := start + 1; i < len(l.source); i++ {
		switch c := l.source[i]; c {
		case '"':
			l.pos = i + 1
			return token{kind: tokenString, text: b.String(), pos: start}, nil
		case '\\':
			if i+1 < len(l.source) && (l.source[i+1] == '\\' || l.source[i+1] == '"') {
				i++
				b.WriteByte(l.source[i])
				continue
			}
			if i+1 < len(l.source) && chars.IsPunctuation(l.source[i+1]) {
				l.kept = append(l.kept, l.source[i:i+2])
				b.WriteByte(c)
				continue
			}
			l.pos = i
			return token{}, l.fail(`a backslash in a string must be followed by a backslash or a double quote`,
				`double it: "\\d" for the regular expression \d`)
		default:
			b.WriteByte(c)
		}
	}
	return token{}, l.fail("the string is not closed", `close it with a double quote; inside it, write \" for a quote`)
}

func (l *lexer) attribute() (token, error) {
	start := l.pos
	end := strings.IndexAny(l.source[start+1:], "[]\r\n")
	if end < 0 || l.source[start+1+end] != ']' {
		return token{}, l.fail("the attribute is not closed", `close it with "]"`)
	}
	name := strings.TrimSpace(l.source[start+1 : start+1+end])
	if name == "" {
		return token{}, l.fail("the attribute name is missing", "write the name of a source attribute, such as [mail]")
	}
	l.pos = start + end + 2
	return token{kind: tokenAttribute, text: name, pos: start}, nil
}

func (l *lexer) unexpected(r rune) error {
	switch r {
	case '“', '”', '„', '‘', '’', '\'':
		return l.fail(fmt.Sprintf("%q does not start a string", r), `use straight double quotes: "text"`)
	case '+', '*', '/':
		return l.fail(fmt.Sprintf("the language has no operator %q", r), "use Join or Append to combine strings")
	}
	return l.fail(fmt.Sprintf("unexpected character %q", r), "enclose attributes in square brackets and strings in double quotes")
}

func (l *lexer) fail(msg, hint string) error {
	return &Error{Pos: l.pos, Msg: msg, Hint: hint, Source: l.source}
}
