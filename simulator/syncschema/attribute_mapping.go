package syncschema

import (
	"fmt"
	"unicode/utf8"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

// AttributeMapping fills one target attribute (G-16).
type AttributeMapping struct {
	TargetAttributeName string
	Source              *Source // nil is the kind None: only the default is used (E-110)
	DefaultValue        *string
	FlowBehavior        string // FlowWhenChanged, FlowAlways (E-114)
	FlowType            string // Always, ObjectAddOnly, … (E-113)
	MatchingPriority    int    // above 0 for a matching attribute, lowest first (E-90)
}

// The flow types of an attribute mapping (E-113).
const (
	Always            = "Always"
	ObjectAddOnly     = "ObjectAddOnly"
	MultiValueAddOnly = "MultiValueAddOnly"
	ValueAddOnly      = "ValueAddOnly"
	AttributeAddOnly  = "AttributeAddOnly"
)

// FlowWhenChanged is the usual flow behavior (E-114).
const FlowWhenChanged = "FlowWhenChanged"

// Source is Graph's attributeMappingSource (E-111, G-17).
type Source struct {
	Type       string // Attribute, Constant, Function
	Name       string
	Expression string
	Parameters []Parameter
}

// Parameter is a named argument of a function source; keys may repeat (G-17).
type Parameter struct {
	Key   string
	Value Source
}

// MaxExpression is the length of an expression in characters that the service takes (E-110, E-155).
const MaxExpression = 10_000

// Parse gives the source as an expression: from its text when there is one, else built
// from type, name and parameters (G-17). An *expression.Error says where it does not parse.
func (s *Source) Parse() (*expression.Expression, error) {
	if n := utf8.RuneCountInString(s.Expression); n > MaxExpression {
		return nil, fmt.Errorf("the expression has %d characters; the service accepts at most %d", n, MaxExpression)
	}
	return expression.FromSource(s.Type, s.Name, s.Expression, s.graph().Parameters)
}

func (s *Source) graph() expression.GraphSource {
	g := expression.GraphSource{Type: s.Type, Name: s.Name, Expression: s.Expression}
	for i := range s.Parameters {
		g.Parameters = append(g.Parameters, expression.Parameter{Key: s.Parameters[i].Key, Value: s.Parameters[i].Value.graph()})
	}
	return g
}

func (n node) attributeMapping() AttributeMapping {
	m := AttributeMapping{
		TargetAttributeName: n.text("targetAttributeName", ""),
		DefaultValue:        n.optional("defaultValue"),
		FlowBehavior:        n.enum("flowBehavior", FlowWhenChanged, "FlowAlways"),
		FlowType:            n.enum("flowType", Always, ObjectAddOnly, MultiValueAddOnly, ValueAddOnly, AttributeAddOnly),
		MatchingPriority:    n.integer("matchingPriority"),
	}
	if source, ok := n.object("source"); ok {
		m.Source = new(source.source())
	}
	return m
}

func (n node) source() Source {
	s := Source{
		Type:       n.enum("type", "Attribute", "Constant", "Function"),
		Name:       n.text("name", ""),
		Expression: n.text("expression", ""),
	}
	for _, p := range n.list("parameters") {
		value, _ := p.object("value")
		s.Parameters = append(s.Parameters, Parameter{Key: p.text("key", ""), Value: value.source()})
	}
	return s
}
