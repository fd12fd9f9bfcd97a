package scim

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parse(t *testing.T, s string) TargetPath {
	t.Helper()
	p, err := ParseTargetPath(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestGet(t *testing.T) {
	t.Parallel()
	const body = `{
		"userName":"ada@contoso.example","active":true,"title":null,"nickName":"",
		"Name":{"GIVENNAME":"Ada"},
		"emails":[{"type":"home","value":"h"},{"type":"Work"},{"Type":"work","Value":"w"}],
		"roles":[{"primary":true,"value":"Admin"}],
		"addresses":{"type":"work","locality":"Bonn"},
		"phoneNumbers":"x",
		"role":"teacher",
		"urn:ietf:params:scim:schemas:extension:Enterprise:2.0:User":{"department":"R&D","manager":{"value":"7"}},
		"urn:x:User":"y","custom":{"country":"DE"},"custom:city":"Bonn"
	}`
	tests := []struct {
		rule, path string
		want       any
		ok         bool
	}{
		{"simple", `userName`, "ada@contoso.example", true},
		{"W-109 case of names", `name.givenName`, "Ada", true},
		{"Boolean", `active`, true, true},
		{"null is absent", `title`, nil, false},
		{"W-51 empty is there", `nickName`, "", true},
		{"absent", `displayName`, nil, false},
		{"second element of the type holds it", `emails[type eq "work"].value`, "w", true},
		{"W-53 no such element", `emails[type eq "other"].value`, nil, false},
		{"W-62 Boolean in the filter", `roles[primary eq "True"].value`, "Admin", true},
		{"one object in place of a list", `addresses[type eq "work"].locality`, "Bonn", true},
		{"a string in place of a list", `phoneNumbers[type eq "work"].value`, nil, false},
		{"E-140 enterprise", EnterpriseURN + `:department`, "R&D", true},
		{"W-108 manager as object", EnterpriseURN + `:manager`, map[string]any{"value": "7"}, true},
		{"W-54 core URN", UserURN + `:role`, "teacher", true},
		{"E-130 a name with a colon", `custom:city`, "Bonn", true},
		{"E-130 a name with a colon, kept as an object", `custom:country`, "DE", true},
		{"E-130 extension that is no object", `urn:x:User:a`, nil, false},
	}
	var resource map[string]any
	if err := json.Unmarshal([]byte(body), &resource); err != nil {
		t.Fatal(err)
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, ok := parse(t, tt.path).Get(resource)
			if diff := cmp.Diff(tt.want, got); diff != "" || ok != tt.ok {
				t.Errorf("ok %v, want %v (-want +got):\n%s", ok, tt.ok, diff)
			}
		})
	}
}

func TestSet(t *testing.T) {
	t.Parallel()
	resource := map[string]any{}
	for _, s := range []struct {
		path  string
		value any
	}{
		{`userName`, "ada@contoso.example"},
		{`name.givenName`, "Ada"},
		{`name.familyName`, "Byron"},
		{`emails[type eq "work"].value`, "w"},
		{`emails[type eq "other"].value`, "o"},
		{`addresses[type eq "work"].locality`, "Bonn"},
		{`addresses[type eq "work"].country`, "Germany"},
		{`roles[primary eq "True"].value`, "Admin"},
		{EnterpriseURN + `:department`, "R&D"},
		{`urn:x:User:badge`, "12"},
	} {
		if err := parse(t, s.path).Set(resource, s.value); err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]any{
		"userName": "ada@contoso.example",
		"name":     map[string]any{"givenName": "Ada", "familyName": "Byron"},
		"emails": []any{ // W-35: the work mail is primary, each type occurs once
			map[string]any{"primary": true, "type": "work", "value": "w"},
			map[string]any{"type": "other", "value": "o"},
		},
		"addresses":   []any{map[string]any{"type": "work", "locality": "Bonn", "country": "Germany"}},
		"roles":       []any{map[string]any{"primary": true, "value": "Admin"}}, // W-46
		EnterpriseURN: map[string]any{"department": "R&D"},                      // W-38
		"urn:x:User":  map[string]any{"badge": "12"},
	}
	if diff := cmp.Diff(want, resource); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestSetContradiction(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{`name`, `name.givenName`},
		{`emails`, `emails[type eq "work"].value`},
	} {
		resource := map[string]any{}
		if err := parse(t, pair[0]).Set(resource, "x"); err != nil {
			t.Fatal(err)
		}
		err := parse(t, pair[1]).Set(resource, "y")
		if err == nil || !strings.Contains(err.Error(), "contradict") {
			t.Errorf("%s after %s: %v", pair[1], pair[0], err)
		}
	}
}
