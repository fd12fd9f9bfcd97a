package expression

import (
	"fmt"
	"slices"
	"strings"
)

// FromSource reads Graph's attributeMappingSource (G-17): the text if it has
// one, otherwise type, name and parameters.
func FromSource(typ, name, expression string, params []Parameter) (*Expression, error) {
	if strings.TrimSpace(expression) != "" {
		return Parse(expression)
	}
	n, err := nodeOf(GraphSource{Type: typ, Name: name, Parameters: params})
	if err != nil {
		return nil, err
	}
	return Parse(format(n))
}

// nodeOf builds the tree of a source; the text of a part wins over its parameters, too.
func nodeOf(s GraphSource) (node, error) {
	if strings.TrimSpace(s.Expression) != "" {
		p, err := newParser(s.Expression)
		if err != nil {
			return nil, err
		}
		return p.whole(true)
	}
	switch {
	case strings.EqualFold(s.Type, sourceAttribute):
		if strings.TrimSpace(s.Name) == "" || strings.ContainsAny(s.Name, "[]\r\n") {
			return nil, fmt.Errorf("read mapping source: %q is not a valid attribute name", s.Name)
		}
		return &attributeNode{name: strings.TrimSpace(s.Name)}, nil
	case strings.EqualFold(s.Type, sourceConstant):
		return &constantNode{kind: tokenString, text: strings.ToValidUTF8(s.Name, "\uFFFD")}, nil
	case strings.EqualFold(s.Type, sourceFunction):
		return functionOf(s)
	}
	return nil, fmt.Errorf("read mapping source: type %q with name %q; hint: use the type Attribute, Constant or Function", s.Type, s.Name)
}

// functionOf builds a call or a comparison out of its parameters.
func functionOf(s GraphSource) (node, error) {
	arguments := make([]node, len(s.Parameters))
	for i, p := range s.Parameters {
		n, err := nodeOf(p.Value)
		if err != nil {
			return nil, fmt.Errorf("parameter %d (%s) of %s: %w", i+1, p.Key, s.Name, err)
		}
		arguments[i] = n
	}
	if slices.Contains([]string{"=", "<>", ">", ">=", "<", "<="}, s.Name) {
		return comparisonOf(s, arguments)
	}
	if l := (lexer{source: s.Name}); s.Name == "" || s.Name != l.functionName() {
		return nil, fmt.Errorf("read mapping source: %q is not a valid function name", s.Name)
	}
	return &callNode{name: s.Name, arguments: arrange(s, arguments)}, nil
}

func comparisonOf(s GraphSource, sides []node) (node, error) {
	if len(sides) != 2 {
		return nil, fmt.Errorf("read mapping source: the comparison %q has %d operands, not 2", s.Name, len(sides))
	}
	for _, side := range sides {
		if c, ok := side.(*comparisonNode); ok {
			return nil, fmt.Errorf("read mapping source: the comparison %q is nested in another one", c.operator)
		}
	}
	if s.Parameters[0].Key == rightKey && s.Parameters[1].Key == leftKey {
		sides[0], sides[1] = sides[1], sides[0]
	}
	return &comparisonNode{operator: s.Name, left: sides[0], right: sides[1]}, nil
}

// arrange puts arguments where their keys say, because skipped ones are not among
// the parameters. If a key is not known they stay in order.
func arrange(s GraphSource, arguments []node) []node {
	f, ok := table()[s.Name]
	if !ok || len(arguments) == 0 {
		return arguments
	}
	var placed []node
	for i, p := range s.Parameters {
		at := slices.IndexFunc(f.Parameters, func(known Param) bool { return strings.EqualFold(known.Name, p.Key) })
		if at < 0 {
			return arguments
		}
		for at < len(placed) && placed[at] != nil && f.Parameters[min(at, len(f.Parameters)-1)].Repeatable {
			at++
		}
		if at < len(placed) && placed[at] != nil {
			return arguments
		}
		for len(placed) <= at {
			placed = append(placed, nil)
		}
		placed[at] = arguments[i]
	}
	return placed
}
