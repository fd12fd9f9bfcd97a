package conformance_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
)

// verdicts are the outcomes of a run that are not passed.
func verdicts(c *reports.Conformance) []string {
	list := []string{}
	for _, check := range c.Checks {
		if check.Outcome != reports.Passed {
			list = append(list, check.Key()+" "+string(check.Outcome))
		}
	}
	slices.Sort(list)
	return list
}

// TestSteadyVerdicts: verdicts do not depend on how many checks run at once, nor on their order, on
// defects that show only beside other requests or other objects too. -matrix takes ten of them.
func TestSteadyVerdicts(t *testing.T) {
	defects := strings.Fields("SEC-11 CON-05 FIL-02")
	others := []conformance.Options{{Parallel: 4}}
	if *whole {
		defects = append(defects, strings.Fields("SEC-03 D-4 GRC-06 MRM-01 CAS-05 PAT-01 DEL-01")...)
		others = append(others, conformance.Options{Parallel: 16}, conformance.Options{Parallel: 4, Random: 5})
	}
	for _, id := range defects {
		_, where := serve(t, id)
		want := verdicts(run(t, where, conformance.Options{Parallel: 1}))
		for _, o := range others {
			_, where := serve(t, id)
			if diff := cmp.Diff(want, verdicts(run(t, where, o))); diff != "" {
				t.Errorf("%s, %d at once, order %d (-one after the other +that):\n%s", id, o.Parallel, o.Random, diff)
			}
		}
	}
}

// TestSteadyBehindJitter: responses that come early or late change no verdict.
func TestSteadyBehindJitter(t *testing.T) {
	if !*whole {
		t.Skip("three runs behind 0 to 60 ms take a minute; -matrix runs them")
	}
	for range 3 {
		where, _, _ := harassed(t, 10*time.Second, "jitter=1:60ms")
		if got := verdicts(run(t, where, conformance.Options{Parallel: 4})); len(got) > 0 {
			t.Errorf("behind jitter: %v", got)
		}
	}
}
