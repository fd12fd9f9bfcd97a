package mapping

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/expression"
)

func resource(t testing.TB, text string) map[string]any {
	t.Helper()
	var r map[string]any
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDiff(t *testing.T) {
	t.Parallel()
	title := small{target: "title", expression: `[x]`}
	exact := small{target: "title", expression: `[x]`, definition: `,"caseExact":true`}
	boolean := small{target: "active", expression: `[x]`, definition: `,"type":"Boolean","caseExact":true`}
	integer := small{target: "level", expression: `[x]`, definition: `,"type":"Integer"`}
	tags := small{target: "tags", expression: `[x]`, definition: `,"multivalued":true`}
	withDefault := small{target: "title", expression: `[x]`, member: `,"defaultValue":"Mx"`}
	none := small{target: "title", member: `,"defaultValue":"Mx"`}
	flow := func(s string) small {
		return small{target: "title", expression: `[x]`, member: `,"flowType":"` + s + `"`}
	}
	mail := small{target: `emails[type eq "work"].value`, expression: `[x]`}
	tests := []struct {
		rule    string
		schema  small
		x       any
		current string
		want    []string
	}{
		{"W-51 absent", title, "a", `{}`, []string{`Add title null -> "a"`}},
		{"W-51 null", title, "a", `{"title":null}`, []string{`Add title null -> "a"`}},
		{"W-51 empty", title, "a", `{"title":""}`, []string{`Add title "" -> "a"`}},
		{"W-51 another value", title, "a", `{"title":"b"}`, []string{`Replace title "b" -> "a"`}},
		{"W-52 equal", title, "a", `{"title":"a"}`, nil},
		{"A-28 case of the name", title, "a", `{"TITLE":"a"}`, nil},
		{"E-127 case alone", title, "a", `{"title":"A"}`, nil},
		{"E-127 case alone, caseExact", exact, "a", `{"title":"A"}`, []string{`Replace title "A" -> "a"`}},
		{"A-28 letters beyond ASCII", title, "ÄRZTIN", `{"title":"ärztin"}`, nil},
		{"E-120 null", title, nil, `{"title":"a"}`, nil},
		{"W-51 empty to absent", title, "", `{}`, nil},
		{"W-51 empty to a value", title, "", `{"title":"a"}`, []string{`Replace title "a" -> ""`}},
		{"E-112 default on update", withDefault, nil, `{}`, nil},
		{"A-7 None fills an empty attribute", none, nil, `{"title":""}`, []string{`Add title "" -> "Mx"`}},
		{"A-7 None leaves a value", none, nil, `{"title":"a"}`, nil},
		{"E-113 ObjectAddOnly", flow("ObjectAddOnly"), "a", `{"title":"b"}`, nil},
		{"E-113 ObjectAddOnly, absent", flow("ObjectAddOnly"), "a", `{}`, nil},
		{"E-113 AttributeAddOnly with a value", flow("AttributeAddOnly"), "a", `{"title":"b"}`, nil},
		{"E-113 AttributeAddOnly without", flow("AttributeAddOnly"), "a", `{}`, []string{`Add title null -> "a"`}},
		{"A-42 JSON Boolean", boolean, true, `{"active":true}`, nil},
		{"A-42 string Boolean", boolean, "True", `{"active":"true"}`, nil},
		{"A-42 text against JSON Boolean", boolean, "False", `{"active":false}`, nil},
		{"W-58 disable", boolean, "False", `{"active":true}`, []string{`Replace active true -> "False"`}},
		{"W-51 active not returned", boolean, true, `{}`, []string{`Add active null -> True`}},
		{"A-42 number", integer, "7", `{"level":7}`, nil},
		{"A-42 number as string", integer, 7, `{"level":"7"}`, nil},
		{"A-42 another number", integer, 7, `{"level":8}`, []string{`Replace level 8 -> 7`}},
		{"A-42 number of a String attribute", title, "7", `{"title":7}`, nil},
		{"W-108 complex value", title, "a", `{"title":{"value":"a"}}`, nil},
		{"W-108 complex value without value", title, "a", `{"title":{"display":"a"}}`, []string{`Replace title {"display":"a"} -> "a"`}},
		{"list of one", title, "a", `{"title":["a"]}`, nil},
		{"list of two", title, "a", `{"title":["a","b"]}`, []string{`Replace title ["a","b"] -> "a"`}},
		{"W-53 no element of the type", mail, "a", `{"emails":[{"type":"home","value":"a"}]}`, []string{`Add emails[type eq "work"].value null -> "a"`}},
		{"W-61 element of the type", mail, "a", `{"emails":[{"type":"work","value":"b"}]}`, []string{`Replace emails[type eq "work"].value "b" -> "a"`}},
		{"W-65 values that the target lacks", tags, []any{"a", "b", "c"}, `{"tags":[{"value":"B"},"x"]}`, []string{`Add tags [{"value":"B"},"x"] -> ["a", "c"]`}},
		{"W-65 old values stay", tags, []any{"a"}, `{"tags":[{"value":"a"},{"value":"b"}]}`, nil},
		{"W-65 one value where a list belongs", tags, []any{"a", "b"}, `{"tags":{"value":"a"}}`, []string{`Add tags {"value":"a"} -> ["b"]`}},
		{"W-65 absent", tags, "a", `{}`, []string{`Add tags null -> ["a"]`}},
		{"W-65 nothing to say", tags, []any{}, `{"tags":[]}`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			o := tt.schema.compile(t)
			values := evaluate(t, o, map[string]any{"x": tt.x})
			got := showChanges(o.Diff(values, resource(t, tt.current)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDiffKeepsOrderAndRedaction(t *testing.T) {
	t.Parallel()
	o := small{target: "tags", expression: `Redact([x])`, definition: `,"multivalued":true`}.compile(t)
	values := evaluate(t, o, map[string]any{"userPrincipalName": "u", "x": "a"})
	changes := o.Diff(values, map[string]any{})
	if len(changes) != 2 || changes[0].Attribute.Name != "userName" || !changes[1].New.Redacted() {
		t.Errorf("E-196: changes are %v", showChanges(changes))
	}
}

// A user of the default mapping whose target agrees: the usual case of an initial cycle.
func BenchmarkDiffEqual(b *testing.B) {
	users, _ := compiled(b, "customappsso")
	values := evaluate(b, users, map[string]any{
		"userPrincipalName": "ada@contoso.example", "IsSoftDeleted": false, "displayName": "Ada Byron", "givenName": "Ada",
		"surname": "Byron", "mail": "ada@contoso.example", "department": "R&D", "city": "Bonn", "mobile": "1",
	})
	current := resource(b, `{"userName":"ada@contoso.example","active":true,"displayName":"Ada Byron",
		"name":{"givenName":"Ada","familyName":"Byron","formatted":"Ada Byron"},"emails":[{"type":"work","value":"ada@contoso.example"}],
		"addresses":[{"type":"work","locality":"Bonn"}],"phoneNumbers":[{"type":"mobile","value":"1"}],
		"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D"}}`)
	if changes := users.Diff(values, current); len(changes) != 0 {
		b.Fatalf("changes: %v", showChanges(changes))
	}
	b.ReportAllocs()
	for b.Loop() {
		users.Diff(values, current)
	}
}

func TestDiffEqualDoesNotAllocate(t *testing.T) {
	o := small{target: "title", expression: `[x]`}.compile(t)
	values := []Value{{Attribute: o.Attributes[0], Value: expression.String("u")}, {Attribute: o.Attributes[1], Value: expression.String("a")}}
	current := map[string]any{"userName": "u", "title": "A"}
	if n := testing.AllocsPerRun(100, func() { o.Diff(values, current) }); n != 0 {
		t.Errorf("%v allocations for an object without differences", n)
	}
}
