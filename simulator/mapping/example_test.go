package mapping_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

func Example() {
	schema, err := syncschema.Parse([]byte(`{"synchronizationRules": [{
		"sourceDirectoryName": "Microsoft Entra ID", "targetDirectoryName": "customappsso",
		"objectMappings": [{"sourceObjectName": "User", "attributeMappings": [
			{"targetAttributeName": "userName", "matchingPriority": 1, "source": {"expression": "[userPrincipalName]"}},
			{"targetAttributeName": "title", "source": {"expression": "ToUpper([jobTitle])"}}
		]}]}]}`), "example.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	users, err := mapping.Compile(schema, &schema.Rules[0].ObjectMappings[0])
	if err != nil {
		fmt.Println(err)
		return
	}
	source := map[string]any{"userPrincipalName": "ada@contoso.example", "jobTitle": "Countess"}
	values, err := users.Evaluate(&expression.Env{
		Attribute: func(name string) expression.Value { return expression.FromAny(source[name]) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	target := map[string]any{"userName": "Ada@contoso.example", "title": "Miss"}
	for _, change := range users.Diff(values, target) {
		fmt.Println(change.Op, change.Attribute.Name, change.Old, change.New)
	}
	// Output: Replace title Miss "COUNTESS"
}
