package syncschema

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const profilePath = "../../fixtures/profiles/customappsso.json"

// bundled reads the schema of the profile customappsso, as bytes without the profile around it.
func bundled(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(profilePath)
	if err != nil {
		t.Fatal(err)
	}
	var profile struct{ Schema json.RawMessage }
	if err := json.Unmarshal(data, &profile); err != nil {
		t.Fatal(err)
	}
	return profile.Schema
}

func mustParse(t *testing.T, data string) *Schema {
	t.Helper()
	s, err := Parse([]byte(data), "test.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestParseBundled(t *testing.T) {
	t.Parallel()
	s := mustParse(t, string(bundled(t)))
	rule, ignored, err := s.Outbound()
	if err != nil || len(ignored) != 0 {
		t.Fatalf("Outbound: ignored %q, error %v", ignored, err)
	}
	if rule.ID != "03f7d90d-bf71-41b1-bda6-aaf0ddbee5d8" || rule.TargetDirectoryName != "customappsso" || len(rule.ObjectMappings) != 2 {
		t.Errorf("rule is %+v", rule)
	}
	users := &rule.ObjectMappings[1]
	if users.SourceObjectName != "User" || len(users.AttributeMappings) != 22 || users.Flow != (FlowTypes{true, true, true}) || !users.Enabled {
		t.Errorf("G-15: user mapping is %+v", users)
	}
	want := AttributeMapping{
		TargetAttributeName: "userName", FlowBehavior: "FlowWhenChanged", FlowType: Always, MatchingPriority: 1,
		Source: &Source{Type: "Attribute", Name: "userPrincipalName", Expression: "[userPrincipalName]"},
	}
	if diff := cmp.Diff(want, users.AttributeMappings[0]); diff != "" {
		t.Errorf("G-16 (-want +got):\n%s", diff)
	}
	source, target := s.Definitions(users)
	if a := source.Attribute("manager"); a == nil || a.Type != "Reference" || a.ReferencedObjects[0] != "User" {
		t.Errorf("G-20: manager is %+v", a)
	}
	if a := target.Attribute("ACTIVE"); a == nil || a.Type != "Boolean" {
		t.Errorf("G-20: active is %+v", a)
	}
	if issues := s.Validate(); len(issues) != 0 {
		t.Errorf("G-52: %v", issues)
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	t.Run("G-53 the bundled schema", func(t *testing.T) {
		t.Parallel()
		in := bundled(t)
		out, err := json.Marshal(mustParse(t, string(in)))
		if err != nil {
			t.Fatal(err)
		}
		if !equalJSON(t, in, out) {
			t.Error("the exported schema differs from the imported one")
		}
		var compact bytes.Buffer
		if err := json.Compact(&compact, in); err != nil {
			t.Fatal(err)
		}
		again, err := mustParse(t, string(in)).MarshalJSON()
		if err != nil || !bytes.Equal(again, compact.Bytes()) {
			t.Errorf("the bytes differ beyond white space, error %v", err)
		}
	})
	t.Run("G-50 unknown members survive in their order", func(t *testing.T) {
		t.Parallel()
		const in = `{"zebra":{"b":1,"a":[1.50,9007199254740993]},"synchronizationRules":[{"name":"r","newIn2031":"<&>","metadata":[{"key":"k","value":"true",` +
			`"more":null},{"key":"k","value":7}]}],"directories":[{"version":null,"alpha":0}],"id":"j"}`
		s := mustParse(t, in)
		out, err := s.MarshalJSON()
		if err != nil || string(out) != in {
			t.Errorf("error %v\ngot  %s\nwant %s", err, out, in)
		}
		if diff := cmp.Diff([]Metadata{{"k", "true"}, {"k", "7"}}, s.Rules[0].Metadata); diff != "" {
			t.Errorf("metadata (-want +got):\n%s", diff)
		}
	})
	t.Run("a schema made in code has no document", func(t *testing.T) {
		t.Parallel()
		if _, err := json.Marshal(&Schema{ID: "x"}); err == nil {
			t.Error("no error")
		}
		if h := (&Schema{}).Hash(); h != "" {
			t.Errorf("hash %q", h)
		}
	})
}

func equalJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	x, err := decode(a)
	if err != nil {
		t.Fatal(err)
	}
	y, err := decode(b)
	if err != nil {
		t.Fatal(err)
	}
	return cmp.Equal(x, y)
}

func TestParseWrappings(t *testing.T) {
	t.Parallel()
	const bare = `{"id":"j","synchronizationRules":[]}`
	for rule, in := range map[string]string{
		"G-50 bare":            bare,
		"G-50 template":        `{"id":"t","applicationId":"x","schema":` + bare + `}`,
		"G-50 listing":         `{"@odata.context":"c","value":[{"id":"t","schema":` + bare + `}]}`,
		"G-50 listing, bare":   `{"value":[{"id":"job without schema"},` + bare + `]}`,
		"a file with its mark": "\ufeff" + bare,
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			if s := mustParse(t, in); s.ID != "j" {
				t.Errorf("got the schema %q", s.ID)
			}
		})
	}
}

func TestParseTolerance(t *testing.T) {
	t.Parallel()
	s := mustParse(t, `{"synchronizationRules":[{"sourceDirectoryName":"Azure Active Directory","priority":2,"objectMappings":[
		{"name":null,"sourceObjectName":"","enabled":false,"flowTypes":"Add, update","scope":null,"attributeMappings":null},
		{"flowTypes":"None"},{"flowTypes":7},{"flowTypes":2},
		{"attributeMappings":[{"targetAttributeName":"officeCode","source":{"name":"extensionAttribute10","type":"attribute"}},
		{"targetAttributeName":"x","source":null,"defaultValue":"","flowType":"objectaddonly","flowBehavior":"FLOWALWAYS"}]}]}],
		"directories":[{"name":"d","objects":[{"name":"User","attributes":[{"name":"officeCode","type":"string"},{"name":"n","type":"Integer","anchor":"True"}]}]}]}`)
	m := s.Rules[0].ObjectMappings
	var flows []string
	for i := range m {
		flows = append(flows, m[i].Flow.String())
	}
	if diff := cmp.Diff([]string{"Add,Update", "None", "Add,Update,Delete", "Update", "Add,Update,Delete"}, flows); diff != "" {
		t.Errorf("G-15, G-50 flow types (-want +got):\n%s", diff)
	}
	if m[0].Enabled || !m[1].Enabled {
		t.Error("G-15: enabled is not read, or not true when missing")
	}
	wantMappings := []AttributeMapping{
		{TargetAttributeName: "officeCode", Source: &Source{Type: "Attribute", Name: "extensionAttribute10"}, FlowBehavior: "FlowWhenChanged", FlowType: Always},
		{TargetAttributeName: "x", DefaultValue: new(""), FlowBehavior: "FlowAlways", FlowType: ObjectAddOnly},
	}
	if diff := cmp.Diff(wantMappings, m[4].AttributeMappings); diff != "" {
		t.Errorf("G-25 (-want +got):\n%s", diff)
	}
	wantAttributes := []AttributeDefinition{
		{Name: "officeCode", Type: "String", Mutability: "ReadWrite"},
		{Name: "n", Type: "Integer", Anchor: true, Mutability: "ReadWrite"},
	}
	if diff := cmp.Diff(wantAttributes, s.Directories[0].Objects[0].Attributes); diff != "" {
		t.Errorf("G-20, G-25 (-want +got):\n%s", diff)
	}
}

func TestParseFilter(t *testing.T) {
	t.Parallel()
	s := mustParse(t, `{"synchronizationRules":[{"objectMappings":[
		{"scope":{"groups":[{"name":"AD","clauses":[{"operatorName":"EQUALS","sourceOperandName":"dirSyncEnabled","targetOperand":{"values":["True"]}},{"operatorName":"IS NULL","sourceOperandName":"mail","targetOperand":null}]}]}},
		{"scope":{"groups":[{"name":"empty","clauses":[]}],"inputFilterGroups":[],"categoryFilterGroups":[]}}, {}]}]}`)
	m := s.Rules[0].ObjectMappings
	want := &Filter{Groups: []FilterGroup{{"AD", []Clause{{"EQUALS", "dirSyncEnabled", []string{"True"}}, {"IS NULL", "mail", nil}}}}}
	if diff := cmp.Diff(want, m[0].Scope); diff != "" {
		t.Errorf("G-18 (-want +got):\n%s", diff)
	}
	if m[0].Scope.Empty() || !m[1].Scope.Empty() || !m[2].Scope.Empty() {
		t.Error("E-75: Empty is wrong")
	}
}

func TestParseErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, in string
		want     []string
	}{
		{"not JSON", "{\n  \"id\": }", []string{"read schema test.json: line 2, column 9"}},
		{"cut off", `{"synchronizationRules":[`, []string{"line 1, column 25", "unexpected end"}},
		{"empty", " \n", []string{"the file is empty"}},
		{"a web page", "<!doctype html>", []string{"web page"}},
		{"UTF-16", "\xff\xfe{\x00", []string{"unexpected end"}},
		{"something else", `{"id":"x"}`, []string{"synchronizationSchema not found", "export"}},
		{"an array", `[]`, []string{"synchronizationSchema not found"}},
		{
			"two schemas", `{"value":[{"schema":{"synchronizationRules":[]}},{"schema":{"synchronizationRules":[]}}]}`,
			[]string{"2 schemas (value[0].schema, value[1].schema)"},
		},
		{
			"all mistakes at once, with their paths",
			`{"value":[{"schema":{"synchronizationRules":[{"objectMappings":[{"enabled":"yes","flowTypes":"Add,Upsert","attributeMappings":[{"matchingPriority":1.5,` +
				`"source":{"type":"Formula"}},7]}]}],"directories":{}}}]}`,
			[]string{
				`value[0].schema.synchronizationRules[0].objectMappings[0].enabled: the value must be true or false, not "yes"`,
				`objectMappings[0].flowTypes: unknown flow type "Upsert"`,
				`attributeMappings[0].matchingPriority: the value must be a whole number, not 1.5`,
				`attributeMappings[0].source.type: unknown value "Formula"; valid values are Attribute, Constant, Function`,
				`attributeMappings[1]: the value must be an object, not 7`,
				`value[0].schema.directories: the value must be an array, not {}`,
			},
		},
		{"bits out of range", `{"synchronizationRules":[{"objectMappings":[{"flowTypes":8}]}]}`, []string{"flowTypes: 8 is not a valid set of flow types"}},
		{
			"flow types of a wrong kind", `{"synchronizationRules":[{"objectMappings":[{"flowTypes":["Add"]}]}]}`,
			[]string{`flowTypes: the value must be a string such as "Add,Update,Delete"`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := Parse([]byte(tt.in), "test.json")
			if err == nil || s != nil {
				t.Fatalf("got %v, error %v", s, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not hold %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	base := mustParse(t, `{"@odata.context":"a","version":"1","synchronizationRules":[{"priority":1,"name":"r"}]}`).Hash()
	if len(base) != 64 {
		t.Errorf("hash is %q", base)
	}
	for name, tt := range map[string]struct {
		in   string
		same bool
	}{
		"E-273 order and annotations do not count": {`{"synchronizationRules":[{"name":"r", "priority":1}],"version":"1","@odata.context":"b"}`, true},
		"E-273 the wrapper does not count":         {`{"schema":{"version":"1","synchronizationRules":[{"priority":1,"name":"r"}]}}`, true},
		"E-273 the version counts":                 {`{"version":"2","synchronizationRules":[{"priority":1,"name":"r"}]}`, false},
		"E-273 unknown members count":              {`{"version":"1","new":0,"synchronizationRules":[{"priority":1,"name":"r"}]}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := mustParse(t, tt.in).Hash() == base; got != tt.same {
				t.Errorf("same hash: %v, want %v", got, tt.same)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"synchronizationRules":[{"objectMappings":[{"flowTypes":7,"scope":{"groups":[]}}]}]}`))
	f.Add([]byte(`{"value":[{"schema":{"synchronizationRules":[]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := Parse(data, "fuzz")
		if (err == nil) != (s != nil) {
			t.Fatal("a value and an error, or neither")
		}
		if err != nil {
			return
		}
		s.Validate()
		out, err := s.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse(out, "fuzz")
		if err != nil || again.Hash() != s.Hash() {
			t.Fatalf("the export is another schema, error %v", err)
		}
	})
}
