package syncschema

import (
	"encoding/json"
	"strings"
	"testing"
)

const users = `{"sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","attributeMappings":[{"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","name":"userPrincipalName"}}]}`

func rule(name, source, target string, priority int, mapping string) string {
	b, err := json.Marshal(map[string]any{
		"name": name, "sourceDirectoryName": source, "targetDirectoryName": target, "priority": priority,
		"objectMappings": []json.RawMessage{json.RawMessage(mapping)},
	})
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestOutbound(t *testing.T) {
	t.Parallel()
	salesforce := strings.NewReplacer("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "User", "userName", "Username__c").Replace(users)
	tests := []struct {
		name  string
		rules []string
		want  string
		left  []string
	}{
		{"G-14 old name of the directory", []string{rule("a", "Azure Active Directory", "customappsso", 1, users)}, "a", nil},
		{"G-50 an inbound rule is left out", []string{rule("in", "customappsso", "Microsoft Entra ID", 1, users), rule("out", "Microsoft Entra ID", "customappsso", 2, users)}, "out", []string{"source is not the Entra directory"}},
		{"G-14 the lowest priority comes first", []string{rule("b", "Microsoft Entra ID", "x", 2, users), rule("a", "Microsoft Entra ID", "x", 1, users)}, "a", []string{`rule "a" comes before it`}},
		{"G-50 an API of its own is no SCIM", []string{rule("s", "Azure Active Directory", "Salesforce", 1, salesforce)}, "", []string{"not a SCIM application"}},
		{"G-50 userName makes it SCIM", []string{rule("s", "Azure Active Directory", "x", 1, strings.ReplaceAll(users, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "User"))}, "s", nil},
		{"Entra to Entra", []string{rule("s", "Azure Active Directory", "Microsoft Entra ID", 1, users)}, "", []string{"target is the Entra directory"}},
		{"no rule at all", nil, "", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := mustParse(t, `{"synchronizationRules":[`+strings.Join(tt.rules, ",")+`]}`)
			got, left, err := s.Outbound()
			switch {
			case tt.want == "" && (err == nil || !strings.Contains(err.Error(), "schema test.json") || !strings.Contains(err.Error(), "export")):
				t.Errorf("error is %v", err)
			case tt.want != "" && (err != nil || got.Name != tt.want):
				t.Errorf("rule %+v, error %v, want %s", got, err, tt.want)
			}
			if len(left) != len(tt.left) {
				t.Fatalf("left out: %q", left)
			}
			for i := range left {
				if !strings.Contains(left[i], tt.left[i]) {
					t.Errorf("%q does not hold %q", left[i], tt.left[i])
				}
			}
		})
	}
}

// edited is the bundled schema with a change of its text.
func edited(t *testing.T, old, replacement string) string {
	t.Helper()
	text := string(bundled(t))
	if !strings.Contains(text, old) {
		t.Fatalf("the bundled schema does not hold %q", old)
	}
	return strings.Replace(text, old, replacement, 1)
}

func TestValidate(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, old, replacement string
		severity               Severity
		path, text             string
	}{
		{"E-90 no matching attribute", `"matchingPriority": 1`, `"matchingPriority": 0`, SeverityError, "synchronizationRules[0].objectMappings[0]", "no attribute is a matching attribute"},
		{"G-52 expression that does not parse", `"[displayName]"`, `"Join(\" \", [a]"`, SeverityError, "objectMappings[0].attributeMappings[0].source.expression", "line 1, column"},
		{"E-155 too long", `"[displayName]"`, `"[` + strings.Repeat("a", 10_000) + `]"`, SeverityError, "source.expression", "10002 characters"},
		{"G-52 unknown source attribute", `"[displayName]"`, `"[favouriteColour]"`, SeverityWarning, "source.expression", "does not define [favouriteColour]"},
		{"E-129 unknown target attribute", `"targetAttributeName": "externalId"`, `"targetAttributeName": "shoeSize"`, SeverityWarning, "targetAttributeName", "SchemaAttributeNotFound"},
		{"G-16 no target attribute", `"targetAttributeName": "externalId"`, `"targetAttributeName": "a b"`, SeverityError, "targetAttributeName", "no attribute name"},
		{"mapped twice", `"targetAttributeName": "externalId"`, `"targetAttributeName": "DISPLAYNAME"`, SeverityError, "attributeMappings[1].targetAttributeName", "mapped twice"},
		{"E-117 id", `"targetAttributeName": "externalId"`, `"targetAttributeName": "id"`, SeverityWarning, "targetAttributeName", "must not be mapped"},
		{"E-126 required and not mapped", `"targetAttributeName": "userName"`, `"targetAttributeName": "nickName"`, SeverityWarning, "objectMappings[1]", "required attribute userName is not mapped"},
		{"E-75 scoping filter", `"scope": null`, `"scope": {"groups":[{"clauses":[{"operatorName":"EQUALS"}]}]}`, SeverityError, "objectMappings[0].scope", "not built yet"},
		{"G-14 directory", `"targetDirectoryName": "customappsso"`, `"targetDirectoryName": "nowhere"`, SeverityWarning, "synchronizationRules[0]", `the directory "nowhere" is not defined`},
		{"G-15 source object", `"sourceObjectName": "Group"`, `"sourceObjectName": "Team"`, SeverityWarning, "objectMappings[0]", `source object "Team" is not defined`},
		{"G-15 target object", `"targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:Group"`, `"targetObjectName": "Team"`, SeverityWarning, "objectMappings[0]", `target object "Team" is not defined`},
		{"G-20 two anchors", `"anchor": false`, `"anchor": true`, SeverityWarning, "directories[0].objects[", "has 2 anchors"},
		{"G-20 reference to nothing", `"referencedObjectName": "Group"`, `"referencedObjectName": "Team"`, SeverityWarning, "directories[0]", `refers to the object "Team"`},
		{"E-110 kind None without default", `"source": {
                  "expression": "[objectId]",
                  "name": "objectId",
                  "type": "Attribute",
                  "parameters": []
                }`, `"source": null`, SeverityWarning, "attributeMappings[1].source", "never written"},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			text := edited(t, tt.old, tt.replacement)
			for _, i := range mustParse(t, text).Validate() {
				if i.Severity == tt.severity && strings.Contains(i.Path, tt.path) && strings.Contains(i.Text, tt.text) {
					return
				}
			}
			t.Errorf("no %s at %s with %q in %v", tt.severity, tt.path, tt.text, mustParse(t, text).Validate())
		})
	}
}

func TestValidateOnlyErrsOnWhatRuns(t *testing.T) {
	t.Parallel()
	broken := strings.ReplaceAll(strings.ReplaceAll(users, `"matchingPriority":1,`, ""), "userPrincipalName", "")
	s := mustParse(t, `{"synchronizationRules":[`+rule("a", "Microsoft Entra ID", "x", 1, users)+`,`+rule("b", "x", "Microsoft Entra ID", 1, broken)+`]}`)
	issues := s.Validate()
	if len(issues) == 0 {
		t.Error("no issue at all")
	}
	for _, i := range issues {
		if i.Severity == SeverityError {
			t.Errorf("G-50: %s", i)
		}
	}
	if s := mustParse(t, `{"synchronizationRules":[]}`).Validate(); len(s) != 1 || s[0].Severity != SeverityError {
		t.Errorf("without a rule: %v", s)
	}
}
