package scoping

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// parsed is a schema whose one mapping has the scope given as JSON.
func parsed(t testing.TB, scope string) *syncschema.Schema {
	t.Helper()
	s, err := syncschema.Parse([]byte(`{"synchronizationRules":[{"sourceDirectoryName":"Microsoft Entra ID","targetDirectoryName":"x","objectMappings":[
		{"name":"users","sourceObjectName":"User","targetObjectName":"u","scope":`+scope+`}]}]}`), "test.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func compiled(t testing.TB, scope string, o Options) *Filter {
	t.Helper()
	s := parsed(t, scope)
	f, err := Compile(s, &s.Rules[0].ObjectMappings[0], o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// one is a filter of one clause on the attribute a.
func one(operator string, value ...string) string {
	return `{"groups":[{"name":"f","clauses":[` + clauseOn("a", operator, value...) + `]}]}`
}

func clauseOn(attribute, operator string, value ...string) string {
	b, err := json.Marshal(map[string]any{"operatorName": operator, "sourceOperandName": attribute, "targetOperand": map[string]any{"values": value}})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// reading gives the attributes of a source object.
func reading(attributes map[string]any) Attributes {
	return func(name string) any { return attributes[name] }
}

func TestOperators(t *testing.T) {
	t.Parallel()
	const long = "123456789012345678901234567890"
	tests := []struct {
		rule, operator, value string
		holds, fails          []any
	}{
		{"E-79 EQUALS", "EQUALS", "Sales", []any{"Sales"}, []any{nil, "", "sales", "Sales ", "Sale", []any{}}},
		{"E-79 EQUALS on an Integer", "EQUALS", "7", []any{"7", 7.0}, []any{"07", 7.5, "seven"}},
		{"G-18 EQUALS on a Boolean", "EQUALS", "True", []any{true}, []any{false, nil, "true"}},
		{"E-79 A-40 NOT EQUALS", "NOT EQUALS", "Sales", []any{"sales", "R&D", 7.0}, []any{"Sales", nil, "", []any{}}},
		{"E-79 IS TRUE", "IS TRUE", "", []any{true}, []any{false, nil, "", "True"}},
		{"E-79 IS FALSE", "IS FALSE", "", []any{false}, []any{true, nil, "", "False"}},
		{"E-79 IS NULL", "IS NULL", "", []any{nil, "", []any{}, []any{nil, ""}}, []any{"x", " ", false, 0.0, []any{"x"}}},
		{"E-79 IS NOT NULL", "IS NOT NULL", "", []any{"x", " ", false, 0.0}, []any{nil, "", []any{}}},
		{"E-79 REGEX MATCH", "REGEX MATCH", "^S.*s$", []any{"Sales", "Ss"}, []any{nil, "", "sales", "Sale"}},
		{"E-79 NOT REGEX MATCH", "NOT REGEX MATCH", "^S.*s$", []any{"sales", "Sale"}, []any{"Sales", nil, ""}},
		{"E-84 domain", "REGEX MATCH", `.*\@domain.com`, []any{"ada@domain.com"}, []any{"ada@other.com", nil}},
		{"E-84 everybody but a domain", "NOT REGEX MATCH", `.*\@domain.com`, []any{"ada@other.com"}, []any{"ada@domain.com", nil}},
		{
			"E-84 workerID from 1000000 to 1999999", "REGEX MATCH", "(1[0-9][0-9][0-9][0-9][0-9][0-9])",
			[]any{"1000000", "1999999", 1234567.0},
			[]any{"2000000", "999999"},
		},
		{"A-3 search and not full match", "REGEX MATCH", "([1-9][0-9])", []any{"10", "99", "100", "a42b"}, []any{"5", "0"}},
		{"A-3 .NET pattern with look-ahead", "REGEX MATCH", `^(?!svc-)\w+`, []any{"ada"}, []any{"svc-backup"}},
		{"E-79 Greater_Than", "Greater_Than", "9", []any{"10", 10.0, "010", long}, []any{"9", "8", "-10", "9.5", "ten", nil, ""}},
		{"E-79 Greater_Than_OR_EQUALS", "Greater_Than_OR_EQUALS", "9", []any{"9", 9.0, "009", "10"}, []any{"8", 8.5, -9.0, "ten", nil, ""}},
		{"E-79 Greater_Than beyond 64 bits", "Greater_Than", long, []any{"1" + long}, []any{long, "99999999999999999999999999999"}},
		{"E-79 Includes", "Includes", "ale", []any{"Sales", "ale"}, []any{"SALES", "al", nil, ""}},
		{"E-79 A-5 ENDS_WITH", "ENDS_WITH", "@contoso.test", []any{"a@contoso.test"}, []any{"a@CONTOSO.test", "@contoso.test.", nil, ""}},
		{"E-79 A-4 &", "&", "Sales,Support", []any{"Sales", "Support", "les,Su"}, []any{"sales", "R&D", nil, ""}},
		{"E-79 A-4 !&", "!&", "Sales,Support", []any{"sales", "R&D"}, []any{"Sales", nil, ""}},
		{"A-41 every value must satisfy", "ENDS_WITH", ".test", []any{[]any{"a.test", "b.test"}}, []any{[]any{"a.test", "b.example"}}},
		{"A-41 every value differs", "NOT EQUALS", "a", []any{[]any{"b", "c"}}, []any{[]any{"a", "b"}}},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			f := compiled(t, one(tt.operator, tt.value), Options{})
			for want, values := range map[bool][]any{true: tt.holds, false: tt.fails} {
				for _, v := range values {
					got, err := f.Evaluate(reading(map[string]any{"a": v}))
					if err != nil || got.Failed == want {
						t.Errorf("%#v %s %q: passed %v, error %v, want %v", v, tt.operator, tt.value, !got.Failed, err, want)
					}
				}
			}
		})
	}
}

func TestAnchoredPatterns(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		anchored bool
		want     string
	}{{false, "10 100"}, {true, "10"}} {
		t.Run(fmt.Sprintf("A-3 anchored %v", tt.anchored), func(t *testing.T) {
			t.Parallel()
			f := compiled(t, one("REGEX MATCH", "[1-9][0-9]|x"), Options{AnchoredPatterns: tt.anchored})
			var got []string
			for _, v := range []string{"5", "10", "100"} {
				if verdict, err := f.Evaluate(reading(map[string]any{"a": v})); err == nil && !verdict.Failed {
					got = append(got, v)
				}
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("%q match, want %q", s, tt.want)
			}
		})
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	sales, bonn := clauseOn("department", "EQUALS", "Sales"), clauseOn("city", "EQUALS", "Bonn")
	vip := clauseOn("vip", "IS TRUE")
	scope := `{"groups":[{"name":"Sales in Bonn","clauses":[` + sales + `,` + bonn + `]},{"name":"VIP","clauses":[` + vip + `]},{"name":"empty","clauses":[]}]}`
	tests := []struct {
		rule, scope string
		object      map[string]any
		passes      bool
		result      string
	}{
		{
			"E-75 all clauses of a filter", scope,
			map[string]any{"department": "Sales", "city": "Bonn"},
			true,
			`{"Sales in Bonn.department EQUALS 'Sales'":true,"Sales in Bonn.city EQUALS 'Bonn'":true,"VIP.vip IS TRUE":false}`,
		},
		{
			"E-75 one clause is not enough", scope,
			map[string]any{"department": "Sales"},
			false,
			`{"Sales in Bonn.department EQUALS 'Sales'":true,"Sales in Bonn.city EQUALS 'Bonn'":false,"VIP.vip IS TRUE":false}`,
		},
		{
			"E-75 another filter is enough", scope,
			map[string]any{"vip": true},
			true,
			`{"Sales in Bonn.department EQUALS 'Sales'":false,"Sales in Bonn.city EQUALS 'Bonn'":false,"VIP.vip IS TRUE":true}`,
		},
		{"E-87 no filters", `null`, map[string]any{}, true, `{}`},
		{"E-75 no groups", `{"groups":[]}`, map[string]any{}, true, `{}`},
		{
			"E-86 other sets do not scope", `{"inputFilterGroups":[{"clauses":[` + sales + `]}],"categoryFilterGroups":[{"clauses":[` + sales + `]}]}`,
			map[string]any{},
			true, `{}`,
		},
		{
			"G-37 quotes in the result", `{"groups":[{"name":"a \"b\"","clauses":[` + clauseOn("x", "EQUALS", `<"&>`) + `]}]}`,
			map[string]any{},
			false,
			`{"a \"b\".x EQUALS '<\"&>'":false}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			got, err := compiled(t, tt.scope, Options{}).Evaluate(reading(tt.object))
			if err != nil || got.Failed == tt.passes || got.Result != tt.result {
				t.Errorf("verdict %+v, error %v", got, err)
			}
			if !json.Valid([]byte(got.Result)) {
				t.Errorf("the result is no JSON: %s", got.Result)
			}
		})
	}
}

func TestOtherSets(t *testing.T) {
	t.Parallel()
	for _, set := range []string{"inputFilterGroups", "categoryFilterGroups"} {
		t.Run("E-86 "+set+": clauses AND, groups OR", func(t *testing.T) {
			t.Parallel()
			f := compiled(t,
				`{"`+set+`":[{"clauses":[`+clauseOn("a", "EQUALS", "1")+`,`+clauseOn("b", "EQUALS", "1")+`]},{"clauses":[`+clauseOn("c", "EQUALS", "1")+`]}]}`, Options{})
			ask, other := f.Reads, f.Belongs
			if set == "categoryFilterGroups" {
				ask, other = other, ask
			}
			for object, want := range map[string]bool{"": false, "a": false, "ab": true, "c": true} {
				read := func(name string) any {
					if strings.Contains(object, name) {
						return "1"
					}
					return nil
				}
				if ok, err := ask(read); err != nil || ok != want {
					t.Errorf("%q passes %v, error %v", object, ok, err)
				}
				if ok, err := other(read); err != nil || !ok {
					t.Errorf("%q is held back by the other set, error %v", object, err)
				}
			}
		})
	}
}

func TestPatternWithoutEnd(t *testing.T) {
	t.Parallel()
	f := compiled(t, one("REGEX MATCH", `^(\w+\s?)*$`), Options{})
	began := time.Now()
	_, err := f.Evaluate(reading(map[string]any{"a": strings.Repeat("word ", 12) + strings.Repeat("a", 40) + "!"}))
	if err == nil || !strings.Contains(err.Error(), "the pattern timed out") || !strings.Contains(err.Error(), `"f"`) {
		t.Errorf("error is %v", err)
	}
	if d := time.Since(began); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestCompileErrors(t *testing.T) {
	t.Parallel()
	s := parsed(t, `{"groups":[{"name":"f","clauses":[`+clauseOn("a", "LIKE", "x")+`,`+clauseOn("[a]", "EQUALS", "x")+`]}]}`)
	_, err := Compile(s, &s.Rules[0].ObjectMappings[0], Options{})
	if err == nil {
		t.Fatal("a filter with an unknown operator compiles")
	}
	for _, part := range []string{"test.json", `mapping "users"`, "scope.groups[0].clauses[0].operatorName", "scope.groups[0].clauses[1].sourceOperandName"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error does not hold %q: %v", part, err)
		}
	}
}

func FuzzFilter(f *testing.F) {
	f.Add("EQUALS", "a", "x", "x")
	f.Add("REGEX MATCH", "a", `(\d+)$`, "12")
	f.Add("greater than", "a", "10", "011")
	f.Fuzz(func(t *testing.T, operator, attribute, value, have string) {
		s := parsed(t, `{"groups":[{"name":"f","clauses":[`+clauseOn(attribute, operator, value)+`]}]}`)
		filter, err := Compile(s, &s.Rules[0].ObjectMappings[0], Options{})
		if err != nil {
			return
		}
		v, err := filter.Evaluate(func(string) any { return have })
		if err == nil && !json.Valid([]byte(v.Result)) {
			t.Errorf("no JSON: %s", v.Result)
		}
		if null, err := filter.Evaluate(func(string) any { return nil }); err != nil ||
			null.Failed == strings.EqualFold(strings.Join(strings.Fields(strings.ReplaceAll(operator, "_", " ")), " "), "IS NULL") {
			t.Errorf("A-40: %q on null: %+v, %v", operator, null, err)
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	f := compiled(b, `{"groups":[{"name":"f","clauses":[`+clauseOn("department", "EQUALS", "Sales")+`,`+clauseOn("upn", "REGEX MATCH", "@contoso.test$")+`]}]}`,
		Options{})
	read := reading(map[string]any{"department": "Sales", "upn": "ada@contoso.test"})
	b.ReportAllocs()
	for b.Loop() {
		if v, err := f.Evaluate(read); err != nil || v.Failed {
			b.Fatal(v, err)
		}
	}
}
