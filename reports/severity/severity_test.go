package severity_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/severity"
)

func TestSeverities(t *testing.T) {
	t.Parallel()
	all := severity.All()
	if !slices.Equal(all, []severity.Severity{severity.Blocks, severity.Access, severity.Loss, severity.Stops, severity.Wrong, severity.Untidy}) {
		t.Fatalf("all severities are %v", all)
	}
	words := map[string]bool{}
	for i, s := range all {
		if i > 0 && s.Rank() >= all[i-1].Rank() {
			t.Errorf("%s does not rank below %s", s, all[i-1])
		}
		if s.Label() == "" || !strings.HasSuffix(s.Effect(), ".") || len(strings.Fields(s.Effect())) > 25 {
			t.Errorf("%s has label %q and effect %q", s, s.Label(), s.Effect())
		}
		words[s.Label()], words[s.Effect()] = true, true
	}
	if len(words) != 2*len(all) {
		t.Errorf("labels and effects are not all different: %v", words)
	}
}

// A report of a newer version may have a severity that this one does not know.
func TestUnknownSeverity(t *testing.T) {
	t.Parallel()
	for s, label := range map[severity.Severity]string{"": "", "later": "later"} {
		if s.Label() != label || s.Effect() != "" || s.Rank() != severity.Wrong.Rank() {
			t.Errorf("%q has label %q, effect %q and rank %d", s, s.Label(), s.Effect(), s.Rank())
		}
	}
}
