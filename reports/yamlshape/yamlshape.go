// Package yamlshape rejects YAML that would cost a parser much more than its size (S12): deep
// nesting, and aliases that multiply.
//
//	if err := yamlshape.Check(data); err != nil { … } // before yaml.Unmarshal
//
// Neighbours: every package that reads YAML.
package yamlshape

import (
	"fmt"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The limits. The files that people write stay far below them.
const (
	maxBytes = 1 << 20
	maxDepth = 50      // of brackets, and of dashes and question marks on a line
	maxNodes = 200_000 // with every alias replaced by what it stands for
)

// Check returns an error with a line if the data is beyond a limit. It does not say whether the
// data is valid YAML.
func Check(data []byte) (err error) {
	defer func() {
		if p := recover(); p != nil { // the library may panic on unusual input
			err = fmt.Errorf("invalid YAML (%v)", p)
		}
	}()
	if len(data) > maxBytes {
		return fmt.Errorf("the file has %d bytes; the limit is %d", len(data), maxBytes)
	}
	tokens := lexer.Tokenize(string(data))
	aliases, err := nesting(tokens)
	if err != nil || aliases == 0 {
		return err
	}
	file, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil //nolint:nilerr // whoever reads the file says what is wrong with it
	}
	return expansion(file)
}

// nesting looks at the depth without a recursion, and counts the aliases.
func nesting(tokens token.Tokens) (aliases int, err error) {
	brackets, marks, line, indents := 0, 0, 0, []int{}
	for _, t := range tokens {
		if t.Position.Line != line {
			line, marks = t.Position.Line, 0
			for len(indents) > 0 && t.Position.Column <= indents[len(indents)-1] {
				indents = indents[:len(indents)-1]
			}
			indents = append(indents, t.Position.Column)
		}
		switch t.Type { //nolint:exhaustive // other tokens open and close nothing
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			marks++
		case token.AliasType:
			aliases++
		}
		if brackets > maxDepth || marks > maxDepth || brackets == 0 && len(indents) > maxDepth {
			return 0, fmt.Errorf("line %d: nested more deeply than %d levels", line, maxDepth)
		}
	}
	return aliases, nil
}

// expansion counts the nodes that the aliases stand for.
func expansion(file *ast.File) error {
	c := &counter{anchors: map[string]*counter{}}
	for _, doc := range file.Docs {
		ast.Walk(c, doc)
	}
	if c.nodes > maxNodes {
		return fmt.Errorf("line %d: the aliases stand for more than %d values", c.over, maxNodes)
	}
	return nil
}

// counter counts the nodes of the file, or of an anchor in it.
type counter struct {
	nodes   int
	over    int // line where the limit was passed
	outer   *counter
	anchors map[string]*counter
}

// Visit counts a node. An alias counts as much as its anchor does so far.
func (c *counter) Visit(node ast.Node) ast.Visitor {
	n := 1
	if alias, ok := node.(*ast.AliasNode); ok {
		if a := c.anchors[alias.Value.GetToken().Value]; a != nil {
			n += a.nodes
		}
	}
	for at := c; at != nil; at = at.outer {
		if at.nodes += n; at.nodes > maxNodes {
			if at.nodes = maxNodes + 1; at.over == 0 {
				at.over = node.GetToken().Position.Line
			}
		}
	}
	if anchor, ok := node.(*ast.AnchorNode); ok {
		inner := &counter{outer: c, anchors: c.anchors}
		c.anchors[anchor.Name.GetToken().Value] = inner
		return inner
	}
	return c
}
