package scim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseTargetPath(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rule, in string
		want     TargetPath
	}{
		{"E-140 simple", `userName`, TargetPath{Attribute: "userName"}},
		{"E-140 complex", `name.givenName`, TargetPath{Attribute: "name", SubAttribute: "givenName"}},
		{"E-140 filtered", `emails[type eq "work"].value`, TargetPath{Attribute: "emails", FilterAttribute: "type", FilterValue: "work", SubAttribute: "value"}},
		{"E-140 whole element", `addresses[type eq "work"]`, TargetPath{Attribute: "addresses", FilterAttribute: "type", FilterValue: "work"}},
		{"W-54 enterprise", EnterpriseURN + `:department`, TargetPath{URN: EnterpriseURN, Attribute: "department"}},
		{"E-130 A-63 any name", `custom:country`, TargetPath{Attribute: "custom:country"}},
		{"E-130 A-63 any name with a part", `1st custom.a`, TargetPath{Attribute: "1st custom", SubAttribute: "a"}},
		{"W-54 core URN", UserURN + `:role`, TargetPath{URN: UserURN, Attribute: "role"}},
		{
			"E-130 custom", `urn:ietf:params:scim:schemas:extension:Contoso:2.0:User:badge`,
			TargetPath{URN: "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User", Attribute: "badge"},
		},
		{"W-54 sub-attribute", EnterpriseURN + `:manager.displayName`, TargetPath{URN: EnterpriseURN, Attribute: "manager", SubAttribute: "displayName"}},
		{
			"W-62 quoted Boolean", `roles[primary eq "True"].value`,
			TargetPath{Attribute: "roles", FilterAttribute: "primary", FilterValue: "True", SubAttribute: "value"},
		},
		{
			"W-85 bare Boolean", `emails[primary eq true].value`,
			TargetPath{Attribute: "emails", FilterAttribute: "primary", FilterValue: "true", FilterBare: true, SubAttribute: "value"},
		},
		{
			"G-16 colon in quotes", `urn:x:User:a[type eq "b:c]d"].value`,
			TargetPath{URN: "urn:x:User", Attribute: "a", FilterAttribute: "type", FilterValue: "b:c]d", SubAttribute: "value"},
		},
		{"G-16 escaped quote", `a[b eq "c\"\\d"]`, TargetPath{Attribute: "a", FilterAttribute: "b", FilterValue: `c"\d`}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := ParseTargetPath(tt.in)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if s := got.String(); s != tt.in {
				t.Errorf("String() = %q, want %q", s, tt.in)
			}
		})
	}
}

func TestParseTargetPathErrors(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, want string }{
		{``, `"" is not an attribute name`},
		{`name.`, `"" is not a sub-attribute name`},
		{`name.a.b`, `"a.b" is not a sub-attribute name`},
		{`emails[type eq "work".value`, `"]" is missing`},
		{`emails[type eq "work"]value`, `must be followed by a dot`},
		{`emails[type eq work or x].value`, `in double quotes`},
		{`emails[type ne "work"].value`, `attribute eq "value"`},
		{`emails[type eq "wo"rk"].value`, `"]" is missing`},
		{`emails[type eq "work" x].value`, `not a valid quoted string`},
		{`user name `, `not an attribute name`},
		{`user"name`, `not an attribute name`},
		{EnterpriseURN, `missing after the schema`},
		{EnterpriseURN + `:`, `"" is not an attribute name`},
	}
	for _, tt := range tests {
		t.Run(tt.in, func(t *testing.T) {
			t.Parallel()
			got, err := ParseTargetPath(tt.in)
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), "hint: write for example") {
				t.Errorf("error is %v, want it to hold %q and a hint", err, tt.want)
			}
			if got != (TargetPath{}) {
				t.Errorf("got %+v besides the error", got)
			}
		})
	}
}

func FuzzParseTargetPath(f *testing.F) {
	for _, s := range []string{
		`userName`, `emails[type eq "work"].value`, EnterpriseURN + `:department`, `a[b eq "c\"]"]`,
		`roles[primary eq true].value`, `urn:`, `custom:country`, `custom:a b.c`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseTargetPath(s)
		if err != nil {
			return
		}
		again, err := ParseTargetPath(p.String())
		if err != nil {
			t.Fatalf("%q became %q, which does not parse: %v", s, p.String(), err)
		}
		if again != p {
			t.Fatalf("%q became %+v, then %+v", s, p, again)
		}
	})
}
