package expression

import "strings"

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
	condition []string // attributes in the first argument of IIF
	pattern   *pattern // constant regular expression of Replace
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
		b.WriteString(quote(n.text))
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

// format writes a node in the one normal form: a blank after each comma and
// around operators, empty arguments kept (G-35). Where the blanks alone would break the
// limit of E-155, they are left out.
func format(n node) string {
	var b strings.Builder
	n.write(&b, ", ")
	if utf16Length(b.String()) > maxLength {
		b.Reset()
		n.write(&b, ",")
	}
	return b.String()
}

// quote writes a text as a string constant.
func quote(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte('"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	b.WriteByte('"')
	return b.String()
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
