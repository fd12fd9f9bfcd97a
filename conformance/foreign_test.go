package conformance_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

// foreign are the profiles of other clients than Entra.
func foreign() []string { return []string{catalog.Okta} }

// TestForeignReferencePasses: the reference target does what other clients than Entra send, and no
// check of theirs is part of a default run.
func TestForeignReferencePasses(t *testing.T) {
	for _, profile := range foreign() {
		h, where := serve(t)
		ran := map[string]bool{}
		for _, parallel := range []int{1, 4} {
			for _, check := range run(t, where, conformance.Options{Profiles: []string{profile}, Parallel: parallel}).Checks {
				ran[check.ID] = true
				if check.Outcome != reports.Passed {
					t.Errorf("%s: %s %s: %s; expected %s; actual %s", profile, check.ID, check.Outcome, check.SkipReason, check.Expected, check.Actual)
				}
			}
		}
		for _, c := range suites.All() {
			if c.Profile == profile && !ran[string(c.ID)] {
				t.Errorf("%s does not run %s", profile, c.ID)
			}
		}
		if users, groups, _ := h.Counts(); users+groups != 0 {
			t.Errorf("%s: %d users and %d groups were left behind", profile, users, groups)
		}
	}
	for _, c := range suites.Checks() {
		if c.Foreign() {
			t.Errorf("%s is part of a default run", c.ID)
		}
	}
}
