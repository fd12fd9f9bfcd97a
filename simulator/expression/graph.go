package expression

import "github.com/scimdrill/scimdrill/simulator/expression/internal/chars"

// Types of a GraphSource.
const (
	sourceAttribute = "Attribute"
	sourceConstant  = "Constant"
	sourceFunction  = "Function"
)

// GraphSource is Microsoft Graph's attributeMappingSource (G-17): the JSON
// spelling of an expression.
type GraphSource struct {
	Expression string      `json:"expression"`
	Name       string      `json:"name"`
	Type       string      `json:"type"`
	Parameters []Parameter `json:"parameters"`
}

// Parameter is one argument of a function in Graph's spelling. Arguments that were
// left empty have none (E-111).
type Parameter struct {
	Key   string      `json:"key"`
	Value GraphSource `json:"value"`
}

// Source returns the expression as Graph spells it (G-17, G-35). Numbers become quoted
// strings (E-111); Parameters is never nil.
func (e *Expression) Source() GraphSource {
	s := sourceOf(e.root)
	s.Expression = e.text
	return s
}

func sourceOf(n node) GraphSource {
	s := GraphSource{Expression: format(n), Parameters: []Parameter{}}
	switch n := n.(type) {
	case *attributeNode:
		s.Type, s.Name = sourceAttribute, n.name
	case *constantNode:
		s.Type, s.Name, s.Expression = sourceConstant, n.text, chars.Quote(n.text)
	case *comparisonNode:
		s.Type, s.Name = sourceFunction, n.operator
		s.Parameters = append(s.Parameters, Parameter{leftKey, sourceOf(n.left)}, Parameter{rightKey, sourceOf(n.right)})
	case *callNode:
		s.Type, s.Name = sourceFunction, n.name
		for i, a := range n.arguments {
			if a != nil {
				s.Parameters = append(s.Parameters, Parameter{n.function.parameter(i, len(n.arguments)).Name, sourceOf(a)})
			}
		}
	}
	return s
}

// Keys of the parameters of a comparison; Graph's own are not documented.
const (
	leftKey  = "left"
	rightKey = "right"
)
