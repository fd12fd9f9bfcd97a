package expression

import "github.com/scimdrill/scimdrill/simulator/expression/internal/chars"

// tokenKind is the kind of a token, see grammar.txt.
type tokenKind uint8

const (
	tokenEnd tokenKind = iota
	tokenName
	tokenAttribute
	tokenString
	tokenNumber
	tokenOpen
	tokenClose
	tokenComma
	tokenOperator
)

// token is one word of an expression. Its text is unescaped for strings, and
// without brackets for attributes.
type token struct {
	kind tokenKind
	text string
	pos  int
}

// describe names a token in an error message.
func (t token) describe() string {
	switch t.kind {
	case tokenEnd:
		return "the end of the expression"
	case tokenAttribute:
		return "attribute [" + t.text + "]"
	case tokenString:
		return "string " + chars.Shorten(chars.Quote(t.text))
	case tokenNumber:
		return "number " + t.text
	case tokenName:
		return "name " + t.text
	case tokenOpen:
		return `"("`
	case tokenClose:
		return `")"`
	case tokenComma:
		return `","`
	case tokenOperator:
		return `operator "` + t.text + `"`
	default:
		return "a token"
	}
}
