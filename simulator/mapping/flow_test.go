package mapping

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

func TestFlow(t *testing.T) {
	t.Parallel()
	title := func(member string) small { return small{target: "title", expression: `[x]`, member: member} }
	tags := func(member string) small {
		return small{target: "tags", expression: `[x]`, member: member, definition: `,"multivalued":true`}
	}
	flow := func(s string) string { return `,"flowType":"` + s + `"` }
	const always = `,"flowBehavior":"FlowAlways"`
	tests := []struct {
		rule    string
		schema  small
		x       any
		current string
		want    []string
	}{
		{"E-113 Always changes a value", title(flow("Always")), "a", `{"title":"b"}`, []string{`Replace title "b" -> "a"`}},
		{
			"E-113 MultiValueAddOnly adds", tags(flow("MultiValueAddOnly")),
			[]any{"a", "b"},
			`{"tags":[{"value":"a"},{"value":"c"}]}`,
			[]string{`Add tags [{"value":"a"},{"value":"c"}] -> ["b"]`},
		},
		{"E-113 MultiValueAddOnly takes nothing away", tags(flow("MultiValueAddOnly")), []any{"a"}, `{"tags":[{"value":"a"},{"value":"c"}]}`, nil},
		{"E-113 ValueAddOnly adds to values", tags(flow("ValueAddOnly")), []any{"a", "b"}, `{"tags":[{"value":"a"}]}`, []string{`Add tags [{"value":"a"}] -> ["b"]`}},
		{"E-113 ValueAddOnly takes nothing away", tags(flow("ValueAddOnly")), nil, `{"tags":[{"value":"a"}]}`, nil},
		{"E-113 AttributeAddOnly leaves a list that has values", tags(flow("AttributeAddOnly")), []any{"a", "b"}, `{"tags":[{"value":"a"}]}`, nil},
		{"E-113 AttributeAddOnly fills an empty list", tags(flow("AttributeAddOnly")), []any{"a"}, `{"tags":[]}`, []string{`Add tags [] -> ["a"]`}},
		{"E-113 ObjectAddOnly leaves a list", tags(flow("ObjectAddOnly")), []any{"a"}, `{"tags":[]}`, nil},
		{"E-114 FlowWhenChanged by default", title(""), "a", `{"title":"a"}`, nil},
		{"E-114 FlowWhenChanged", title(`,"flowBehavior":"FlowWhenChanged"`), "a", `{"title":"a"}`, nil},
		{"E-114 FlowAlways flows unchanged", title(always), "a", `{"title":"a"}`, []string{`Replace title "a" -> "a"`}},
		{"E-114 FlowAlways does not flow null", title(always), nil, `{"title":"a"}`, nil},
		{"E-114 FlowAlways and only on creation", title(always + flow("ObjectAddOnly")), "a", `{"title":"a"}`, nil},
		{"E-114 FlowAlways of a list sends all of it", tags(always), []any{"a", "b"}, `{"tags":[{"value":"a"}]}`, []string{`Add tags [{"value":"a"}] -> ["a", "b"]`}},
		{"E-127 case alone in a list", tags(""), []any{"A"}, `{"tags":[{"value":"a"}]}`, nil},
		{
			"E-127 case alone in a list, caseExact",
			small{target: "tags", expression: `[x]`, definition: `,"multivalued":true,"caseExact":true`},
			[]any{"A"},
			`{"tags":[{"value":"a"}]}`,
			[]string{`Add tags [{"value":"a"}] -> ["A"]`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			o := tt.schema.compile(t)
			got := showChanges(o.Diff(evaluate(t, o, map[string]any{"x": tt.x}), resource(t, tt.current)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDefaultOnUpdate(t *testing.T) {
	t.Parallel()
	for option, want := range map[bool][]string{false: nil, true: {`Replace title "a" -> "Mx"`}} {
		t.Run(fmt.Sprintf("A-7 option %v", option), func(t *testing.T) {
			t.Parallel()
			o := small{target: "title", expression: `[x]`, member: `,"defaultValue":"Mx"`}.compile(t)
			o.DefaultOnUpdate = option
			got := showChanges(o.Diff(evaluate(t, o, nil), resource(t, `{"title":"a"}`)))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRoleShapes(t *testing.T) {
	t.Parallel()
	env := &expression.Env{AppRoles: func() []expression.AppRole {
		return []expression.AppRole{{ID: "1", Value: "Admin", DisplayName: "Admins"}, {ID: "2", Value: "User", DisplayName: "Users"}}
	}}
	const (
		primary  = `roles[primary eq "True"].value`
		single   = `SingleAppRoleAssignment([appRoleAssignments])`
		complex  = `AppRoleAssignmentsComplex([appRoleAssignments])`
		assert   = `AssertiveAppRoleAssignmentsComplex([appRoleAssignments])`
		admin    = `{"id":"1","value":"Admin","displayName":"Admins"}`
		user     = `{"id":"2","value":"User","displayName":"Users"}`
		packed   = `{"value":"{\"id\":\"1\",\"value\":\"Admin\",\"displayName\":\"Admins\"}"}`
		repacked = `{"value":"{\"id\":\"2\",\"value\":\"User\",\"displayName\":\"Users\"}"}`
	)
	tests := []struct {
		rule, target, function string
		member                 string
		shape                  RoleShape
		current                string
		want                   []string
	}{
		{"E-146 single, no role", primary, single, "", SingleRole, `{}`, []string{`Add ` + primary + ` null -> "Admins"`}},
		{
			"E-146 single, another role", primary, single, "", SingleRole, `{"roles":[{"primary":true,"value":"User"}]}`,
			[]string{`Replace ` + primary + ` "User" -> "Admins"`},
		},
		{"E-146 single, the role", primary, single, "", SingleRole, `{"roles":[{"primary":true,"value":"Admin"}]}`, nil},
		{"A-54 single, the role by its display name", primary, single, "", SingleRole, `{"roles":[{"primary":true,"value":"Admins"}]}`, nil},
		{
			"E-146 the type of a single role says nothing about the role", `roles[primary eq "True"].type`, single, "", NoRoles, `{}`,
			[]string{`Add roles[primary eq "True"].type null -> "WindowsAzureActiveDirectoryRole"`},
		},
		{
			"E-146 and is not sent again", `roles[primary eq "True"].type`, single, "", NoRoles,
			`{"roles":[{"primary":true,"type":"WindowsAzureActiveDirectoryRole"}]}`, nil,
		},
		{"W-66 single, packed before", primary, single, "", SingleRole, `{"roles":[` + packed + `]}`, nil},
		{"E-146 single elsewhere is a text", "userType", single, "", NoRoles, `{"userType":"Member"}`, []string{`Replace userType "Member" -> "Admins"`}},
		{
			"E-123 looked through", "roles", "IgnoreFlowIfNullOrEmpty(" + complex + ")", "", ComplexRoles, `{}`,
			[]string{`Add roles null -> [` + admin + `, ` + user + `]`},
		},
		{
			"E-147 complex adds what is missing", "roles", complex, "", ComplexRoles, `{"roles":[{"value":"admin"},{"value":"Guest"}]}`,
			[]string{`Add roles [{"value":"admin"},{"value":"Guest"}] -> [` + user + `]`},
		},
		{"E-147 complex takes nothing away", "roles", complex, "", ComplexRoles, `{"roles":[{"value":"Admin"},{"value":"User"},{"value":"Guest"}]}`, nil},
		{"W-66 complex, packed before", "roles", complex, "", ComplexRoles, `{"roles":[` + packed + `,` + repacked + `]}`, nil},
		{
			"E-148 assertive replaces all", "roles", assert, "", AssertiveRoles, `{"roles":[{"value":"Admin"},{"value":"Guest"}]}`,
			[]string{`Replace roles [{"value":"Admin"},{"value":"Guest"}] -> [` + admin + `, ` + user + `]`},
		},
		{
			"E-148 assertive, one too many", "roles", assert, "", AssertiveRoles, `{"roles":[{"value":"Admin"},{"value":"User"},{"value":"Guest"}]}`,
			[]string{`Replace roles [{"value":"Admin"},{"value":"User"},{"value":"Guest"}] -> [` + admin + `, ` + user + `]`},
		},
		{"E-148 assertive, in another order", "roles", assert, "", AssertiveRoles, `{"roles":[{"value":"User"},{"value":"Admin"}]}`, nil},
		{
			"E-113 assertive that may only add", "roles", assert, `,"flowType":"MultiValueAddOnly"`, AssertiveRoles, `{"roles":[{"value":"Admin"},{"value":"Guest"}]}`,
			[]string{`Add roles [{"value":"Admin"},{"value":"Guest"}] -> [` + user + `]`},
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			o := small{target: tt.target, expression: tt.function, member: tt.member}.compile(t)
			if got := o.Attributes[1].Roles; got != tt.shape || !o.ReadsRoles() {
				t.Errorf("shape %v, want %v", got, tt.shape)
			}
			values, err := o.Evaluate(env)
			if err != nil {
				t.Fatal(err)
			}
			got := showChanges(o.Diff(values, resource(t, tt.current)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What a definition says reaches the compiled attribute.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, definition string
		has              func(*Attribute) bool
	}{
		{"E-125 type Boolean", `,"type":"Boolean"`, func(a *Attribute) bool { return a.Type == "Boolean" }},
		{"E-125 type Integer", `,"type":"Integer"`, func(a *Attribute) bool { return a.Type == "Integer" }},
		{"E-125 a type in another letter case", `,"type":"reference"`, func(a *Attribute) bool { return a.Reference }},
		{"E-125 required", `,"required":true`, func(a *Attribute) bool { return a.Required }},
		{"E-125 several values", `,"multivalued":true`, func(a *Attribute) bool { return a.Multivalued }},
		{"E-125 exact case", `,"caseExact":true`, func(a *Attribute) bool { return a.CaseExact }},
		{"E-125 default of a required attribute", `,"required":true,"defaultValue":"Mx"`, func(a *Attribute) bool { return a.Default != nil && *a.Default == "Mx" }},
		{"E-125 nothing said", ``, func(a *Attribute) bool {
			return a.Type == "String" && !a.Required && !a.Multivalued && !a.CaseExact && a.Default == nil
		}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			if a := (small{target: "title", expression: `[x]`, definition: tt.definition}).compile(t).Attributes[1]; !tt.has(a) {
				t.Errorf("%+v", a)
			}
		})
	}
}

func TestDraws(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{`Append("x", RandomString(6, 0, 0, 0, 0))`: true, `Guid()`: true, `[x]`: false} {
		if got := (small{target: "title", expression: source}).compile(t).DrawsRandom(); got != want {
			t.Errorf("E-177: %s draws: %v", source, got)
		}
	}
}
