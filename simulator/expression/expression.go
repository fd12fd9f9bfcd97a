package expression

import "slices"

// Expression is a parsed expression, ready to be evaluated many times.
type Expression struct {
	source     string
	text       string
	root       node
	attributes []string
	warnings   []string
}

// String returns the expression in normal form: one space after each
// comma, empty arguments kept (G-35). Parsing it again gives an equal expression.
func (e *Expression) String() string { return e.text }

// Attributes returns the names of the source attributes that the expression
// reads, each once, in the order of the text.
func (e *Expression) Attributes() []string { return slices.Clone(e.attributes) }

// Function returns the name of the outermost function, "" for an
// attribute or a constant. It ignores IgnoreFlowIfNullOrEmpty.
func (e *Expression) Function() string {
	n := e.root
	for {
		call, ok := n.(*callNode)
		if !ok {
			return ""
		}
		if call.name != "IgnoreFlowIfNullOrEmpty" {
			return call.name
		}
		n = call.arguments[0]
	}
}

// Calls reports whether the expression calls one of the functions at any depth.
func (e *Expression) Calls(names ...string) bool {
	found := false
	walk(e.root, func(n node) {
		if call, ok := n.(*callNode); ok && slices.Contains(names, call.name) {
			found = true
		}
	})
	return found
}

// Warnings returns the constructs in this expression that the documentation advises against,
// such as a test for null as the source of Switch (E-179) or as the condition of IIF (E-178).
func (e *Expression) Warnings() []string { return slices.Clone(e.warnings) }
