package expression

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/pattern"
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
		start := time.Now()
		v, err := e.Eval(env)
		if err != nil && !v.IsNull() {
			t.Fatalf("value %s and error %v", v, err)
		}
		most := time.Duration(1+strings.Count(source, "Replace")) * 5 * pattern.Timeout
		if took := time.Since(start); took > most {
			t.Fatalf("%s took %s", source, took)
		}
		if len(v.Text()) > 2*maxText {
			t.Fatalf("%s gives %d bytes", source, len(v.Text()))
		}
		part, _ := e.Explain(env)
		_ = v.String() + part.Value.String()
	})
}

// FuzzSource: no panic on any Graph JSON, and what was read once is written and read
// again without a difference, also from parameters alone.
func FuzzSource(f *testing.F) {
	for _, c := range readScripts(f) {
		if e, err := Parse(c.expression); err == nil {
			text, err := json.Marshal(e.Source())
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
			if text, err = json.Marshal(withoutText(e.Source())); err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var source GraphSource
		if json.Unmarshal(data, &source) != nil {
			return
		}
		e, err := FromSource(source.Type, source.Name, source.Expression, source.Parameters)
		if err != nil {
			_ = err.Error()
			return
		}
		once := e.Source()
		again, err := FromSource(once.Type, once.Name, once.Expression, once.Parameters)
		if err != nil || !cmp.Equal(once, again.Source()) {
			t.Fatalf("%s became %v: %v", e, again, err)
		}
		// Numbers become texts in parameters (E-111), so the first of these may differ.
		built, err := FromSource(once.Type, once.Name, "", withoutText(once).Parameters)
		if err != nil {
			return // a text in place of a number can be refused, as in compareType
		}
		twice := built.Source()
		if built, err = FromSource(twice.Type, twice.Name, "", withoutText(twice).Parameters); err != nil {
			t.Fatalf("%s cannot be built again: %v", twice.Expression, err)
		}
		if diff := cmp.Diff(twice, built.Source()); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", e, diff)
		}
	})
}
