package syncschema_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// template is a small schema as Graph exports one.
const template = `{"version":"v1","synchronizationRules":[{"id":"r","name":"USER_OUTBOUND_USER","sourceDirectoryName":"Azure Active Directory",
"targetDirectoryName":"app","objectMappings":[
{"name":"Users","sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","attributeMappings":[
 {"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","name":"userPrincipalName","expression":"[userPrincipalName]"}},
 {"targetAttributeName":"title","source":{"type":"Attribute","name":"jobTitle","expression":"[jobTitle]"}}]},
{"name":"Groups","sourceObjectName":"Group","targetObjectName":"urn:ietf:params:scim:schemas:core:2.0:Group","attributeMappings":[
 {"targetAttributeName":"displayName","matchingPriority":1,"source":{"type":"Attribute","name":"displayName","expression":"[displayName]"}}]}]}],
"directories":[{"name":"Azure Active Directory","objects":[
 {"name":"User","attributes":[{"name":"objectId","type":"String","anchor":true},
  {"name":"userPrincipalName","type":"String"},{"name":"jobTitle","type":"String"}]},
 {"name":"Group","attributes":[{"name":"objectId","type":"String","anchor":true},{"name":"displayName","type":"String"}]}]},
{"name":"app","objects":[{"name":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","attributes":[
  {"name":"id","type":"String","anchor":true},{"name":"userName","type":"String"},{"name":"title","type":"String"}]},
 {"name":"urn:ietf:params:scim:schemas:core:2.0:Group","attributes":[{"name":"id","type":"String","anchor":true},{"name":"displayName","type":"String"}]}]}]}`

// TestComplete fills a part of a schema, says what was filled, and leaves a whole one alone.
func TestComplete(t *testing.T) {
	t.Parallel()
	base, err := syncschema.Parse([]byte(template), "template")
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]any
	if err := json.Unmarshal([]byte(template), &whole); err != nil {
		t.Fatal(err)
	}
	part := func(names ...string) string {
		m := map[string]any{}
		for _, name := range names {
			m[name] = whole[name]
		}
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	const one = `{"targetAttributeName":"title","source":{"type":"Constant","expression":"\"x\""}}`
	const other = `{"targetAttributeName":"nickName","matchingPriority":1,"source":{"type":"Attribute","name":"jobTitle","expression":"[jobTitle]"}}`
	for name, c := range map[string]struct {
		given, note string
		users       int // attribute mappings
		groups      bool
	}{
		"whole":          {template, "", 2, true},
		"no directories": {part("synchronizationRules"), "User and Group of the directory Azure Active Directory is missing", 2, true},
		"in a page":      {`{"value":[` + part("synchronizationRules") + `]}`, "taken from the template", 2, true},
		"empty directories": {
			strings.Replace(part("synchronizationRules"), "{", `{"directories":[{"name":"app","objects":[]}],`, 1), "Group of the directory app", 2, true,
		},
		"directories alone": {part("directories"), "synchronizationRules is missing", 2, true},
		"rule": {
			`{"objectMappings":[{"sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",` +
				`"attributeMappings":[` + other + `]}]}`, "the rule was put", 1, false,
		},
		"object mapping":    {`{"attributeMappings":[` + other + `]}`, "the object mapping User is from the file", 1, true},
		"without a match":   {`{"attributeMappings":[` + one + `]}`, "attribute mappings alone", 2, true},
		"attribute mapping": {one, "attribute mappings alone", 2, true},
		"attributes":        {"[" + one + "," + other + "]", "attribute mappings alone", 3, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, notes, err := syncschema.Complete([]byte(c.given), "x.json", base)
			if err != nil {
				t.Fatal(err)
			}
			if said := strings.Join(notes, "\n"); c.note == "" && said != "" || !strings.Contains(said, c.note) {
				t.Errorf("notes %q", notes)
			}
			rule, _, err := s.Outbound()
			if err != nil {
				t.Fatal(err)
			}
			if got := len(rule.ObjectMappings[0].AttributeMappings); got != c.users || len(rule.ObjectMappings) == 2 != c.groups {
				t.Errorf("%d attribute mappings, %d object mappings", got, len(rule.ObjectMappings))
			}
			for _, i := range s.Validate() {
				if i.Severity == syncschema.SeverityError || strings.Contains(i.Text, "not define") {
					t.Errorf("%s", i)
				}
			}
		})
	}
}

// TestCompleteRefuses what is no part of a schema, with the words of Parse.
func TestCompleteRefuses(t *testing.T) {
	t.Parallel()
	base, err := syncschema.Parse([]byte(template), "template")
	if err != nil {
		t.Fatal(err)
	}
	for _, given := range []string{`{"error":{}}`, `[]`, `[{"id":"u"}]`, `"x"`, `{"value":[]}`, ``, `{`} {
		if _, _, err := syncschema.Complete([]byte(given), "x.json", base); err == nil {
			t.Errorf("%s is accepted", given)
		}
	}
}

// TestUTF16 reads a schema as PowerShell writes it.
func TestUTF16(t *testing.T) {
	t.Parallel()
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + template)) {
		b = append(b, byte(u), byte(u>>8))
	}
	for _, data := range [][]byte{b, b[2:]} {
		if _, err := syncschema.Parse(data, "x.json"); err != nil {
			t.Error(err)
		}
	}
}
