package syncschema_test

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

func ExampleSchema_Outbound() {
	schema, err := syncschema.Parse([]byte(`{"schema": {"synchronizationRules": [
		{"name": "USER_INBOUND_USER", "priority": 1, "sourceDirectoryName": "customappsso", "targetDirectoryName": "Microsoft Entra ID"},
		{"name": "USER_OUTBOUND_USER", "priority": 2, "sourceDirectoryName": "Microsoft Entra ID", "targetDirectoryName": "customappsso",
		 "objectMappings": [{"sourceObjectName": "User", "targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:User"}]}
	]}}`), "template.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	rule, ignored, err := schema.Outbound()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rule.Name, rule.ObjectMappings[0].Flow)
	fmt.Println(ignored[0])
	// Output:
	// USER_OUTBOUND_USER Add,Update,Delete
	// rule "USER_INBOUND_USER" (customappsso to Microsoft Entra ID) does not run: its source is not the Entra directory
}
