package expression

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

func mustParse(tb testing.TB, source string) *Expression {
	tb.Helper()
	e, err := Parse(source)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func TestFormat(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, source, want string }{
		{"G-35 empty arguments are kept", `Switch([IsSoftDeleted],,"False","True","True","False")`, `Switch([IsSoftDeleted], , "False", "True", "True", "False")`},
		{"G-35 trailing empty arguments are kept", `Replace([mail], "@contoso.com", , ,"", ,)`, `Replace([mail], "@contoso.com", , , "", , )`},
		{"G-35 white space", "Join (\n\t\" \",\r\n[a] )", `Join(" ", [a])`},
		{"E-155 escapes", `Append("\\", "\"")`, `Append("\\", "\"")`},
		{"E-155 numbers stay as written", `BitAnd(&HF, 0010)`, `BitAnd(&HF, 0010)`},
		{"E-156 comparison", `IIF([a]<>"x",1,-2.50)`, `IIF([a] <> "x", 1, -2.50)`},
		{"E-180 words", `InStr("a","b",1,vbTextCompare)`, `InStr("a", "b", 1, vbTextCompare)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := mustParse(t, tt.source).String()
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if again := mustParse(t, got).String(); again != got {
				t.Errorf("formatted again: %s", again)
			}
		})
	}
}

func TestLengthLimit(t *testing.T) {
	t.Parallel()
	t.Run("E-155 E-306 10,000 characters are allowed, one more is not", func(t *testing.T) {
		t.Parallel()
		text := `"` + strings.Repeat("ä", maxLength-2) + `"`
		mustParse(t, text)
		if _, err := Parse(text + " "); err == nil || !strings.Contains(err.Error(), "10001 characters; the limit is 10000") {
			t.Errorf("error %v", err)
		}
	})
	t.Run("E-155 blanks of the normal form do not break the limit", func(t *testing.T) {
		t.Parallel()
		e := mustParse(t, `Join(""`+strings.Repeat(`,1`, (maxLength-8)/2)+`)`)
		if n := chars.Length(e.String()); n > maxLength {
			t.Errorf("normal form has %d characters", n)
		}
		mustParse(t, e.String())
	})
}

func TestErrorShowsLineAndCaret(t *testing.T) {
	t.Parallel()
	_, err := Parse("Join(\" \",\n  [a],\n  Upper([b]))")
	want := "unknown function \"Upper\" (line 3, column 3)\n" +
		"\t  Upper([b]))\n" +
		"\t  ^\n" +
		"hint: did you mean ToUpper? Names are case-sensitive (E-155)"
	var e *Error
	if !errors.As(err, &e) {
		t.Fatalf("error %T", err)
	}
	if diff := cmp.Diff(want, e.Error()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err = Parse(`Append("` + strings.Repeat("x", 200) + `", [a)`)
	want = "the attribute is not closed (line 1, column 212)\n" +
		"\t…" + strings.Repeat("x", excerptWidth-3) + "\", [a)\n" +
		"\t" + strings.Repeat(" ", excerptWidth+1) + "^\n" +
		`hint: close it with "]"`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Errorf("a long line is not cut (-want +got):\n%s", diff)
	}
}

func TestErrorPositionAtEvaluation(t *testing.T) {
	t.Parallel()
	e := mustParse(t, `Join("-", "x", CDate([d]))`)
	v, err := e.Eval(testEnv(map[string]Value{"d": String("soon")}))
	var evalError *Error
	if !errors.As(err, &evalError) || !v.IsNull() {
		t.Fatalf("value %s, error %v", v, err)
	}
	if evalError.Pos != strings.Index(e.String(), "CDate") || !strings.HasPrefix(evalError.Summary(), "CDate: ") {
		t.Errorf("position %d, %s", evalError.Pos, evalError.Summary())
	}
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	e := mustParse(t, `IIF([b] = [a], [b], Replace([c], , "(?<g>x)", "g", , "d", ))`)
	if diff := cmp.Diff([]string{"b", "a", "c", "d"}, e.Attributes()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`Switch(IsPresent([directManager]), [directManager], IsPresent([director]), [director])`: "E-179",
		`IIF(IsNullOrEmpty([country]), "Other", [country])`:                                      "E-178",
		`Replace([a], , "(?<c>\,)", , "-", , )`:                                                  "E-155", // as in Microsoft's default mappings for Active Directory
		`Switch([a], , "b", "c")`:                                                                "",
	} {
		got := mustParse(t, source).Warnings()
		if want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || want == "" || !strings.Contains(got[0], want) {
			t.Errorf("%s: %q", source, got)
		}
	}
}

func TestIIFWarns(t *testing.T) {
	t.Parallel()
	t.Run("A-9 a null attribute in the condition is told", func(t *testing.T) {
		t.Parallel()
		var told []string
		env := testEnv(nil)
		env.Warn = func(m string) { told = append(told, m) }
		if _, err := mustParse(t, `IIF([country] = "USA", "a", "b")`).Eval(env); err != nil {
			t.Fatal(err)
		}
		if len(told) != 1 || !strings.Contains(told[0], "[country]") {
			t.Errorf("told %q", told)
		}
	})
}

func TestSwitchDefect(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]bool{
		`Switch([a], "default", "x", "y")`:                          true,
		`Switch(ToLower([a]), "default", "x", "y")`:                 true,
		`Switch([a], , "x", "y")`:                                   false, // the defect needs a default
		`Switch([b], "default", "x", "y")`:                          false, // b has changed
		`Switch(Join("", [a], [b]), "default", "x", "y")`:           false,
		`Switch("x", "default", "x", "y")`:                          false, // reads nothing
		`IIF([a] = "x", "y", "default")`:                            false,
		`IgnoreFlowIfNullOrEmpty(Switch([a], "default", "x", "y"))`: false,
	} {
		t.Run("A-8 E-179 "+source, func(t *testing.T) {
			t.Parallel()
			env := testEnv(map[string]Value{"a": String("x"), "b": String("x")})
			plain, err := mustParse(t, source).Eval(env)
			if err != nil || plain.Cleared() || plain.IsNull() {
				t.Errorf("without the defect %s, %v", plain, err)
			}
			env.Unchanged = func(name string) bool { return name == "a" }
			v, err := mustParse(t, source).Eval(env)
			if err != nil || v.Cleared() != want || v.Cleared() && !v.IsNull() {
				t.Errorf("%s, cleared %v, %v", v, v.Cleared(), err)
			}
		})
	}
}

func TestDroppedAndRedacted(t *testing.T) {
	t.Parallel()
	t.Run("E-163", func(t *testing.T) {
		t.Parallel()
		v, err := mustParse(t, `IgnoreFlowIfNullOrEmpty([a])`).Eval(nil)
		if err != nil || !v.IsNull() || !v.Dropped() {
			t.Errorf("%s, dropped %v, error %v", v, v.Dropped(), err)
		}
	})
	t.Run("E-196", func(t *testing.T) {
		t.Parallel()
		env := testEnv(map[string]Value{"a": String("secret")})
		v, err := mustParse(t, `Append(Redact([a]), "!")`).Eval(env)
		if err != nil || v.Text() != "secret!" || !v.Redacted() || strings.Contains(v.String(), "secret") {
			t.Errorf("%s, text %s, error %v", v, v.Text(), err)
		}
	})
}

func TestEmptyEnv(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`Now()`:                         "no clock is set",
		`Guid()`:                        "no source of random numbers",
		`RandomString(6, 3, 0, 0, 3)`:   "no source of random numbers",
		`Join("@", DefaultDomain())`:    "no default domain",
		`Coalesce([mail], "no values")`: "",
	} {
		_, err := mustParse(t, source).Eval(nil)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: error %v, want %q", source, err, want)
		}
	}
}

func TestSameSeedSameValues(t *testing.T) {
	t.Parallel()
	e := mustParse(t, `Join(" ", Guid(), RandomString(12, 1, 1, 1, 1))`)
	first, _ := e.Eval(testEnv(nil))
	second, _ := e.Eval(testEnv(nil))
	if !first.Equal(second) || first.IsNull() {
		t.Errorf("%s and %s", first, second)
	}
}

func TestResultIsBounded(t *testing.T) {
	t.Parallel()
	source := `"` + strings.Repeat("a", 20) + `"`
	for range 30 {
		source = `Replace(` + source + `, "a", , , "aaaaaaaaaa", , )`
	}
	if _, err := mustParse(t, source).Eval(nil); err == nil || !strings.Contains(err.Error(), "the result exceeds") {
		t.Errorf("error %v", err)
	}
	source = `"` + strings.Repeat("a", 20) + `"`
	for range 30 {
		source = `Replace(` + source + `, , "a", , "$0$0$0$0$0$0$0$0", , )`
	}
	if _, err := mustParse(t, source).Eval(nil); err == nil ||
		!strings.Contains(err.Error(), "the result exceeds") && !strings.Contains(err.Error(), "match timeout") {
		t.Errorf("error %v", err)
	}
}

func TestFromAny(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   any
		want string
	}{
		{nil, "null"},
		{"x", `"x"`},
		{true, "True"},
		{float64(7), "7"},
		{1.5, "1.5"},
		{json.Number("129699324000000000"), "129699324000000000"},
		{[]any{"a", nil, 1.0, false}, `["a", 1, False]`},
		{[]string{}, "[]"},
		{map[string]any{"b": 1, "a": "x"}, `"{\"a\":\"x\",\"b\":1}"`},
	}
	for _, tt := range tests {
		if got := FromAny(tt.in).String(); got != tt.want {
			t.Errorf("FromAny(%v) is %s, want %s", tt.in, got, tt.want)
		}
	}
	if diff := cmp.Diff([]any{"a", int64(1), false, 1.5}, FromAny([]any{"a", 1, false, 1.5}).Any()); diff != "" {
		t.Errorf("Any (-want +got):\n%s", diff)
	}
}

func BenchmarkSwitch(b *testing.B) {
	e := mustParse(b, `Switch([IsSoftDeleted], , "False", "True", "True", "False")`)
	value := Boolean(true)
	env := &Env{Attribute: func(string) Value { return value }}
	b.ReportAllocs()
	for b.Loop() {
		if v, err := e.Eval(env); err != nil || v.Text() != "False" {
			b.Fatal(v, err)
		}
	}
}

func BenchmarkJoin(b *testing.B) {
	e := mustParse(b, `Join(" ", [givenName], [surname])`)
	value := String("John")
	env := &Env{Attribute: func(string) Value { return value }}
	b.ReportAllocs()
	for b.Loop() {
		if v, err := e.Eval(env); err != nil || v.Text() != "John John" {
			b.Fatal(v, err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		mustParse(b, `Switch([IsSoftDeleted], , "False", "True", "True", "False")`)
	}
}
