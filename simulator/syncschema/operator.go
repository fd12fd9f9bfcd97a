package syncschema

import "strings"

// Operator is one comparison of a scoping filter (E-79, E-80).
type Operator struct {
	Name  string
	Unary bool     // it takes no value
	Types []string // the documented types of the attribute
}

// Operators lists the operators as the portal does, each under the name that exports use.
// The JSON spelling of the last six is in no export that is known (G-19).
func Operators() []Operator {
	words := []string{"String", "Integer"}
	any := []string{"String", "Integer", "Binary", "Boolean"}
	return []Operator{
		{"EQUALS", false, words},
		{"NOT EQUALS", false, words},
		{"IS TRUE", true, []string{"Boolean"}},
		{"IS FALSE", true, []string{"Boolean"}},
		{"IS NULL", true, any},
		{"IS NOT NULL", true, any},
		{"REGEX MATCH", false, words},
		{"NOT REGEX MATCH", false, words},
		{"Greater_Than", false, words},
		{"Greater_Than_OR_EQUALS", false, words},
		{"Includes", false, []string{"String"}},
		{"ENDS_WITH", false, []string{"String"}},
		{"&", false, []string{"String"}},
		{"!&", false, []string{"String"}},
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
	return Operator{}, false
}

func operatorKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " "))
}

// IsWhole reports whether a text is a non-negative integer, as the two operators that compare
// sizes want on both sides (E-79, E-83).
func IsWhole(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
