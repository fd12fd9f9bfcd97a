package mapping

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// compiled compiles the mappings of a bundled profile.
func compiled(t testing.TB, profile string) (users, groups *Object) {
	t.Helper()
	path := "../../fixtures/profiles/" + profile + ".json"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := syncschema.Parse(data, path)
	if err != nil {
		t.Fatal(err)
	}
	rule, _, err := s.Outbound()
	if err != nil {
		t.Fatal(err)
	}
	for i := range rule.ObjectMappings {
		o, err := Compile(s, &rule.ObjectMappings[i])
		if err != nil {
			t.Fatal(err)
		}
		if o.Kind == "User" {
			users = o
		} else {
			groups = o
		}
	}
	return users, groups
}

// small is a schema with one user mapping: userName, and one further attribute.
type small struct {
	target     string // targetAttributeName
	expression string // "" is the kind None
	member     string // further members of the attribute mapping, with a leading comma
	definition string // members of the attribute definition, with a leading comma
}

func (s small) parse(t testing.TB) *syncschema.Schema {
	t.Helper()
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	source := "null"
	if s.expression != "" {
		source = `{"expression":` + quoted(s.expression) + `}`
	}
	text := fmt.Sprintf(`{"synchronizationRules":[{"sourceDirectoryName":"Microsoft Entra ID","targetDirectoryName":"x","objectMappings":[
		{"name":"users","sourceObjectName":"User","targetObjectName":"urn:ietf:params:scim:schemas:core:2.0:User","attributeMappings":[
		{"targetAttributeName":"userName","matchingPriority":1,"source":{"expression":"[userPrincipalName]"}},
		{"targetAttributeName":%s,"source":%s%s}]}]}],
		"directories":[{"name":"x","objects":[{"name":"urn:ietf:params:scim:schemas:core:2.0:User","attributes":[{"name":"userName"},{"name":%s%s}]}]}]}`,
		quoted(s.target), source, s.member, quoted(s.target), s.definition)
	schema, err := syncschema.Parse([]byte(text), "small.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func (s small) compile(t testing.TB) *Object {
	t.Helper()
	schema := s.parse(t)
	o, err := Compile(schema, &schema.Rules[0].ObjectMappings[0])
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func env(attributes map[string]any) *expression.Env {
	return &expression.Env{Attribute: func(name string) expression.Value { return expression.FromAny(attributes[name]) }}
}

func evaluate(t testing.TB, o *Object, attributes map[string]any) []Value {
	t.Helper()
	values, err := o.Evaluate(env(attributes))
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// show prints values as name=value, a default with a star.
func show(values []Value) []string {
	var out []string
	for _, v := range values {
		star := ""
		if v.FromDefault {
			star = "*"
		}
		out = append(out, v.Attribute.Name+"="+v.Value.String()+star)
	}
	return out
}

func showChanges(changes []Change) []string {
	var out []string
	for _, c := range changes {
		old, err := json.Marshal(c.Old)
		if err != nil {
			panic(err)
		}
		out = append(out, fmt.Sprintf("%s %s %s -> %s", c.Op, c.Attribute.Name, old, c.New))
	}
	return out
}

func TestCompile(t *testing.T) {
	t.Parallel()
	users, groups := compiled(t, "customappsso")
	if users.Kind != "User" || users.Target != "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User" || groups.Kind != "Group" {
		t.Errorf("E-115: kinds are %q of %q and %q", users.Kind, users.Target, groups.Kind)
	}
	if m := users.Matching(); len(m) != 1 || m[0].Name != "userName" {
		t.Errorf("E-90: matching is %v", m)
	}
	if a := users.Manager(); a == nil || a.Path.Attribute != "manager" || !a.Reference || users.Members() != nil {
		t.Errorf("E-135: manager is %+v", a)
	}
	if a := groups.Members(); a == nil || !a.Multivalued || groups.Manager() != nil || groups.Soft() != nil {
		t.Errorf("E-135: members is %+v", a)
	}
	if a := users.Soft(); a == nil || a.Name != "active" || a.Type != "Boolean" {
		t.Errorf("E-142: soft is %+v", a)
	}
	if a := users.Matching()[0]; !a.Required {
		t.Error("E-126: userName is not required")
	}
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule   string
		schema small
		edit   func(*syncschema.ObjectMapping)
		want   []string
	}{
		{"E-155 expression", small{target: "title", expression: `Join(`}, nil, []string{"small.json", `mapping "users"`, "target attribute title", "line 1"}},
		{
			"E-90 no matching attribute",
			small{target: "title", expression: `[jobTitle]`},
			func(m *syncschema.ObjectMapping) { m.AttributeMappings[0].MatchingPriority = 0 },
			[]string{"no matching attribute; hint:"},
		},
		{"twice", small{target: "USERNAME", expression: `[mail]`}, nil, []string{"target attribute USERNAME", "mapped twice"}},
		{"E-133 each type may occur once", small{target: `emails[type eq "work"].value`, expression: `[mail]`}, func(m *syncschema.ObjectMapping) {
			m.AttributeMappings = append(m.AttributeMappings, m.AttributeMappings[1])
			m.AttributeMappings[2].TargetAttributeName = `emails[type eq "Work"].value`
		}, []string{`target attribute emails[type eq "Work"].value`, "mapped twice"}},
		{
			"E-147 roles into a sub-attribute",
			small{target: `roles[primary eq "True"].value`, expression: `AppRoleAssignmentsComplex([appRoleAssignments])`},
			nil,
			[]string{"returns a list of roles; hint: map it to roles"},
		},
		{"G-16 path", small{target: "emails[type]", expression: `[mail]`}, nil, []string{"target attribute emails[type]", "hint: write for example"}},
		{
			"source object",
			small{target: "title", expression: `[jobTitle]`},
			func(m *syncschema.ObjectMapping) { m.SourceObjectName = "Device" },
			[]string{`"Device"`, "only User and Group"},
		},
		{"E-90 matching without source", small{target: "title", member: `,"matchingPriority":2`}, nil, []string{"a matching attribute must have a source"}},
		{
			"E-90 matching by reference",
			small{target: "manager", expression: `[manager]`, member: `,"matchingPriority":2`, definition: `,"type":"Reference"`},
			nil,
			[]string{"a reference cannot be"},
		},
		{
			"all at once",
			small{target: "title", expression: `Join(`},
			func(m *syncschema.ObjectMapping) { m.SourceObjectName = "" },
			[]string{"only User and Group", "target attribute title"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			schema := tt.schema.parse(t)
			m := &schema.Rules[0].ObjectMappings[0]
			if tt.edit != nil {
				tt.edit(m)
			}
			o, err := Compile(schema, m)
			if err == nil || o != nil {
				t.Fatalf("got %v, error %v", o, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not hold %q:\n%v", want, err)
				}
			}
		})
	}
}

func TestCompilePartialSchema(t *testing.T) {
	t.Parallel()
	schema := small{target: "active", expression: `Not([IsSoftDeleted])`}.parse(t)
	schema.Directories = nil
	o, err := Compile(schema, &schema.Rules[0].ObjectMappings[0])
	if err != nil {
		t.Fatal(err)
	}
	if o.Soft() == nil || o.Soft().Type != "Boolean" {
		t.Errorf("G-25: without definitions active is %+v", o.Attributes[1])
	}
}

func TestMatchingOrder(t *testing.T) {
	t.Parallel()
	o := small{target: "externalId", expression: `[objectId]`, member: `,"matchingPriority":2`}.compile(t)
	o.Attributes[0].MatchingPriority = 3
	o.matching = nil
	o.index()
	if m := o.Matching(); len(m) != 2 || m[0].Name != "externalId" {
		t.Errorf("E-90: order is %v, %v", m[0].Name, m[1].Name)
	}
}

func TestEvaluate(t *testing.T) {
	t.Parallel()
	ada := map[string]any{"userPrincipalName": "ada@contoso.example"}
	with := func(name string, v any) map[string]any {
		return map[string]any{"userPrincipalName": "ada@contoso.example", name: v}
	}
	tests := []struct {
		rule   string
		schema small
		source map[string]any
		want   string // of the second attribute
		create bool   // a POST carries it
	}{
		{"E-110 direct", small{target: "title", expression: `[jobTitle]`}, with("jobTitle", "Countess"), `title="Countess"`, true},
		{"E-110 constant", small{target: "title", expression: `"Mx"`}, ada, `title="Mx"`, true},
		{"E-110 expression", small{target: "title", expression: `Append([jobTitle], "!")`}, with("jobTitle", "x"), `title="x!"`, true},
		{"E-110 None with default", small{target: "title", member: `,"defaultValue":"Mx"`}, ada, `title="Mx"*`, true},
		{"E-110 None without default", small{target: "title"}, ada, `title=null`, false},
		{"E-112 default when null", small{target: "title", expression: `[jobTitle]`, member: `,"defaultValue":"Mx"`}, ada, `title="Mx"*`, true},
		{"E-112 default not used", small{target: "title", expression: `[jobTitle]`, member: `,"defaultValue":"Mx"`}, with("jobTitle", "x"), `title="x"`, true},
		{"G-16 empty default is none", small{target: "title", expression: `[jobTitle]`, member: `,"defaultValue":""`}, ada, `title=null`, false},
		{
			"G-20 default of a required attribute",
			small{target: "title", expression: `[jobTitle]`, definition: `,"required":true,"defaultValue":"Mx"`},
			ada,
			`title="Mx"*`, true,
		},
		{
			"E-113 only during creation",
			small{target: "title", expression: `[jobTitle]`, member: `,"flowType":"ObjectAddOnly"`},
			with("jobTitle", "x"), `title="x"`,
			true,
		},
		{"E-120 null", small{target: "title", expression: `[jobTitle]`}, ada, `title=null`, false},
		{"E-122 empty is a value", small{target: "title", expression: `[jobTitle]`}, with("jobTitle", ""), `title=""`, true},
		{
			"E-123 dropped, also with a default",
			small{target: "title", expression: `IgnoreFlowIfNullOrEmpty([jobTitle])`, member: `,"defaultValue":"Mx"`},
			ada,
			`title=null`, false,
		},
		{"E-128 empty list for one value", small{target: "title", expression: `[proxyAddresses]`}, with("proxyAddresses", []any{}), `title=null`, false},
		{
			"W-65 list for many values",
			small{target: "tags", expression: `[proxyAddresses]`, definition: `,"multivalued":true`},
			with("proxyAddresses", []any{"a", "b"}), `tags=["a", "b"]`, true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			values := evaluate(t, tt.schema.compile(t), tt.source)
			if got := show(values)[1]; got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if got := len(Create(values)) == 2; got != tt.create {
				t.Errorf("E-120: a POST carries it: %v, want %v", got, tt.create)
			}
		})
	}
}

func TestEvaluateErrors(t *testing.T) {
	t.Parallel()
	t.Run("E-128", func(t *testing.T) {
		t.Parallel()
		_, err := small{target: "title", expression: `[proxyAddresses]`}.compile(t).Evaluate(env(map[string]any{"proxyAddresses": []any{"a"}}))
		if err == nil || !strings.HasPrefix(err.Error(), "evaluate the mapping of title: the source has a list") {
			t.Errorf("error is %v", err)
		}
	})
	t.Run("A-32 one line with the place", func(t *testing.T) {
		t.Parallel()
		_, err := small{target: "title", expression: `Mid([jobTitle], 0, 3)`}.compile(t).Evaluate(env(map[string]any{"jobTitle": "x"}))
		if err == nil || !strings.HasPrefix(err.Error(), "evaluate the mapping of title: ") || !strings.Contains(err.Error(), "line 1, column") ||
			strings.Contains(err.Error(), "\n") {
			t.Errorf("error is %v", err)
		}
	})
}

func TestReferencesAreApart(t *testing.T) {
	t.Parallel()
	t.Run("E-135 references are no values", func(t *testing.T) {
		t.Parallel()
		users, groups := compiled(t, "customappsso")
		for _, v := range append(evaluate(t, users, map[string]any{"manager": "x"}), evaluate(t, groups, map[string]any{"members": "x"})...) {
			if v.Attribute.Reference {
				t.Errorf("%s is among the values", v.Attribute.Name)
			}
		}
	})
}

func TestMissing(t *testing.T) {
	t.Parallel()
	users, _ := compiled(t, "customappsso")
	if a := Missing(evaluate(t, users, nil)); a == nil || a.Name != "userName" {
		t.Errorf("E-126: missing is %+v", a)
	}
	if a := Missing(evaluate(t, users, map[string]any{"userPrincipalName": "a"})); a != nil {
		t.Errorf("E-126: missing is %+v", a)
	}
}

func TestEvaluateGoTo(t *testing.T) {
	t.Parallel()
	users, groups := compiled(t, "goto")
	got := show(evaluate(t, users, map[string]any{
		"userPrincipalName": "ada@contoso.example", "objectId": "7", "IsSoftDeleted": false, "givenName": "Ada", "surname": "Byron",
		"department": "R&D", "employeeId": "42", "extensionAttribute1": "4711", "mail": "not mapped", "manager": "8",
	}))
	want := []string{
		`userName="ada@contoso.example"`, `externalId="7"`, `active="True"`, `name.givenName="Ada"`, `name.familyName="Byron"`,
		`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department="R&D"`,
		`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber="42"`,
		`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter="4711"`,
		`urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division=null`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("users (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`displayName="Engineering"`, `externalId="9"`},
		show(evaluate(t, groups, map[string]any{"displayName": "Engineering", "objectId": "9"}))); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	if groups.Members() == nil || users.Manager() != nil {
		t.Error("members are mapped, managers are not")
	}
}
