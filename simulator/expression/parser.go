package expression

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// parser is a recursive descent over one token of look-ahead.
type parser struct {
	lexer lexer
	token token
}

func newParser(source string) (*parser, error) {
	p := &parser{lexer: lexer{source: source}}
	if n := chars.Length(source); n > maxLength {
		return nil, &Error{
			Pos: 0, Source: source,
			Msg:  fmt.Sprintf("the expression has %d characters; the limit is %d (E-155)", n, maxLength),
			Hint: "move part of it to another mapping",
		}
	}
	if !utf8.ValidString(source) {
		pos := 0
		for i, r := range source {
			if _, size := utf8.DecodeRuneInString(source[i:]); r == utf8.RuneError && size == 1 {
				pos = i
				break
			}
		}
		return nil, &Error{Pos: pos, Msg: "the expression is not valid UTF-8", Source: source}
	}
	return p, p.advance()
}

func (p *parser) advance() (err error) {
	p.token, err = p.lexer.next()
	return err
}

func (p *parser) fail(pos int, hint, format string, args ...any) error {
	return &Error{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint, Source: p.lexer.source}
}

// whole reads one operand, or one argument, up to the end of the text.
func (p *parser) whole(comparison bool) (node, error) {
	if p.token.kind == tokenEnd {
		return nil, p.fail(0, "write a function call, an attribute such as [mail], or a string", "the expression is empty")
	}
	n, err := p.argument()
	if err != nil {
		return nil, err
	}
	if p.token.kind != tokenEnd {
		return nil, p.fail(p.token.pos, "an expression must be one call, one attribute or one constant", "unexpected %s after the expression", p.token.describe())
	}
	if c, ok := n.(*comparisonNode); ok && !comparison {
		return nil, misplacedComparison(c, p.lexer.source)
	}
	return n, nil
}

// argument reads an operand, and the rest of a comparison if there is one.
func (p *parser) argument() (node, error) {
	left, err := p.operand()
	if err != nil || p.token.kind != tokenOperator {
		return left, err
	}
	operator := p.token
	if err := p.advance(); err != nil {
		return nil, err
	}
	right, err := p.operand()
	if err != nil {
		return nil, err
	}
	if p.token.kind == tokenOperator {
		return nil, p.fail(p.token.pos, "nest one IIF in another for AND and OR (E-178)", "a condition can contain only one comparison")
	}
	return &comparisonNode{operator: operator.text, left: left, right: right, pos: operator.pos}, nil
}

func (p *parser) operand() (node, error) {
	t := p.token
	switch t.kind {
	case tokenAttribute:
		return &attributeNode{name: t.text, pos: t.pos}, p.advance()
	case tokenString:
		return &constantNode{kind: t.kind, text: t.text, value: String(t.text), pos: t.pos}, p.advance()
	case tokenNumber:
		v, ok := parseNumber(t.text)
		if whole := !strings.Contains(t.text, "."); !ok || whole != v.whole && whole {
			return nil, p.fail(t.pos, "", "number %s is too large", chars.Shorten(t.text))
		}
		return &constantNode{kind: t.kind, text: t.text, value: v, pos: t.pos}, p.advance()
	case tokenName:
		if err := p.advance(); err != nil {
			return nil, err
		}
		if p.token.kind == tokenOpen {
			return p.call(t)
		}
		return &constantNode{kind: t.kind, text: t.text, value: String(t.text), pos: t.pos}, nil
	case tokenOpen:
		return nil, p.fail(t.pos, "parentheses must follow a function name", "unexpected %s", t.describe())
	default:
		return nil, p.fail(t.pos, "", "expected an attribute, a constant or a function, found %s", t.describe())
	}
}

// call reads the arguments of a function; the current token is its "(".
func (p *parser) call(name token) (node, error) {
	open := p.token.pos
	if err := p.advance(); err != nil {
		return nil, err
	}
	call := &callNode{name: name.text, pos: name.pos}
	if p.token.kind == tokenClose {
		return call, p.advance()
	}
	for {
		var argument node
		if p.token.kind != tokenComma && p.token.kind != tokenClose && p.token.kind != tokenEnd {
			var err error
			if argument, err = p.argument(); err != nil {
				return nil, err
			}
		}
		call.arguments = append(call.arguments, argument)
		switch p.token.kind {
		case tokenComma:
			if err := p.advance(); err != nil {
				return nil, err
			}
		case tokenClose:
			return call, p.advance()
		case tokenEnd:
			return nil, p.fail(open, `add ")"`, "the arguments of %s are not closed", name.text)
		default:
			return nil, p.fail(p.token.pos, p.betweenArguments(), `expected "," or ")" in the arguments of %s, found %s`, name.text, p.token.describe())
		}
	}
}

// betweenArguments explains what stands where a comma should be. Two strings side by
// side are one string whose quote was doubled, as other languages write it.
func (p *parser) betweenArguments() string {
	before := strings.TrimRight(p.lexer.source[:p.token.pos], " \t\r\n")
	if p.token.kind == tokenString && len(before) == p.token.pos && strings.HasSuffix(before, `"`) {
		return `inside a string a double quote is written \", not ""`
	}
	return "arguments are separated by commas"
}
