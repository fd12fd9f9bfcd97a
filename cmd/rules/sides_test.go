package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSides: a choice needs an option whose default and another value stand in names of tests
// that passed, or the reason why it has one side only.
func TestSides(t *testing.T) {
	t.Parallel()
	known := []choice{{"order", "first"}, {"other", "x"}}
	row := func(id, option string) string {
		return "| " + id + " | r | s | inferred | " + option + " | – | never |\n"
	}
	for name, tc := range map[string]struct {
		row   string
		names []string
		want  string // "" when nothing is missing
	}{
		"both sides":                   {row("A-4", "order"), []string{"TestX/A-4_order_first", "TestX/E-9,_A-4_order_last,_and_more"}, ""},
		"both sides in the same place": {row("W-C2", "order"), []string{"TestX/W-C2_order_first#01", "TestX/W-C2_order_last"}, ""},
		"another value and no default": {row("A-4", "order"), []string{"TestX/A-4_order_last", "TestX/A-4_order_next"}, `sub-test "A-4 … order first" not found`},
		"the default alone":            {row("A-4", "order"), []string{"TestX/A-4_order_first", "TestX/A-4_order_first#01"}, "cover 1 values of the option"},
		"one of two options is shown": {
			row("A-4", "order, other"), []string{"TestX/A-4_order_first", "TestX/A-4_order_last"}, `"A-4 … other VALUE" cover 0 values`,
		},
		"two values of a flag":          {row("A-4", "--interval"), []string{"TestX/A-4_interval_40m", "TestX/A-4_interval_20m"}, ""},
		"one value of a flag":           {row("A-4", "--interval"), []string{"TestX/A-4_interval_40m"}, "cover 1 values"},
		"no option and no reason":       {row("A-4", "–"), []string{"TestX/A-4"}, "A-4 names no option and gives no reason"},
		"no option and an empty reason": {row("A-4", "one side only: "), nil, "A-4 names no option and gives no reason"},
		"one side only":                 {row("A-4", "one side only: nobody promises texts, or reads them"), nil, ""},
		"no choice of ours":             {row("E-4", "–"), nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, err := parseLedger(tc.row)
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			good := reportSides(&out, l, known, map[string][]string{l.rules[0].id: tc.names})
			if good != (tc.want == "") || !strings.Contains(out.String(), tc.want) {
				t.Errorf("good %v, want %q in\n%s", good, tc.want, out.String())
			}
		})
	}
	t.Run("a name that has the option at its end", func(t *testing.T) {
		t.Parallel()
		if diff := cmp.Diff([]string(nil), sides("order", []string{"TestX/A-4_order", "TestX/A-4_orders_last", ""})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
