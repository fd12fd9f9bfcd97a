package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIgnored has an engine with two options, of which only one is looked at by its test.
func TestIgnored(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{"simulator/options", "simulator/engine"} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range map[string]string{
		"go.mod": "module engine\n",
		"simulator/options/options.go": `package options

import (
	"strings"
)

type option struct{ Name string }

// Told gives the values of two options.
func Told(set map[string]string) string {
	var out []string
	for _, o := range []option{{"order"}, {"other"}} {
		if v, ok := set[o.Name]; ok {
			out = append(out, v)
		}
	}
	return strings.Join(out, " ")
}
`,
		"simulator/engine/engine_test.go": `package engine_test

import (
	"testing"

	"engine/simulator/options"
)

func TestTold(t *testing.T) {
	t.Run("A-4 order last", func(t *testing.T) {
		if options.Told(map[string]string{"order": "last"}) != "last" {
			t.Error("it is not told")
		}
	})
	t.Run("A-5 other y", func(t *testing.T) {
		if options.Told(map[string]string{"order": "last", "other": "y"}) == "" {
			t.Error("nothing is told")
		}
	})
}
`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	known := []choice{{"order", "first"}, {"other", "x"}}
	names := map[string][]string{
		"A-4": {"TestTold", "TestTold/A-4_order_first", "TestTold/A-4_order_last"},
		"A-5": {"TestTold/A-5_other_x", "TestTold/A-5_other_y", "TestElsewhere/A-5_other_z"},
	}
	var out strings.Builder
	good, err := ignored(t.Context(), &out, known, names)
	if err != nil || good {
		t.Errorf("good %v, error %v", good, err)
	}
	want := `order                      TestTold/A-4_order_last
2 options, 1 covered by a test of another value
no test fails when these are ignored: other
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if good, err := ignored(t.Context(), &out, known[:1], names); !good || err != nil {
		t.Errorf("the option is looked at: good %v, error %v", good, err)
	}

	if err := os.WriteFile("simulator/options/options.go", []byte("package options\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ignored(t.Context(), &out, known, names); err == nil || !strings.Contains(err.Error(), "sets an option in 0 places") {
		t.Errorf("error %v", err)
	}
}
