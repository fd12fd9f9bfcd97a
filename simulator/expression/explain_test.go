package expression

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// outline prints parts indented, with value, error, or a dash for a skipped one.
func outline(p Part, depth int) string {
	var b strings.Builder
	switch {
	case p.Skipped:
		fmt.Fprintf(&b, "%s%s -\n", strings.Repeat(" ", depth), p.Text)
	case p.Err != nil:
		fmt.Fprintf(&b, "%s%s ! %s\n", strings.Repeat(" ", depth), p.Text, p.Err.Msg)
	default:
		fmt.Fprintf(&b, "%s%s => %s\n", strings.Repeat(" ", depth), p.Text, p.Value)
	}
	for _, part := range p.Parts {
		b.WriteString(outline(part, depth+1))
	}
	return b.String()
}

func TestExplain(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, source string
		attributes   map[string]Value
		want         string
	}{
		{"E-178 the branch that is not taken is skipped", `IIF([a] = "1", Append([b], "x"), [c])`, map[string]Value{"a": String("2"), "c": String("C")}, `IIF([a] = "1", Append([b], "x"), [c]) => "C"
 [a] = "1" => False
  [a] => "2"
  "1" => "1"
 Append([b], "x") -
 [c] => "C"
`},
		{"A-9 IIF with a null attribute evaluates nothing", `IIF([a] = "1", "x", "y")`, nil, `IIF([a] = "1", "x", "y") => null
 [a] = "1" -
 "x" -
 "y" -
`},
		{"A-32 the error stands where it arose", `Join("-", CDate([a]), [b])`, map[string]Value{"a": String("soon")}, `Join("-", CDate([a]), [b]) => null
 "-" => "-"
 CDate([a]) ! CDate: Expression is not a date: "soon": it has none of the formats that .NET parses
  [a] => "soon"
 [b] -
`},
		{"E-196 nothing from Redact on is shown", `Join("-", [b], Redact([a]))`, map[string]Value{"a": String("secret"), "b": String("open")}, `Join("-", [b], Redact([a])) => [Redact]
 "-" => "-"
 [b] => "open"
 Redact([a]) => [Redact]
  [a] => [Redact]
`},
		{"E-179 an empty argument has no part", `Switch([a], , "1", "one", "1", "other")`, map[string]Value{"a": String("1")}, `Switch([a], , "1", "one", "1", "other") => "one"
 [a] => "1"
 "1" => "1"
 "one" => "one"
 "1" -
 "other" -
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			part, _ := mustParse(t, tt.source).Explain(testEnv(tt.attributes))
			if diff := cmp.Diff(tt.want, outline(part, 0)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Explaining changes nothing: every script gives the value or the error it gives without.
func TestExplainAgreesWithEval(t *testing.T) {
	t.Parallel()
	for _, c := range readScripts(t) {
		e, err := Parse(c.expression)
		if err != nil {
			continue
		}
		env, same := testEnv(c.attributes), testEnv(c.attributes)
		env.LenientIIF, same.LenientIIF = c.lenient, c.lenient
		env.StrictIIF, same.StrictIIF = c.strict, c.strict
		v, err := e.Eval(env)
		part, explained := e.Explain(same)
		if fmt.Sprint(err) != fmt.Sprint(explained) || err == nil && part.Value.String() != v.String() {
			t.Errorf("%s: %s gives %s, %v; explained %s, %v", c.place, e, v, err, part.Value, explained)
		}
	}
}
