package dialect

import (
	"testing"

	"github.com/scimdrill/scimdrill/simulator/mapping"
)

const patchStart = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`

func newDialect(t testing.TB, name string, o Options) Dialect {
	t.Helper()
	d, err := New(name, o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOptscimPatch(t *testing.T) {
	t.Parallel()
	email := change(t, "Replace", `emails[type eq "work"].value`, "String", "ada.king@contoso.example")
	names := []mapping.Change{
		change(t, "Replace", "displayName", "String", "Ada King"),
		change(t, "Replace", "name.givenName", "String", "Ada"),
		change(t, "Replace", "name.familyName", "String", "King"),
		change(t, "Replace", enterprise+":employeeNumber", "String", "42"),
	}
	const object = `{"op":"replace","value":{"displayName":"Ada King","name.givenName":"Ada","name.familyName":"King","` + enterprise + `:employeeNumber":"42"}}]}`
	tests := []struct {
		rule    string
		options Options
		changes []mapping.Change
		want    string
	}{
		{"E-151 W-75 disable", Options{}, []mapping.Change{change(t, "Replace", "active", "Boolean", "False")}, `{"op":"replace","path":"active","value":false}]}`},
		{
			"W-75 a mapping that makes no Boolean",
			Options{},
			[]mapping.Change{change(t, "Replace", "active", "Boolean", "disabled")},
			`{"op":"replace","path":"active","value":"disabled"}]}`,
		},
		{"W-79 one string", Options{}, []mapping.Change{change(t, "Add", "nickName", "String", "Babs")}, `{"op":"add","path":"nickName","value":"Babs"}]}`},
		{
			"W-79 one attribute of an extension",
			Options{},
			[]mapping.Change{change(t, "Add", enterprise+":department", "String", "Retail")},
			`{"op":"add","path":"` + enterprise + `:department","value":"Retail"}]}`,
		},
		{
			"W-86 a group's name",
			Options{},
			[]mapping.Change{change(t, "Replace", "displayName", "String", "X")},
			`{"op":"replace","path":"displayName","value":"X"}]}`,
		},
		{"W-77 several", Options{}, names, object},
		{
			"E-151 W-76 filtered paths first",
			Options{},
			append([]mapping.Change{names[0], email}, names[1:]...),
			`{"op":"replace","path":"emails[type eq \"work\"].value","value":"ada.king@contoso.example"},` + object,
		},
		{
			"W-76 filtered paths alone",
			Options{},
			[]mapping.Change{email, change(t, "Add", `phoneNumbers[type eq "work"].value`, "String", "1")},
			`{"op":"replace","path":"emails[type eq \"work\"].value","value":"ada.king@contoso.example"},{"op":"add","path":"phoneNumbers[type eq \"work\"].value",` +
				`"value":"1"}]}`,
		},
		{
			"W-78 active beside others",
			Options{},
			[]mapping.Change{change(t, "Replace", "active", "Boolean", "False"), change(t, "Replace", "userName", "String", "ada@contoso.example")},
			`{"op":"replace","value":{"active":false,"userName":"ada@contoso.example"}}]}`,
		},
		{
			"W-79 additions without a path",
			Options{},
			[]mapping.Change{change(t, "Add", "displayName", "String", "Ada King"), change(t, "Add", "title", "String", "Engineer")},
			`{"op":"add","value":{"displayName":"Ada King","title":"Engineer"}}]}`,
		},
		{
			"additions and replacements share a replace",
			Options{},
			[]mapping.Change{change(t, "Add", "title", "String", "Engineer"), names[0]},
			`{"op":"replace","value":{"title":"Engineer","displayName":"Ada King"}}]}`,
		},
		{
			"W-65 a list keeps its path",
			Options{},
			[]mapping.Change{names[0], change(t, "Add", "urn:x:User:tags", "[]String", []any{"1"})},
			`{"op":"add","path":"urn:x:User:tags","value":[{"value":"1"}]},{"op":"replace","value":{"displayName":"Ada King"}}]}`,
		},
		{
			"W-C7 the other side",
			Options{ReplaceAlways: true},
			[]mapping.Change{change(t, "Add", "nickName", "String", "Babs")},
			`{"op":"replace","path":"nickName","value":"Babs"}]}`,
		},
		{"A-42 Integer", Options{}, []mapping.Change{change(t, "Replace", "level", "Integer", "7")}, `{"op":"replace","path":"level","value":7}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := newDialect(t, "optscim", tt.options).Patch(tt.changes)
			if err != nil || string(got) != patchStart+tt.want {
				t.Errorf("error %v\ngot  %s\nwant %s", err, got, patchStart+tt.want)
			}
		})
	}
	for _, bad := range [][]mapping.Change{nil, {change(t, "Add", "level", "Integer", "x")}, {names[0], change(t, "Add", "level", "Integer", "x")}} {
		if got, err := newDialect(t, "optscim", Options{}).Patch(bad); err == nil || got != nil {
			t.Errorf("got %s, error %v", got, err)
		}
	}
}

func TestOptscimReferences(t *testing.T) {
	t.Parallel()
	d := newDialect(t, "optscim", Options{})
	tests := []struct {
		rule string
		got  []byte
		want string
	}{
		{"W-80 manager", d.Manager("Add", enterprise+":manager", ada), `{"op":"add","path":"` + enterprise + `:manager","value":"` + ada + `"}]}`},
		{"W-83 member add", d.AddMembers([]string{ada}), `{"op":"add","path":"members","value":[{"value":"` + ada + `"}]}]}`},
		{
			"W-84 W-C8 member add by replace", newDialect(t, "optscim", Options{MemberReplace: true}).AddMembers([]string{"673"}),
			`{"op":"replace","path":"members","value":[{"value":"673"}]}]}`,
		},
		{"E-151 W-82 member remove", d.RemoveMembers([]string{ada}), `{"op":"remove","path":"members[value eq \"` + ada + `\"]"}]}`},
		{"W-82 an id with quotes", d.RemoveMembers([]string{`a"b`}), `{"op":"remove","path":"members[value eq \"a\\\"b\"]"}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			if string(tt.got) != patchStart+tt.want {
				t.Errorf("\ngot  %s\nwant %s", tt.got, patchStart+tt.want)
			}
		})
	}
}

func TestCustomappsso(t *testing.T) {
	t.Parallel()
	d := newDialect(t, "customappsso", Options{Base: "https://scim.test/scim"})
	patched, err := d.Patch([]mapping.Change{change(t, "Replace", enterprise+":department", "String", "Retail"), change(t, "Add", "nickName", "String", "Babs")})
	if err != nil {
		t.Fatal(err)
	}
	group, err := d.CreateGroup([]mapping.Value{value(t, "displayName", "String", "Engineering")})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		rule string
		got  []byte
		want string
	}{
		{
			"W-54 W-124 a dot after the URN", patched,
			patchStart + `{"op":"Replace","path":"` + enterprise + `.department","value":"Retail"},{"op":"Add","path":"nickName","value":"Babs"}]}`,
		},
		{
			"W-124 the schema of groups", group,
			`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],` +
				`"displayName":"Engineering","meta":{"resourceType":"Group"}}`,
		},
		{
			"W-C5 manager", d.Manager("Add", enterprise+":manager", "0c3d"),
			patchStart + `{"op":"Add","path":"manager","value":[{"$ref":"https://scim.test/scim/Users/0c3d","value":"0c3d"}]}]}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			if string(tt.got) != tt.want {
				t.Errorf("\ngot  %s\nwant %s", tt.got, tt.want)
			}
		})
	}
	for name, want := range map[string]bool{"legacy": false, "optscim": false, "customappsso": true} {
		if got := newDialect(t, name, Options{}).ChecksReferences(); got != want {
			t.Errorf("W-20 W-21: %s checks references: %v", name, got)
		}
	}
}

func TestFlagged(t *testing.T) {
	t.Parallel()
	for query, want := range map[string][2]string{
		"":                                     {"", ""},
		"a=b":                                  {"", "a=b"},
		"aadOptscim062020":                     {"optscim", ""},
		"AADOPTSCIM062020&tenant=7":            {"optscim", "tenant=7"},
		"tenant=7&AzureAdScimPatch062020=true": {"optscim", "tenant=7"},
		"AzureAdScimPatch2017":                 {"customappsso", ""},
	} {
		t.Run("W-117 W-120 W-121 "+query, func(t *testing.T) {
			t.Parallel()
			name, rest := Flagged(query)
			if name != want[0] || rest != want[1] {
				t.Errorf("%q, %q", name, rest)
			}
		})
	}
}
