package syncschema_test

import (
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// TestWithMatching proves that another matching attribute changes its priorities and no other byte (E-90).
func TestWithMatching(t *testing.T) {
	t.Parallel()
	const document = `{"id":"s","unknown":[1.0],"synchronizationRules":[{"name":"r",` +
		`"sourceDirectoryName":"Microsoft Entra ID","targetDirectoryName":"customappsso","objectMappings":[` +
		`{"enabled":true,"sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:core:2.0:User","attributeMappings":[` +
		`{"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","name":"a","expression":"[a]"},"x":null},` +
		`{"targetAttributeName":"title","matchingPriority":2,"source":{"type":"Attribute","name":"b","expression":"[b]"}},` +
		`{"source":{"type":"Attribute","name":"c","expression":"[c]"},"targetAttributeName":"externalId"}]}]}]}`
	s, err := syncschema.Parse([]byte(document), "given.json")
	if err != nil {
		t.Fatal(err)
	}
	changed, before, err := s.WithMatching("user", "EXTERNALID")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(before, " "); got != "userName title" {
		t.Errorf("matched before by %s", got)
	}
	text, err := changed.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer(`"matchingPriority":1`, `"matchingPriority":0`, `"matchingPriority":2`, `"matchingPriority":0`,
		`"targetAttributeName":"externalId"}`, `"targetAttributeName":"externalId","matchingPriority":1}`).Replace(document)
	if string(text) != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
	if _, _, err := s.WithMatching("Group", "displayName"); err == nil || !strings.Contains(err.Error(), "maps no Group") {
		t.Errorf("a missing mapping: %v", err)
	}
	if _, _, err := s.WithMatching("User", "nick"); err == nil || !strings.Contains(err.Error(), `unknown mapped attribute "nick"`) {
		t.Errorf("an unmapped attribute: %v", err)
	}
}
