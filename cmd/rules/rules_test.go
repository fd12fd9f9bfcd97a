package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const small = `# Ledger

## Cycles

| id | rule | source | sure | option | tests | live |
| --- | --- | --- | --- | --- | --- | --- |
| E-4 | four | page | documented |  | – | never |
| E-41 | forty-one | page | documented |  | old | never |
| A-45 | both | none | inferred | x | left out: nobody sees it | never |

## Wire

| id | rule | source | sure | option | tests | live |
| --- | --- | --- | --- | --- | --- | --- |
| W-C2 | group | page | observed | adscimGroup | – | never |
`

const passed = `{"Action":"run","Package":"x/simulator/cycle","Test":"TestA"}
{"Action":"pass","Package":"x/simulator/cycle","Test":"TestA/E-41,_W-C2_changes_only"}
{"Action":"pass","Package":"x/simulator/cycle","Test":"TestA"}
{"Action":"pass","Package":"x/simulator/cycle"}
`

func TestReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "behaviour.md")
	if err := os.WriteFile(path, []byte(small), 0o644); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	good, err := run(t.Context(), task{known: []choice{{"adscimGroup", "false"}, {"x", "1"}}, ledger: path, write: true},
		strings.NewReader(passed+`{"Action":"pass","Package":"x/y","Test":"TestB/G-99,_E-99"}`), &out)
	if err != nil || good {
		t.Errorf("good %v, error %v", good, err)
	}
	want := `Cycles                                          1 covered    1 left out    1 open
Wire                                            1 covered    0 left out    0 open
all                                             2 covered    1 left out    1 open
open: E-4
named by tests but missing from the ledger: E-99
choices: 0 with tests of both sides of each option, 0 with one side only
A-45: sub-test "A-45 … x 1" not found (the default of its option)
A-45: the sub-tests named "A-45 … x VALUE" cover 0 values of the option; want two
W-C2: sub-test "W-C2 … adscimGroup false" not found (the default of its option)
W-C2: the sub-tests named "W-C2 … adscimGroup VALUE" cover 0 values of the option; want two
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"|  | – | never |", "|  | cycle.TestA | never |", "left out: nobody sees it", "| adscimGroup | cycle.TestA | never |"} {
		if !strings.Contains(string(written), line) {
			t.Errorf("the ledger lacks %q:\n%s", line, written)
		}
	}
}

func TestGood(t *testing.T) {
	t.Parallel()
	l, err := parseLedger(small)
	if err != nil {
		t.Fatal(err)
	}
	if !report(&strings.Builder{}, l, map[string][]string{"E-4": {"x"}, "E-41": {"x"}, "W-C2": {"x"}}) {
		t.Error("nothing is open, and the report says otherwise")
	}
}

func TestBad(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"# nothing":     "table of rules not found",
		"| E-4 | two |": "line 1: E-4 has 2 columns, want 7",
		small + "| E-4 | a | b | c | d | e | never |": "E-4 is already in line 7",
	} {
		if _, err := parseLedger(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	for text, want := range map[string]string{
		"ok  	x": "go test -json",
		`{"Action":"fail","Package":"x","Test":"TestA"}`: "x TestA",
	} {
		if _, err := covered(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

func TestIDs(t *testing.T) {
	t.Parallel()
	got := ids("TestX/W-49_W-C2,_EN-3:_G-7_and_E-41_not_PRE-4_or_ABCE-9")
	if diff := cmp.Diff([]string{"W-49", "W-C2", "EN-3", "G-7", "E-41"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOptions(t *testing.T) {
	t.Parallel()
	l, err := parseLedger(small)
	if err != nil {
		t.Fatal(err)
	}
	if err := checkOptions(l, []choice{{"adscimGroup", "false"}, {"x", "1"}}); err != nil {
		t.Errorf("both are named and exist: %v", err)
	}
	err = checkOptions(l, []choice{{"adscimGroup", "false"}, {"y", "1"}})
	for _, want := range []string{"line 9: A-45 names the unknown option x", "no rule names the option y"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// TestFlags looks for the flags that the ledger names in the help of simulate.
func TestFlags(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/why/behaviour.md")
	if err != nil {
		t.Fatal(err)
	}
	l, err := parseLedger(string(text))
	if err != nil {
		t.Fatal(err)
	}
	help, err := exec.CommandContext(t.Context(), "go", "run", "../scimdrill", "simulate", "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	flags := 0
	for _, r := range l.rules {
		for _, o := range r.options() {
			if !strings.HasPrefix(o, "--") {
				continue
			}
			flags++
			if !strings.Contains(string(help), " "+o+"=") {
				t.Errorf("%s names %s, which simulate does not have", r.id, o)
			}
		}
	}
	if flags == 0 {
		t.Error("the ledger names no flag")
	}
}

func TestDraw(t *testing.T) {
	t.Parallel()
	l, err := parseLedger(small)
	if err != nil {
		t.Fatal(err)
	}
	all := draw(l, 40, 1)
	if diff := cmp.Diff([]string{"E-4", "E-41", "W-C2"}, all); diff != "" {
		t.Errorf("all but what is left out (-want +got):\n%s", diff)
	}
	// A rule more takes at most one place and moves none of the others.
	before := draw(l, 2, 1)
	l.rules = append(l.rules, rule{id: "E-99", cells: []string{"E-99", "", "", "", "", "–", "never"}})
	kept := 0
	for _, id := range draw(l, 2, 1) {
		if slices.Contains(before, id) {
			kept++
		}
	}
	if kept < 1 {
		t.Errorf("another rule changed the whole draw from %v to %v", before, draw(l, 2, 1))
	}
	seen := map[string]bool{}
	for seed := range uint64(40) {
		for _, id := range draw(l, 1, seed) {
			seen[id] = true
		}
	}
	if len(seen) != 4 {
		t.Errorf("forty seeds drew %v, want each of the four rules", seen)
	}
}
