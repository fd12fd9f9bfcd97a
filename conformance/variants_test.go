package conformance_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// serveVariants starts a reference target that makes permitted choices another way.
func serveVariants(t *testing.T, variants ...string) conformance.Target {
	t.Helper()
	_, where := serveWith(t, target.Options{Variants: variants})
	return where
}

// unasked are the checks that a variant leaves nothing to ask for: they are skipped, with the reason.
func unasked(variants ...string) []string {
	var ids []string
	if slices.Contains(variants, "index-only") {
		ids = append(ids, "QRY-027") // pages by cursor are not announced
	}
	if slices.Contains(variants, "no-user-groups") {
		ids = append(ids, "MEM-036", "MEM-055") // users show no groups
	}
	if slices.Contains(variants, "unknown-refused") {
		ids = append(ids, "USR-083") // roles are not announced, and refused
	}
	return ids
}

// TestPermittedVariantsPass holds the checks to failing nobody who is right: the whole
// catalogue runs on each permitted variant. By the RFCs nothing fails, and nothing warns but
// what the variant itself says that speaks against it; under Entra's rules, which are
// stricter, nothing else is found either.
func TestPermittedVariantsPass(t *testing.T) {
	for _, v := range target.Variants() {
		t.Run(v.ID, func(t *testing.T) {
			where := serveVariants(t, v.ID)
			for _, profiles := range [][]string{{"rfc"}, {"rfc", "entra"}} {
				found := []string{}
				for _, check := range run(t, where, conformance.Options{Profiles: profiles}).Checks {
					switch {
					case check.Outcome == reports.Passed, check.Outcome == reports.Skipped && slices.Contains(unasked(v.ID), check.ID):
						continue
					case check.Outcome == reports.Warned, check.Outcome == reports.Failed && len(profiles) > 1:
						found = append(found, check.ID)
					}
					if check.Outcome != reports.Warned && !slices.Contains(v.Against, check.ID) {
						t.Errorf("%v: %s %s: expected %s; actual %s", profiles, check.ID, check.Outcome, check.Expected, check.Actual)
					}
				}
				slices.Sort(found)
				if diff := cmp.Diff(append([]string{}, v.Against...), found); diff != "" {
					t.Errorf("%v: checks that find it (-what the variant says +found):\n%s", profiles, diff)
				}
			}
		})
	}
}

// TestPermittedVariantsTogether draws variants that go together, by a seed.
func TestPermittedVariantsTogether(t *testing.T) {
	exclusive := [][]string{{"opaque-ids", "number-ids"}, {"unknown-member-404", "unknown-member-kept"}, {"open-discovery", "closed-discovery"}}
	for seed := range uint64(4) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0)) //nolint:gosec // a draw of a test
			all := target.Variants()
			random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			var drawn, against []string
			for _, v := range all {
				clash := slices.ContainsFunc(exclusive, func(pair []string) bool {
					return slices.Contains(pair, v.ID) && slices.ContainsFunc(drawn, func(id string) bool { return slices.Contains(pair, id) })
				})
				if clash || len(drawn) == 12 {
					continue
				}
				drawn, against = append(drawn, v.ID), append(against, v.Against...)
			}
			for _, check := range run(t, serveVariants(t, drawn...), conformance.Options{}).Checks {
				skipped := check.Outcome == reports.Skipped && slices.Contains(unasked(drawn...), check.ID)
				if check.Outcome != reports.Passed && !skipped && !slices.Contains(against, check.ID) {
					t.Errorf("%v: %s %s: expected %s; actual %s", drawn, check.ID, check.Outcome, check.Expected, check.Actual)
				}
			}
		})
	}
}
