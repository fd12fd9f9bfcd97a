package expression

import (
	"encoding/json"
	"testing"
)

// FuzzParse: no panic, never a value and an error, and the three spellings stay the same.
func FuzzParse(f *testing.F) {
	for _, c := range readScripts(f) {
		f.Add(c.expression)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if (e == nil) == (err == nil) {
			t.Fatalf("expression %v, error %v", e, err)
		}
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := Parse(e.String())
		if err != nil {
			t.Fatalf("%q is formatted as %q: %v", source, e, err)
		}
		if again.String() != e.String() {
			t.Fatalf("%q, formatted again %q", e, again)
		}
		graph := e.Source()
		if _, err := json.Marshal(graph); err != nil {
			t.Fatal(err)
		}
		built, err := FromSource(graph.Type, graph.Name, graph.Expression, graph.Parameters)
		if err != nil || built.String() != e.String() {
			t.Fatalf("%q from Graph is %v: %v", e, built, err)
		}
	})
}

// FuzzEval: no panic, never a value and an error, whatever the attributes hold.
func FuzzEval(f *testing.F) {
	for _, c := range readScripts(f) {
		f.Add(c.expression, "x", int64(3))
	}
	f.Fuzz(func(t *testing.T, source, text string, number int64) {
		e, err := Parse(source)
		if err != nil {
			return
		}
		values := []Value{String(text), Integer(number), List(String(text), Boolean(true)), Null()}
		env := testEnv(nil)
		env.Attribute = func(name string) Value { return values[len(name)%len(values)] }
		v, err := e.Eval(env)
		if err != nil && !v.IsNull() {
			t.Fatalf("value %s and error %v", v, err)
		}
		_ = v.String()
	})
}
