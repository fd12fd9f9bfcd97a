package expression_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

// An expression is parsed once and evaluated for each object.
func Example() {
	e, err := expression.Parse(`ToLower(Join(".", [givenName], [surname]))`)
	if err != nil {
		fmt.Println(err)
		return
	}
	users := []map[string]any{
		{"givenName": "Adele", "surname": "Vance"},
		{"givenName": "Adele"},
		{},
	}
	for _, user := range users {
		v, err := e.Eval(&expression.Env{
			Attribute: func(name string) expression.Value { return expression.FromAny(user[name]) },
		})
		fmt.Println(v, err)
	}
	// Output:
	// "adele.vance" <nil>
	// "adele" <nil>
	// null <nil>
}

// A mistake is shown where it stands.
func ExampleParse_error() {
	_, err := expression.Parse(`switch([IsSoftDeleted], , "False", "True")`)
	fmt.Println(err)
	// Output:
	// unknown function "switch" (line 1, column 1)
	// 	switch([IsSoftDeleted], , "False", "True")
	// 	^
	// hint: did you mean Switch? Names are case-sensitive (E-155)
}

// A source of Microsoft Graph without a text is built from the rest.
func ExampleFromSource() {
	e, err := expression.FromSource("Function", "Append", "", []expression.Parameter{
		{Key: "source", Value: expression.GraphSource{Type: "Attribute", Name: "mailNickname"}},
		{Key: "suffix", Value: expression.GraphSource{Type: "Constant", Name: "@contoso.example"}},
	})
	fmt.Println(e, err)
	// Output: Append([mailNickname], "@contoso.example") <nil>
}

// The table documents the language.
func ExampleFunctions() {
	for _, f := range expression.Functions()[:3] {
		fmt.Println(f.Signature(), f.Implemented, f.Rule)
	}
	// Output:
	// Append(source, suffix) true E-160
	// AppRoleAssignments(source) true E-209
	// AppRoleAssignmentsComplex(source) true E-161
}
