package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// calculator is a module with one function, a test that names two rules, and one that fails.
func calculator(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("sum", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"go.mod":     "module calculator\n",
		"sum/sum.go": "package sum\n\nfunc Sum(a, b int) int { return a + b }\n",
		"sum/sum_test.go": `package sum

import "testing"

func TestSum(t *testing.T) {
	t.Run("E-4 adds", func(t *testing.T) {
		if Sum(1, 2) != 3 {
			t.Error("1 and 2")
		}
	})
	t.Run("E-41 zero", func(t *testing.T) {
		if Sum(0, 0) != 0 {
			t.Error("0 and 0")
		}
	})
}

func TestBroken(t *testing.T) { t.Run("E-4", func(t *testing.T) { t.Error("always") }) }
`,
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestHunt(t *testing.T) {
	calculator(t)
	minus := func(rule, test string) mutant {
		return mutant{Rule: rule, Mistake: "minus", File: "sum/sum.go", Old: "a + b", New: "a - b", Test: "sum " + test}
	}
	var out strings.Builder
	good, err := hunt(t.Context(), &out, []mutant{minus("E-4", "TestSum"), minus("E-41", "TestSum"), minus("E-5", "TestSum")}, []string{"E-4", "E-41", "E-6"})
	if err != nil || good {
		t.Errorf("good %v, error %v", good, err)
	}
	// A test that notices does not count for a rule that it does not name, and E-5 was not drawn.
	want := `E-4    minus (sum/sum.go)
       TestSum/E-4_adds
E-41   minus (sum/sum.go)
       SURVIVED: no sub-test named after the rule fails
3 rules drawn, 1 proven by a mutant
no mutant: E-41 E-6
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if good, err := hunt(t.Context(), &out, []mutant{minus("E-4", "TestSum")}, []string{"E-4"}); !good || err != nil {
		t.Errorf("all drawn rules are proven: good %v, error %v", good, err)
	}

	for want, m := range map[string]mutant{
		"the test fails without the mutant": minus("E-4", "TestBroken"),
		"the old text occurs 2 times":       {Rule: "E-4", File: "sum/sum.go", Old: "int", New: "uint", Test: "sum TestSum"},
		"the mutant does not compile":       {Rule: "E-4", File: "sum/sum.go", Old: "a + b", New: "a + c", Test: "sum TestSum"},
	} {
		if _, err := hunt(t.Context(), &out, []mutant{m}, []string{"E-4"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestReadMutants(t *testing.T) {
	t.Parallel()
	list, err := readMutants("../../docs/why/mutants.yaml")
	if err != nil || len(list) < 40 {
		t.Errorf("%d mutants, error %v", len(list), err)
	}
	path := t.TempDir() + "/mutants.yaml"
	if err := os.WriteFile(path, []byte("- rule: E-4\n  file: a.go\n  old: x\n  new: x\n  test: a TestA\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readMutants(path); err == nil || !strings.Contains(err.Error(), "row 1 (E-4)") {
		t.Errorf("error %v", err)
	}
}

// TestMutantsApply finds the old text of each mutant once in its file, as the hunt needs it.
func TestMutantsApply(t *testing.T) {
	t.Parallel()
	list, err := readMutants("../../docs/why/mutants.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		text, err := os.ReadFile("../../" + m.File)
		if err != nil {
			t.Errorf("%s: %v", m.Rule, err)
			continue
		}
		if n := strings.Count(string(text), m.Old); n != 1 {
			t.Errorf("%s: %q stands in %s %d times", m.Rule, m.Old, m.File, n)
		}
	}
}
