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

// String returns the text of the expression in normal form: one blank after each
// comma, empty arguments kept (G-35). Parsing it again gives an equal expression.
func (e *Expression) String() string { return e.text }

// Attributes returns the names of the source attributes that the expression
// reads, each once, in the order of the text.
func (e *Expression) Attributes() []string { return slices.Clone(e.attributes) }

// Function returns the name of the function whose result the expression is, "" for an
// attribute or a constant. IgnoreFlowIfNullOrEmpty is looked through.
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

// Calls reports whether the expression calls one of the functions anywhere.
func (e *Expression) Calls(names ...string) bool {
	found := false
	walk(e.root, func(n node) {
		if call, ok := n.(*callNode); ok && slices.Contains(names, call.name) {
			found = true
		}
	})
	return found
}

// Warnings returns what the documentation advises against in this expression,
// such as a test for null as the source of Switch (E-179) or as the condition of IIF (E-178).
func (e *Expression) Warnings() []string { return slices.Clone(e.warnings) }
