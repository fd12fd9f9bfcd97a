package syncschema

import "strings"

// Operator is one comparison of a scoping filter (E-79, E-80).
type Operator struct {
	Name  string
	Unary bool     // it takes no value
	Types []string // the documented types of the attribute

	Reported bool // users report it, and no page describes it
}

// The operators that users report.
const (
	Present        = "Present"
	ValidCertMatch = "Valid Cert Match"
)

// Operators lists the operators as the portal does, each under the name that exports use.
// The JSON spelling of the last six is in no export that is known (G-19).
func Operators() []Operator {
	words := []string{"String", "Integer"}
	any := []string{"String", "Integer", "Binary", "Boolean"}
	return []Operator{
		{Name: "EQUALS", Types: words},
		{Name: "NOT EQUALS", Types: words},
		{Name: "IS TRUE", Unary: true, Types: []string{"Boolean"}},
		{Name: "IS FALSE", Unary: true, Types: []string{"Boolean"}},
		{Name: "IS NULL", Unary: true, Types: any},
		{Name: "IS NOT NULL", Unary: true, Types: any},
		{Name: "REGEX MATCH", Types: words},
		{Name: "NOT REGEX MATCH", Types: words},
		{Name: "Greater_Than", Types: words},
		{Name: "Greater_Than_OR_EQUALS", Types: words},
		{Name: "Includes", Types: []string{"String"}},
		{Name: "ENDS_WITH", Types: []string{"String"}},
		{Name: "&", Types: []string{"String"}},
		{Name: "!&", Types: []string{"String"}},
	}
}

// FindOperator finds an operator without regard to case; blank and underscore are the same (G-19).
func FindOperator(name string) (Operator, bool) {
	want := operatorKey(name)
	for _, o := range Operators() {
		if operatorKey(o.Name) == want {
			return o, true
		}
	}
	for _, o := range reported() {
		if operatorKey(o.Name) == want {
			return o, true
		}
	}
	return Operator{}, false
}

// reported are the operators that no page describes.
func reported() []Operator {
	any := []string{"String", "Integer", "Binary", "Boolean"}
	return []Operator{
		{Name: Present, Unary: true, Types: any, Reported: true},
		{Name: ValidCertMatch, Types: any, Reported: true},
	}
}

func operatorKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " "))
}

// IsWhole reports whether a text is a non-negative integer, as the two operators that compare
// sizes want on both sides (E-79, E-83).
func IsWhole(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
