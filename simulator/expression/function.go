package expression

import (
	"maps"
	"slices"
	"strings"
)

// Types of parameters, as the documentation names them.
const (
	typeString    = "String"
	typeInteger   = "Integer"
	typeNumber    = "Number"
	typeDateTime  = "DateTime"
	typeBoolean   = "Boolean"
	typeAny       = "Expression"
	typeCondition = "Condition" // may be a comparison
	typeCompare   = "CompareType"
)

// Evidence for a function, or for a detail of it.
const (
	EvidenceMicrosoft = "Microsoft page"
	EvidenceInferred  = "inferred"
)

// Pages of Microsoft that document the functions.
const (
	pageFunctions  = "https://learn.microsoft.com/entra/identity/app-provisioning/functions-for-customizing-application-data"
	pageAttributes = "https://learn.microsoft.com/entra/identity/app-provisioning/customize-application-attributes"
	pageGraph      = "https://learn.microsoft.com/graph/api/synchronization-synchronizationschema-functions"
)

// Function describes one documented function of the language (G-24).
type Function struct {
	Name       string
	Group      string // topic, one of Groups
	Parameters []Param
	// Doc is one sentence.
	Doc string
	// Rule is the id of the rule that describes the function.
	Rule string
	// Evidence is the evidence for Doc: EvidenceMicrosoft or EvidenceInferred.
	Evidence string
	// Source is the page that documents the function.
	Source string
	// Chosen lists the decisions of this package where the pages leave behaviour open, one sentence each;
	// the evidence of each is EvidenceInferred.
	Chosen []string
	// Example is executed by the tests; it is empty for a function that is not implemented.
	Example Example
	// Implemented is false for a function that Microsoft documents but that cannot be used here.
	Implemented bool
	// Refused is the reason why a function will not be implemented; "" for the others.
	Refused string

	short []Param // an older form with fewer parameters
	call  func(arguments) Value
	check func(*compiler, *callNode) error
}

// Param is a parameter of a function, with the name that Graph uses.
type Param struct {
	Name       string
	Type       string
	Required   bool
	Repeatable bool
}

// Example is a use of a function with its result.
type Example struct {
	Expression string
	Attributes []ExampleAttribute
	// Result is the output of Value.String.
	Result string
}

// ExampleAttribute is an attribute of the example's source object.
type ExampleAttribute struct {
	Name  string
	Value any
}

// Signature returns the function with its parameters: optional ones in brackets,
// repeatable ones followed by dots.
func (f Function) Signature() string {
	parts := make([]string, len(f.Parameters))
	for i, p := range f.Parameters {
		parts[i] = p.Name
		if p.Repeatable {
			parts[i] += ", ..."
		}
		if !p.Required {
			parts[i] = "[" + parts[i] + "]"
		}
	}
	return f.Name + "(" + strings.Join(parts, ", ") + ")"
}

// parameters returns the parameters of the form with this number of arguments.
func (f Function) parameters(arguments int) []Param {
	if f.short != nil && arguments == len(f.short) {
		return f.short
	}
	return f.Parameters
}

// parameter returns the parameter of argument i.
func (f Function) parameter(i, arguments int) Param {
	ps := f.parameters(arguments)
	if len(ps) == 0 {
		return Param{}
	}
	return ps[min(i, len(ps)-1)]
}

// parameters reads a compact list: "start:Integer" has a type, "start?:Integer" is
// optional as well, "source..." may be repeated. Without a type it is a String.
func parameters(list ...string) []Param {
	ps := make([]Param, len(list))
	for i, s := range list {
		p := Param{Type: typeString, Required: true}
		if name, kind, ok := strings.Cut(s, ":"); ok {
			s, p.Type = name, kind
		}
		if name, ok := strings.CutSuffix(s, "?"); ok {
			s, p.Required = name, false
		}
		if name, ok := strings.CutSuffix(s, "..."); ok {
			s, p.Repeatable = name, true
		}
		p.Name = s
		ps[i] = p
	}
	return ps
}

// example puts an example together; attributes are names and values in turn.
func example(expression, result string, attributes ...any) Example {
	e := Example{Expression: expression, Result: result}
	for i := 0; i+1 < len(attributes); i += 2 {
		name, _ := attributes[i].(string)
		e.Attributes = append(e.Attributes, ExampleAttribute{Name: name, Value: attributes[i+1]})
	}
	return e
}

// vocabulary is the list of functions by name.
type vocabulary map[string]Function

// names returns the names in alphabetical order, ignoring letter case.
func (v vocabulary) names() []string {
	return slices.SortedFunc(maps.Keys(v), func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
}
