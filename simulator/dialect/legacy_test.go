package dialect

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

const (
	enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	ada        = "6f1c2a9e-0b7d-4c1e-9a55-2d7f3b10c001"
)

// attribute makes a compiled attribute of a type; a type with [] is multi-valued.
func attribute(t testing.TB, name, typ string) *mapping.Attribute {
	t.Helper()
	path, err := scim.ParseTargetPath(name)
	if err != nil {
		t.Fatal(err)
	}
	plainType, multivalued := strings.CutPrefix(typ, "[]")
	return &mapping.Attribute{Name: name, Path: path, Type: plainType, Multivalued: multivalued}
}

func value(t testing.TB, name, typ string, v any) mapping.Value {
	t.Helper()
	return mapping.Value{Attribute: attribute(t, name, typ), Value: expression.FromAny(v)}
}

func change(t testing.TB, op, name, typ string, v any) mapping.Change {
	t.Helper()
	return mapping.Change{Attribute: attribute(t, name, typ), Op: op, New: expression.FromAny(v)}
}

func newLegacy(t testing.TB, o Options) Dialect {
	t.Helper()
	d, err := New("legacy", o)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNew(t *testing.T) {
	t.Parallel()
	if d := newLegacy(t, Options{}); d.Name() != "legacy" {
		t.Errorf("name is %q", d.Name())
	}
	for _, name := range Names() {
		if d, err := New(name, Options{}); err != nil || d.Name() != name {
			t.Errorf("%q: %v, error %v", name, d, err)
		}
	}
	if d, err := New("optscim2", Options{}); err == nil || d != nil || !strings.Contains(err.Error(), "did you mean optscim?") {
		t.Errorf("%v, error %v", d, err)
	}
}

func TestCreateUser(t *testing.T) {
	t.Parallel()
	const (
		start = `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],`
		meta  = `"meta":{"resourceType":"User"},`
	)
	tests := []struct {
		rule   string
		values []mapping.Value
		want   string
	}{
		{"W-29 W-30 W-32 W-33 W-34 W-35 the documented sample", []mapping.Value{
			value(t, `userName`, "String", "ada@contoso.example"),
			value(t, `active`, "Boolean", "True"),
			value(t, `emails[type eq "work"].value`, "String", "ada@contoso.example"),
			value(t, `name.givenName`, "String", "Ada"),
			value(t, `name.familyName`, "String", "Byron"),
			value(t, `name.formatted`, "String", "Ada Byron"),
			value(t, `externalId`, "String", "8d5e7c10-4f3a-4b62-9c2e-1a2b3c4d5e6f"),
		}, start + `"externalId":"8d5e7c10-4f3a-4b62-9c2e-1a2b3c4d5e6f","userName":"ada@contoso.example","active":true,"emails":[{"primary":true,"type":"work",` +
			`"value":"ada@contoso.example"}],"meta":{"resourceType":"User"},"name":{"formatted":"Ada Byron","familyName":"Byron","givenName":"Ada"},"roles":[]}`},
		{"W-29 display name and title", []mapping.Value{
			value(t, `title`, "String", "Manager"),
			value(t, `displayName`, "String", "Ada Byron"),
			value(t, `userName`, "String", "u"),
		}, start + `"userName":"u","displayName":"Ada Byron","meta":{"resourceType":"User"},"title":"Manager","roles":[]}`},
		{"W-33 a Boolean value and a lower-case text", []mapping.Value{value(t, `active`, "Boolean", false)}, start + `"active":false,` + meta + `"roles":[]}`},
		{"W-33 lower case", []mapping.Value{value(t, `active`, "Boolean", "true")}, start + `"active":true,` + meta + `"roles":[]}`},
		{"W-35 each type once", []mapping.Value{
			value(t, `phoneNumbers[type eq "work"].value`, "String", "1"),
			value(t, `phoneNumbers[type eq "mobile"].value`, "String", "2"),
			value(t, `addresses[type eq "work"].country`, "String", "Germany"),
			value(t, `addresses[type eq "work"].locality`, "String", "Bonn"),
			value(t, `addresses[type eq "work"].formatted`, "String", "18/2111"),
			value(t, `addresses[type eq "work"].postalCode`, "String", "53111"),
			value(t, `addresses[type eq "work"].region`, "String", "NRW"),
			value(t, `addresses[type eq "work"].streetAddress`, "String", "Markt 1"),
			value(t, `emails[type eq "other"].value`, "String", "o"),
		}, start + `"addresses":[{"type":"work","formatted":"18/2111","streetAddress":"Markt 1","locality":"Bonn","region":"NRW","postalCode":"53111",` +
			`"country":"Germany"}],"emails":[{"type":"other","value":"o"}],"meta":{"resourceType":"User"},"phoneNumbers":[{"type":"work","value":"1"},` +
			`{"type":"mobile","value":"2"}],"roles":[]}`},
		{"W-37 nulls are left out", []mapping.Value{value(t, `title`, "String", nil)}, start + meta + `"roles":[]}`},
		{"W-38 enterprise object", []mapping.Value{
			value(t, enterprise+`:division`, "String", "D"),
			value(t, enterprise+`:department`, "String", "R&D <x>"),
			value(t, enterprise+`:costCenter`, "String", "4711"),
			value(t, enterprise+`:employeeNumber`, "String", "42"),
			value(t, `userName`, "String", "u"),
		}, start + `"userName":"u",` + meta + `"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"42","costCenter":"4711",` +
			`"division":"D","department":"R&D <x>"},"roles":[]}`},
		{
			"W-31 a custom extension is not listed",
			[]mapping.Value{value(t, `urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:badge`, "String", "7")},
			start + meta + `"urn:ietf:params:scim:schemas:extension:Contoso:2.0:User":{"badge":"7"},"roles":[]}`,
		},
		{
			"W-39 a custom core attribute is not at the top",
			[]mapping.Value{value(t, `urn:ietf:params:scim:schemas:core:2.0:User:role`, "String", "teacher")},
			start + meta + `"urn:ietf:params:scim:schemas:core:2.0:User":{"role":"teacher"},"roles":[]}`,
		},
		{
			"W-46 single role",
			[]mapping.Value{value(t, `roles[primary eq "True"].value`, "String", "Admin")},
			start + meta + `"roles":[{"primary":true,"type":"WindowsAzureActiveDirectoryRole","value":"Admin"}]}`,
		},
		{
			"W-65 multi-valued",
			[]mapping.Value{value(t, `urn:x:User:tags`, "[]String", []any{"1", "2"})},
			start + meta + `"urn:x:User":{"tags":[{"value":"1"},{"value":"2"}]},"roles":[]}`,
		},
		{"A-42 numbers only for Integer attributes", []mapping.Value{
			value(t, `level`, "Integer", "7"),
			value(t, `nickName`, "String", 7),
		}, start + `"level":7,` + meta + `"nickName":"7","roles":[]}`},
		{"A-42 Boolean of a String attribute", []mapping.Value{value(t, `nickName`, "String", true)}, start + meta + `"nickName":"True","roles":[]}`},
		{
			"W-28 escapes",
			[]mapping.Value{value(t, `nickName`, "String", "a\"\\\n\u00e9\u2028\xff")},
			start + meta + `"nickName":"a\"\\\né` + "\u2028\ufffd" + `","roles":[]}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := newLegacy(t, Options{}).CreateUser(tt.values)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tt.want {
				t.Errorf("\ngot  %s\nwant %s", got, tt.want)
			}
			if !json.Valid(got) {
				t.Error("the body is no JSON")
			}
		})
	}
}

func TestCreateUserErrors(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]mapping.Value{
		`active returns "maybe", but the target attribute is a Boolean`: value(t, "active", "Boolean", "maybe"),
		`level returns "high", but the target attribute is a whole`:     value(t, "level", "Integer", "high"),
	} {
		if got, err := newLegacy(t, Options{}).CreateUser([]mapping.Value{v}); err == nil || got != nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %s, error %v, want %q", got, err, want)
		}
	}
	clash := []mapping.Value{value(t, "name", "String", "a"), value(t, "name.givenName", "String", "b")}
	if _, err := newLegacy(t, Options{}).CreateUser(clash); err == nil || !strings.Contains(err.Error(), "contradict") {
		t.Errorf("error is %v", err)
	}
}

func TestCreateGroup(t *testing.T) {
	t.Parallel()
	values := []mapping.Value{value(t, "displayName", "String", "Engineering"), value(t, "externalId", "String", "8d5e")}
	tests := []struct {
		rule    string
		options Options
		values  []mapping.Value
		want    string
	}{
		{
			"W-42 W-44 W-45",
			Options{},
			values,
			`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"8d5e","displayName":"Engineering","members":[],"meta":{"resourceType":"Group"}}`,
		},
		{
			"W-43 E-152 option",
			Options{ADSCIMGroup: true},
			values,
			`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group","http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],` +
				`"externalId":"8d5e","displayName":"Engineering","meta":{"resourceType":"Group"}}`,
		},
		{
			"W-37 without externalId",
			Options{},
			values[:1],
			`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Engineering","members":[],"meta":{"resourceType":"Group"}}`,
		},
		{
			"E-130 custom attribute",
			Options{},
			append([]mapping.Value{value(t, "urn:x:Group:kind", "String", "k")}, values...),
			`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"externalId":"8d5e","displayName":"Engineering","urn:x:Group":{"kind":"k"},"members":[],` +
				`"meta":{"resourceType":"Group"}}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := newLegacy(t, tt.options).CreateGroup(tt.values)
			if err != nil || string(got) != tt.want {
				t.Errorf("error %v\ngot  %s\nwant %s", err, got, tt.want)
			}
		})
	}
}

func TestPatch(t *testing.T) {
	t.Parallel()
	const start = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	tests := []struct {
		rule    string
		changes []mapping.Change
		want    string
	}{
		{
			"E-150 W-49 W-56 W-58 W-C1 disable",
			[]mapping.Change{change(t, "Replace", "active", "Boolean", false)},
			`{"op":"Replace","path":"active","value":"False"}]}`,
		},
		{"W-58 restore", []mapping.Change{change(t, "Replace", "active", "Boolean", "True")}, `{"op":"Replace","path":"active","value":"True"}]}`},
		{
			"W-51 active that the target does not return",
			[]mapping.Change{change(t, "Add", "active", "Boolean", true)},
			`{"op":"Add","path":"active","value":"True"}]}`,
		},
		{
			"W-59 lower case of a customised mapping",
			[]mapping.Change{change(t, "Replace", "active", "Boolean", "false")},
			`{"op":"Replace","path":"active","value":"false"}]}`,
		},
		{"W-60 one string", []mapping.Change{change(t, "Add", "nickName", "String", "Babs")}, `{"op":"Add","path":"nickName","value":"Babs"}]}`},
		{"E-150 W-54 W-57 W-61 several", []mapping.Change{
			change(t, "Replace", `emails[type eq "work"].value`, "String", "ada@contoso.example"),
			change(t, "Replace", `addresses[type eq "work"].formatted`, "String", "18/2111"),
			change(t, "Add", enterprise+`:department`, "String", "Retail & <more>"),
		}, `{"op":"Replace","path":"emails[type eq \"work\"].value","value":"ada@contoso.example"},{"op":"Replace","path":"addresses[type eq \"work\"].formatted",` +
			`"value":"18/2111"},{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"Retail & <more>"}]}`},
		{
			"W-54 custom core attribute",
			[]mapping.Change{change(t, "Replace", `urn:ietf:params:scim:schemas:core:2.0:User:role`, "String", "teacher")},
			`{"op":"Replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:role","value":"teacher"}]}`,
		},
		{
			"W-62 quoted Boolean in a path",
			[]mapping.Change{change(t, "Replace", `roles[primary eq "True"].value`, "String", "Admin")},
			`{"op":"Replace","path":"roles[primary eq \"True\"].value","value":"Admin"}]}`,
		},
		{
			"W-65 multi-valued",
			[]mapping.Change{change(t, "Add", "urn:x:User:tags", "[]String", []any{"1"})},
			`{"op":"Add","path":"urn:x:User:tags","value":[{"value":"1"}]}]}`,
		},
		{"W-68 rename of a group", []mapping.Change{change(t, "Replace", "displayName", "String", "X")}, `{"op":"Replace","path":"displayName","value":"X"}]}`},
		{"A-42 Integer", []mapping.Change{change(t, "Replace", "level", "Integer", "7")}, `{"op":"Replace","path":"level","value":7}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := newLegacy(t, Options{}).Patch(tt.changes)
			if err != nil || string(got) != start+tt.want {
				t.Errorf("error %v\ngot  %s\nwant %s", err, got, start+tt.want)
			}
		})
	}
	t.Run("no change", func(t *testing.T) {
		t.Parallel()
		if got, err := newLegacy(t, Options{}).Patch(nil); err == nil || got != nil {
			t.Errorf("got %s, error %v", got, err)
		}
	})
	t.Run("no number", func(t *testing.T) {
		t.Parallel()
		if got, err := newLegacy(t, Options{}).Patch([]mapping.Change{change(t, "Add", "level", "Integer", "x")}); err == nil || got != nil {
			t.Errorf("got %s, error %v", got, err)
		}
	})
}

func TestReferences(t *testing.T) {
	t.Parallel()
	const start = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[`
	d := newLegacy(t, Options{})
	tests := []struct {
		rule string
		got  []byte
		want string
	}{
		{
			"W-63 A-11 manager", d.Manager("Add", enterprise+":manager", ada),
			`{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"` + ada + `"}]}`,
		},
		{
			"W-63 change of manager", d.Manager("Replace", enterprise+":manager", "7"),
			`{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"7"}]}`,
		},
		{"E-153 W-69 A-10 member add", d.AddMembers([]string{ada}), `{"op":"Add","path":"members","value":[{"value":"` + ada + `"}]}]}`},
		{"W-71 several members", d.AddMembers([]string{"1", "2"}), `{"op":"Add","path":"members","value":[{"value":"1"},{"value":"2"}]}]}`},
		{"E-150 W-70 member remove", d.RemoveMembers([]string{ada}), `{"op":"Remove","path":"members","value":[{"value":"` + ada + `"}]}]}`},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			if string(tt.got) != start+tt.want {
				t.Errorf("\ngot  %s\nwant %s", tt.got, start+tt.want)
			}
		})
	}
}

func TestBytesAreStable(t *testing.T) {
	t.Parallel()
	var values []mapping.Value
	for i := range 20 {
		values = append(values, value(t, fmt.Sprintf("attribute%02d", i), "String", "x"), value(t, fmt.Sprintf("urn:x%02d:User:a", i), "String", "x"))
	}
	d := newLegacy(t, Options{})
	first, err := d.CreateUser(values)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		again, err := d.CreateUser(values)
		if err != nil || string(again) != string(first) {
			t.Fatalf("W-28: error %v\nfirst %s\nagain %s", err, first, again)
		}
	}
}
