package yamlshape_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports/yamlshape"
)

func laughs(levels int, form string) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := range levels {
		alias := strings.TrimSuffix(strings.Repeat(fmt.Sprintf(form, i), 9), ", ")
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, alias)
	}
	return b.String()
}

func TestCheck(t *testing.T) {
	t.Parallel()
	var indented strings.Builder
	for i := range 1000 {
		indented.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	for _, tt := range []struct{ name, text, want string }{
		{"plain", "a: [1, {b: 2}]\nc:\n  - d: 1\n    e: &x f\n  - *x\n", ""},
		{"brackets in strings", "a: \"" + strings.Repeat("[", 100) + "\"\nb: |\n  " + strings.Repeat("{", 100) + "\n", ""},
		{"many entries", strings.Repeat("- a: 1\n  b: 2\n", 10_000), ""},
		{"many aliases of one value", "a: &a [1]\nb: [" + strings.Repeat("*a, ", 1000) + "1]\n", ""},
		{"broken", "a: [\n", ""},
		{"S12 brackets", "a: " + strings.Repeat("[", 100_000), "line 1: nested more deeply than 50 levels"},
		{"S12 braces", "a:\n  b: " + strings.Repeat("{a: ", 100_000), "line 2: nested more deeply than 50 levels"},
		{"S12 dashes", strings.Repeat("- ", 100_000), "nested more deeply"},
		{"S12 question marks", strings.Repeat("? ", 100_000), "nested more deeply"},
		{"S12 indentation", indented.String(), "line 51: nested more deeply"},
		{"S12 billion laughs", laughs(9, "*a%d, "), "the aliases stand for more than 200000 values"},
		{"S12 alias of itself", "a: &a [*a, *a]\n", ""},
		{"S12 size", strings.Repeat("a", 1<<20+1), "the limit is 1048576"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			err := yamlshape.Check([]byte(tt.text))
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("took %s", took)
			}
			switch {
			case tt.want == "" && err != nil:
				t.Error(err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
}
