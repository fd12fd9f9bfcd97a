package expression

import (
	"fmt"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
	"github.com/scimdrill/scimdrill/simulator/expression/internal/pattern"
)

// node is a part of an expression. There are the three kinds of Graph's
// attributeMappingSource (G-17) and the comparison, which only stands in conditions.
type node interface {
	// write appends the text of the node; comma is what stands between arguments.
	write(b *strings.Builder, comma string)
}

// attributeNode is [name].
type attributeNode struct {
	name string
	pos  int
}

// constantNode is a string, a number or a word of an enumeration; text is its
// value without quotes, for numbers as it was written.
type constantNode struct {
	kind  tokenKind // tokenString, tokenNumber or tokenName
	text  string
	value Value
	pos   int
}

// callNode is the call of a function. An argument that is nil was left empty.
type callNode struct {
	name      string
	arguments []node
	pos       int

	// Set by the compiler.
	function  Function
	condition []string         // attributes in the first argument of IIF
	compared  []string         // those of them that no null test reads
	pattern   *pattern.Pattern // constant regular expression of Replace
}

// argument returns an argument of a call; nil if it is empty or missing.
func (n *callNode) argument(i int) node {
	if i < len(n.arguments) {
		return n.arguments[i]
	}
	return nil
}

// comparisonNode is one comparison inside a condition (E-156).
type comparisonNode struct {
	operator    string
	left, right node
	pos         int
}

func (n *attributeNode) write(b *strings.Builder, _ string) {
	b.WriteByte('[')
	b.WriteString(n.name)
	b.WriteByte(']')
}

func (n *constantNode) write(b *strings.Builder, _ string) {
	if n.kind == tokenString {
		b.WriteString(chars.Quote(n.text))
		return
	}
	b.WriteString(n.text)
}

func (n *callNode) write(b *strings.Builder, comma string) {
	b.WriteString(n.name)
	b.WriteByte('(')
	for i, a := range n.arguments {
		if i > 0 {
			b.WriteString(comma)
		}
		if a != nil {
			a.write(b, comma)
		}
	}
	b.WriteByte(')')
}

func (n *comparisonNode) write(b *strings.Builder, comma string) {
	blank := strings.TrimPrefix(comma, ",")
	n.left.write(b, comma)
	b.WriteString(blank + n.operator + blank)
	n.right.write(b, comma)
}

// walk calls visit for the node and all nodes below it, in the order of the text.
func walk(n node, visit func(node)) {
	if n == nil {
		return
	}
	visit(n)
	switch n := n.(type) {
	case *callNode:
		for _, a := range n.arguments {
			walk(a, visit)
		}
	case *comparisonNode:
		walk(n.left, visit)
		walk(n.right, visit)
	}
}

func misplacedComparison(n *comparisonNode, source string) error {
	return &Error{
		Pos: n.pos, Source: source,
		Msg:  fmt.Sprintf("the comparison %q is outside a condition", n.operator),
		Hint: "use a comparison only as the first argument of IIF or the argument of CBool (E-156)",
	}
}
