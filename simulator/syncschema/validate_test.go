package syncschema

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const users = `{"sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",` +
	`"attributeMappings":[{"targetAttributeName":"userName","matchingPriority":1,"source":{"type":"Attribute","name":"userPrincipalName"}}]}`

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
		{
			"G-50 an inbound rule is left out",
			[]string{rule("in", "customappsso", "Microsoft Entra ID", 1, users), rule("out", "Microsoft Entra ID", "customappsso", 2, users)},
			"out",
			[]string{"source is not the Entra directory"},
		},
		{
			"G-14 the lowest priority comes first",
			[]string{rule("b", "Microsoft Entra ID", "x", 2, users), rule("a", "Microsoft Entra ID", "x", 1, users)},
			"a",
			[]string{`rule "a" has precedence`},
		},
		{"G-50 an API of its own is no SCIM", []string{rule("s", "Azure Active Directory", "Salesforce", 1, salesforce)}, "", []string{"not a SCIM application"}},
		{
			"G-50 userName makes it SCIM",
			[]string{rule("s", "Azure Active Directory", "x", 1, strings.ReplaceAll(users, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "User"))},
			"s",
			nil,
		},
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
		{
			"E-90 no matching attribute", `"matchingPriority": 1`, `"matchingPriority": 0`, SeverityError, "synchronizationRules[0].objectMappings[0]",
			"no matching attribute; hint: set a matchingPriority",
		},
		{
			"G-52 expression that does not parse", `"[displayName]"`, `"Join(\" \", [a]"`, SeverityError, "objectMappings[0].attributeMappings[0].source.expression",
			"line 1, column",
		},
		{"E-155 too long", `"[displayName]"`, `"[` + strings.Repeat("a", 10_000) + `]"`, SeverityError, "source.expression", "10002 characters"},
		{"G-52 unknown source attribute", `"[displayName]"`, `"[favouriteColour]"`, SeverityWarning, "source.expression", "does not define [favouriteColour]"},
		{
			"E-138 Switch on a reference", `"[manager]"`, `"Switch([manager], , \"a\", \"b\")"`, SeverityWarning, "source.expression",
			"manager is a reference, and Switch is not meant",
		},
		{"E-145 roles mapped directly", `"[displayName]"`, `"[appRoleAssignments]"`, SeverityWarning, "source.expression", "must not be mapped directly"},
		{
			"G-52 unknown source attribute, a slip", `"[displayName]"`, `"[dispalyName]"`, SeverityWarning, "source.expression",
			"does not define [dispalyName]; it will be null; did you mean displayName?",
		},
		{
			"E-129 unknown target attribute", `"targetAttributeName": "externalId"`, `"targetAttributeName": "shoeSize"`, SeverityWarning, "targetAttributeName",
			"SchemaAttributeNotFound",
		},
		{
			"G-16 no target attribute", `"targetAttributeName": "externalId"`, `"targetAttributeName": "a\"b"`, SeverityError, "targetAttributeName",
			"not an attribute name",
		},
		{
			"mapped twice", `"targetAttributeName": "externalId"`, `"targetAttributeName": "DISPLAYNAME"`, SeverityError, "attributeMappings[1].targetAttributeName",
			"mapped twice",
		},
		{"E-117 id", `"targetAttributeName": "externalId"`, `"targetAttributeName": "id"`, SeverityWarning, "targetAttributeName", "must not be mapped"},
		{
			"E-126 required and not mapped", `"targetAttributeName": "userName"`, `"targetAttributeName": "nickName"`, SeverityWarning, "objectMappings[1]",
			"required attribute userName is not mapped",
		},
		{
			"E-99 matching attribute from SelectUniqueValue", `"[displayName]"`, `"SelectUniqueValue([displayName], [mail])"`, SeverityError,
			"objectMappings[0].attributeMappings[0].source.expression", "SelectUniqueValue",
		},
		{
			"E-79 unknown operator", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"IsMemberOf","sourceOperandName":"displayName","targetOperand":{"values":["x"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].operatorName", "the operators of scoping filters are EQUALS",
		},
		{
			"E-78 expression", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"[displayName]","targetOperand":{"values":["x"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "is an expression",
		},
		{
			"E-78 no attribute", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"","targetOperand":{"values":["x"]}}]}]}`, SeverityError,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "attribute name is missing",
		},
		{
			"E-142 filter on IsSoftDeleted", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"IS TRUE","sourceOperandName":"IsSoftDeleted","targetOperand":{"values":[]}}]}]}`, SeverityError,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "depends on the scope",
		},
		{
			"E-82 members", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"members","targetOperand":{"values":["x"]}}]}]}`, SeverityError,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "members cannot be used",
		},
		{
			"E-81 manager", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"IS NOT NULL","sourceOperandName":"manager","targetOperand":{"values":[]}}]}]}`, SeverityError,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "manager cannot be used",
		},
		{
			"E-81 userType", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"userType","targetOperand":{"values":["Guest"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "userType cannot be used",
		},
		{
			"E-81 date by name", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"StatusHireDate","targetOperand":{"values":["x"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "StatusHireDate cannot be used",
		},
		{
			"E-82 A-41 multi-valued attribute", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"proxyAddresses","targetOperand":{"values":["x"]}}]}]}`,
			SeverityWarning, "objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "every value must satisfy",
		},
		{
			"E-79 attribute that is not defined", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"nosuch","targetOperand":{"values":["x"]}}]}]}`, SeverityWarning,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "does not define nosuch",
		},
		{
			"E-79 IS TRUE on a text", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"IS TRUE","sourceOperandName":"displayName","targetOperand":{"values":[]}}]}]}`, SeverityWarning,
			"objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "not documented for String",
		},
		{
			"G-18 EQUALS on a Boolean", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"mailEnabled","targetOperand":{"values":["True"]}}]}]}`,
			SeverityWarning, "objectMappings[0].scope.groups[0].clauses[0].sourceOperandName", "not documented for Boolean",
		},
		{
			"E-79 A-6 Greater_Than with a word", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"Greater_Than","sourceOperandName":"displayName","targetOperand":{"values":["ten"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "needs a non-negative integer",
		},
		{
			"E-83 A-6 Greater_Than with a negative number", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"Greater_Than_OR_EQUALS","sourceOperandName":"displayName",` +
				`"targetOperand":{"values":["-1"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "needs a non-negative integer",
		},
		{
			"E-79 pattern that does not parse", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"REGEX MATCH","sourceOperandName":"displayName","targetOperand":{"values":["(a"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "invalid pattern",
		},
		{
			"A-3 pattern that is not anchored", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"REGEX MATCH","sourceOperandName":"displayName",` +
				`"targetOperand":{"values":["([1-9][0-9])"]}}]}]}`,
			SeverityWarning, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "matches anywhere",
		},
		{
			"E-75 two values", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"displayName","targetOperand":{"values":["a", "b"]}}]}]}`,
			SeverityError, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "takes one value, not 2",
		},
		{
			"E-79 unary operator with a value", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"IS NULL","sourceOperandName":"displayName","targetOperand":{"values":["x"]}}]}]}`,
			SeverityWarning, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "does not take a value",
		},
		{
			"E-79 empty value", `"scope": null`,
			`"scope": {"groups":[{"name":"f","clauses":[{"operatorName":"EQUALS","sourceOperandName":"displayName","targetOperand":{"values":[""]}}]}]}`,
			SeverityWarning, "objectMappings[0].scope.groups[0].clauses[0].targetOperand.values", "hint: use IS NULL",
		},
		{
			"E-75 filter without clauses", `"scope": null`, `"scope": {"groups":[{"name":"f","clauses":[]}]}`, SeverityWarning, "objectMappings[0].scope.groups[0]",
			"no clause",
		},
		{
			"E-86 input filters", `"scope": null`, `"scope": {"inputFilterGroups":[{"clauses":[{"operatorName":"LIKE","sourceOperandName":"a"}]}]}`, SeverityError,
			"scope.inputFilterGroups[0].clauses[0].operatorName", "LIKE",
		},
		{
			"E-86 category filters", `"scope": null`, `"scope": {"categoryFilterGroups":[{"clauses":[{"operatorName":"LIKE","sourceOperandName":"a"}]}]}`, SeverityError,
			"scope.categoryFilterGroups[0].clauses[0].operatorName", "LIKE",
		},
		{
			"G-14 directory", `"targetDirectoryName": "customappsso"`, `"targetDirectoryName": "nowhere"`, SeverityWarning, "synchronizationRules[0]",
			`the directory "nowhere" is not defined`,
		},
		{
			"G-15 source object", `"sourceObjectName": "Group"`, `"sourceObjectName": "Team"`, SeverityWarning, "objectMappings[0]",
			`source object "Team" is not defined`,
		},
		{
			"G-15 target object", `"targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:Group"`, `"targetObjectName": "Team"`, SeverityWarning,
			"objectMappings[0]", `target object "Team" is not defined`,
		},
		{"G-20 two anchors", `"anchor": false`, `"anchor": true`, SeverityWarning, "directories[0].objects[", "has 2 anchors"},
		{
			"G-20 reference to nothing", `"referencedObjectName": "Group"`, `"referencedObjectName": "Team"`, SeverityWarning, "directories[0]",
			`refers to the undefined object "Team"`,
		},
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

func TestFilterThatIsFine(t *testing.T) {
	t.Parallel()
	for _, clause := range []string{
		`"equals","sourceOperandName":"displayName","targetOperand":{"values":["Sales"]}`,
		`"Is_Not_Null","sourceOperandName":"mail","targetOperand":null`,
		`"greater than or equals","sourceOperandName":"displayName","targetOperand":{"values":["007"]}`,
		`"NOT REGEX MATCH","sourceOperandName":"displayName","targetOperand":{"values":["^(1[0-9]{6})$"]}`,
		`"REGEX MATCH","sourceOperandName":"mail","targetOperand":{"values":[".*\\@domain.com$"]}`,
		`"!&","sourceOperandName":"displayName","targetOperand":{"values":["a,b"]}`,
	} {
		t.Run("G-19 "+clause, func(t *testing.T) {
			t.Parallel()
			s := mustParse(t, edited(t, `"scope": null`, `"scope": {"groups":[{"name":"f","clauses":[{"operatorName":`+clause+`}]}]}`))
			if issues := s.Validate(); len(issues) != 0 {
				t.Errorf("issues: %v", issues)
			}
		})
	}
}

func TestOperators(t *testing.T) {
	t.Parallel()
	// As GET schema/filterOperators answered in 2017, and the six that only the portal lists (G-19).
	want := map[string]string{
		"EQUALS": "Binary String,Integer", "NOT EQUALS": "Binary String,Integer",
		"REGEX MATCH": "Binary String,Integer", "NOT REGEX MATCH": "Binary String,Integer",
		"IS TRUE": "Unary Boolean", "IS FALSE": "Unary Boolean",
		"IS NULL": "Unary String,Integer,Binary,Boolean", "IS NOT NULL": "Unary String,Integer,Binary,Boolean",
		"Greater_Than": "Binary String,Integer", "Greater_Than_OR_EQUALS": "Binary String,Integer",
		"Includes": "Binary String", "ENDS_WITH": "Binary String", "&": "Binary String", "!&": "Binary String",
	}
	t.Run("E-80 E-79 arity and types", func(t *testing.T) {
		t.Parallel()
		got := map[string]string{}
		for _, o := range Operators() {
			arity := "Binary"
			if o.Unary {
				arity = "Unary"
			}
			got[o.Name] = arity + " " + strings.Join(o.Types, ",")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
	for name, found := range map[string]string{
		"equals": "EQUALS", "NOT_EQUALS": "NOT EQUALS", "is not null": "IS NOT NULL", "greater than or equals": "Greater_Than_OR_EQUALS",
		"GREATER_THAN": "Greater_Than", "ends with": "ENDS_WITH", "INCLUDES": "Includes", "!&": "!&", "NOTEQUALS": "", "": "", "IsMemberOf": "",
	} {
		t.Run("G-19 "+name, func(t *testing.T) {
			t.Parallel()
			if o, ok := FindOperator(name); o.Name != found || ok != (found != "") {
				t.Errorf("found %q, %v, want %q", o.Name, ok, found)
			}
		})
	}
}
