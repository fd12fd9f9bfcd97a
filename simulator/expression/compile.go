package expression

import (
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/reports/nearest"
	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// compiler resolves the functions of a parsed expression, checks their arguments
// and collects the facts that need no object.
type compiler struct {
	source     string
	known      vocabulary
	attributes []string
	warnings   []string
}

func (c *compiler) fail(pos int, hint, format string, args ...any) error {
	return &Error{Pos: pos, Msg: fmt.Sprintf(format, args...), Hint: hint, Source: c.source}
}

func (c *compiler) warn(format string, args ...any) {
	if w := fmt.Sprintf(format, args...); !slices.Contains(c.warnings, w) {
		c.warnings = append(c.warnings, w)
	}
}

func (c *compiler) read(attribute string) {
	if !slices.Contains(c.attributes, attribute) {
		c.attributes = append(c.attributes, attribute)
	}
}

// compile checks the root of an expression.
func (c *compiler) compile(root node) error {
	switch root := root.(type) {
	case *constantNode:
		if root.kind == tokenName {
			return c.bareWord(root)
		}
	case *attributeNode:
		if root.name == roleAttribute {
			c.warn("[%s] must not be mapped directly; use SingleAppRoleAssignment or AssertiveAppRoleAssignmentsComplex (E-145)", roleAttribute)
		}
	}
	return c.node(root)
}

func (c *compiler) node(n node) error {
	switch n := n.(type) {
	case *attributeNode:
		c.read(n.name)
	case *comparisonNode:
		for _, side := range []node{n.left, n.right} {
			if constant, ok := side.(*constantNode); ok && constant.kind == tokenName {
				return c.bareWord(constant)
			}
			if err := c.nested(side); err != nil {
				return err
			}
		}
	case *callNode:
		return c.call(n)
	}
	return nil
}

// nested compiles a node below another one, where IgnoreFlowIfNullOrEmpty has no
// meaning (E-163).
func (c *compiler) nested(n node) error {
	if call, ok := n.(*callNode); ok && call.name == "IgnoreFlowIfNullOrEmpty" {
		return c.fail(call.pos, "put it around the whole expression", "IgnoreFlowIfNullOrEmpty must be the outermost function (E-163)")
	}
	return c.node(n)
}

func (c *compiler) bareWord(n *constantNode) error {
	switch strings.ToLower(n.text) {
	case "true", "false":
		return c.fail(n.pos, fmt.Sprintf("write it as a string: %q", n.text), "the name %s is not an expression", n.text)
	case "null", "nothing":
		return c.fail(n.pos, "the language has no keyword for null; leave an optional argument empty", "the name %s is not an expression", n.text)
	}
	return c.fail(n.pos, fmt.Sprintf(`write [%s] for the attribute, %q for the string, %s(...) for the function`, n.text, n.text, n.text),
		"the name %s is not an expression", n.text)
}

func (c *compiler) call(n *callNode) error {
	f, ok := c.known[n.name]
	switch {
	case !ok:
		return c.unknown(n)
	case f.Refused != "":
		return c.fail(n.pos, f.Refused, "Microsoft documents %s, but not for SCIM applications (%s)", f.Name, f.Rule)
	}
	n.function = f
	if err := c.count(n); err != nil {
		return err
	}
	for i, a := range n.arguments {
		if err := c.argument(n, i, a); err != nil {
			return err
		}
	}
	if f.check == nil {
		return nil
	}
	return f.check(c, n)
}

// count compares the arguments with the parameters.
func (c *compiler) count(n *callNode) error {
	parameters := n.function.parameters(len(n.arguments))
	repeats := len(parameters) > 0 && parameters[len(parameters)-1].Repeatable
	if !repeats && len(n.arguments) > len(parameters) {
		return c.fail(n.pos, n.function.Signature(), "%s takes at most %d arguments, not %d", n.name, len(parameters), len(n.arguments))
	}
	for i, p := range parameters {
		if !p.Required || n.argument(i) != nil {
			continue
		}
		if p.Repeatable && slices.ContainsFunc(n.arguments[min(i, len(n.arguments)):], func(a node) bool { return a != nil }) {
			continue
		}
		return c.fail(n.pos, n.function.Signature(), "%s requires the argument %s", n.name, p.Name)
	}
	return nil
}

// argument compiles one argument; comparisons and bare words are allowed for
// the parameters whose type says so.
func (c *compiler) argument(n *callNode, i int, a node) error {
	p := n.function.parameter(i, len(n.arguments))
	switch a := a.(type) {
	case nil:
		return nil
	case *comparisonNode:
		if p.Type != typeCondition {
			return misplacedComparison(a, c.source)
		}
	case *constantNode:
		if p.Type == typeCompare {
			return c.compareType(a)
		}
		if a.kind == tokenName {
			return c.bareWord(a)
		}
	}
	return c.nested(a)
}

func (c *compiler) compareType(n *constantNode) error {
	if n.text != textCompare && n.text != binaryCompare {
		return c.fail(n.pos, nearest.Hint(n.text, []string{textCompare, binaryCompare}),
			"compareType must be %s or %s, not %s", textCompare, binaryCompare, chars.Shorten(n.text))
	}
	return nil
}
