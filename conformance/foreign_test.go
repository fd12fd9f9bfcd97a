package conformance_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/profiles"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// foreign are the profiles of other clients than Entra.
func foreign() []string {
	return slices.Concat([]string{catalog.Okta, catalog.OneLogin}, lists(), profiles.ClientForms())
}

// lists are the profiles of published lists.
func lists() []string {
	return []string{catalog.OktaSpec, catalog.OktaCRUD, catalog.OktaEntitlements}
}

// TestForeignReferencePasses: the reference target does what other clients than Entra send, and no
// check of theirs is part of a default run.
func TestForeignReferencePasses(t *testing.T) {
	for _, profile := range foreign() {
		h, where := serve(t)
		ran := map[string]bool{}
		for _, parallel := range []int{1, 4} {
			for _, check := range run(t, where, conformance.Options{Profiles: []string{profile}, Parallel: parallel}).Checks {
				ran[check.ID] = true
				if check.Outcome != reports.Passed && (profile != catalog.OktaEntitlements || check.Outcome != reports.Skipped) {
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

// TestForeignStrangers runs the checks of other clients on endpoints that differ from the reference and
// are right, and on every permitted variant. What fails there must be what that client needs beyond
// the RFCs: see lacking. It runs with -strangers (make strangers).
func TestForeignStrangers(t *testing.T) {
	if !*strangers {
		t.Skip("the endpoints of strangers run with -strangers (make strangers)")
	}
	all := map[string]func(t *testing.T) conformance.Target{}
	for _, v := range target.Variants() {
		all[v.ID] = func(t *testing.T) conformance.Target { t.Helper(); return serveVariants(t, v.ID) }
	}
	for _, e := range estates() {
		if e.Kind == stranger.Legal {
			all[e.ID] = e.serve
		}
	}
	for _, id := range slices.Sorted(maps.Keys(all)) {
		t.Run(id, func(t *testing.T) {
			where := all[id](t)
			for _, profile := range foreign() {
				for _, check := range run(t, where, conformance.Options{Profiles: []string{profile}, Parallel: 4}).Checks {
					wrong := check.Outcome == reports.Failed || check.Outcome == reports.Errored
					if !wrong || slices.Contains(lacking()[id], check.ID) {
						continue
					}
					t.Errorf("%s: %s %s: expected %s; actual %s", profile, check.ID, check.Outcome, check.Expected, check.Actual)
				}
			}
		})
	}
}

// lacking are endpoints that are right by the RFCs and lack what a client needs.
func lacking() map[string][]string {
	return map[string][]string{
		"B3-created-without-body": {"OKT-012"},            // Okta needs the user in the response
		"B8-few-can-change":       {"OKT-045", "OKT-053"}, // the name of a group is in each push
		"B9-few-licences":         {"OKT-101", "OKT-102"}, // the list needs a user
		"B10-order-moves":         {"OKT-061"},            // Okta's pages need a stable order
		"L-errors-without-detail": {"OKT-003", "OKT-004", "OKT-101"},
		"terse-errors":            {"OKT-003", "OKT-004", "OKT-101"}, // Okta quotes detail, and its list asks for it
		"L-members-on-request":    {"OKT-054"},                       // Okta names no attributes
		"L-no-filter":             {"OKT-010", "OKT-031", "OKT-032", "OKT-040", "OKT-061", "OKT-101", "OKT-102"},
		"L-password-required":     {"OKT-020", "OKT-021", "OKT-022", "OKT-032", "OKT-033", "OKT-034"}, // no read returns it, so no PUT has it
	}
}
