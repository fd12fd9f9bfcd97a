package directory_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// TestMistyped refuses values that would be taken for missing ones, and names file, line and field.
func TestMistyped(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		`"accountEnabled":"yes"`:              `x.jsonl:1: accountEnabled: the value must be true or false, not "yes"`,
		`"accountEnabled":0`:                  "x.jsonl:1: accountEnabled: the value must be true or false, not 0",
		`"securityEnabled":[]`:                "x.jsonl:1: securityEnabled: the value must be true or false",
		`"userPrincipalName":42`:              "x.jsonl:1: userPrincipalName: the value must be a string, not 42; hint:",
		`"displayName":{"a":1}`:               "x.jsonl:1: displayName: the value must be a string",
		`"accountEnabled":null,"mail":null`:   "",
		`"accountEnabled":"False","age":true`: "",
	} {
		line := `{"at":"0s","@odata.type":"#microsoft.graph.user","id":"ada",` + given + "}"
		changes, err := directory.ReadChanges(strings.NewReader(line), "x.jsonl")
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", given, err)
		}
		if strings.Contains(given, `"False"`) && changes[0].Properties["accountEnabled"] != false {
			t.Errorf("%s: %v", given, changes[0].Properties)
		}
	}
}
