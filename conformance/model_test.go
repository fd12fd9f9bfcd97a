package conformance_test

import (
	"flag"
	"slices"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/stranger"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

var modelSeeds = flag.Uint("model", 0, "how many seeds the random sequences of the model are drawn from")

// ordered runs the check of random sequences alone.
func ordered(t *testing.T, where conformance.Target, seed uint64, steps int) (check reports.Check, requests int) {
	t.Helper()
	where.Record = func(*exchange.Exchange) { requests++ }
	c := run(t, where, conformance.Options{Checks: []string{"MOD-001"}, Seed: seed, Steps: steps})
	return c.Checks[0], requests
}

// planted are the defects that depend on the order of requests.
func planted() []target.Defect {
	return slices.DeleteFunc(target.Catalog(), func(d target.Defect) bool { return stepsFor(d) == 0 })
}

// TestModelReference asks that the model finds nothing on the reference target.
func TestModelReference(t *testing.T) {
	for seed := range seeds(3) {
		_, where := serve(t)
		check, requests := ordered(t, where, seed, 300)
		t.Logf("seed %d: %s %s, %d requests", seed, check.Outcome, check.Actual, requests)
		if check.Outcome != reports.Passed {
			t.Errorf("seed %d: %s %s %s", seed, check.Outcome, check.Actual, check.SkipReason)
		}
	}
}

// TestModelFinds asks that each planted defect is found, and shrunk to a few requests.
func TestModelFinds(t *testing.T) {
	const most = 6
	canaries := []string{"ORD-02", "ORD-06", "ORD-12", "ORD-13"}
	for _, d := range planted() {
		if *modelSeeds == 0 && !slices.Contains(canaries, d.ID) {
			continue
		}
		_, where := serve(t, d.ID)
		check, requests := ordered(t, where, 1, 2000)
		t.Logf("%s: %s %d of %d, %s", d.ID, check.Outcome, len(check.Exchanges), requests, check.Actual)
		if check.Outcome != reports.Failed || len(check.Exchanges) > most {
			t.Errorf("%s: %s with %d requests, want a failure with %d at most: %s", d.ID, check.Outcome, len(check.Exchanges), most, check.SkipReason)
		}
	}
}

// TestModelDeep asks that a budget of time goes on where the steps end: what a few steps do not show is
// found, long before the budget is spent.
func TestModelDeep(t *testing.T) {
	const id = "ORD-13"
	for deep, want := range map[time.Duration]reports.Outcome{0: reports.Passed, 10 * time.Minute: reports.Failed} {
		_, where := serve(t, id)
		c := run(t, where, conformance.Options{Checks: []string{"MOD-001"}, Seed: 1, Steps: 16, Deep: deep})
		if got := c.Checks[0]; got.Outcome != want {
			t.Errorf("with %s: %s %s, want %s", deep, got.Outcome, got.Actual, want)
		}
	}
}

// TestModelLegal asks that the model finds nothing on endpoints that are right in another way.
func TestModelLegal(t *testing.T) {
	variants := target.Variants()
	if *modelSeeds == 0 {
		t.Skip("the endpoints that are right run with -model N (make model)")
	}
	for seed := range seeds(1) {
		for _, v := range variants {
			t.Run(v.ID, func(t *testing.T) { finds(t, serveVariants(t, v.ID), seed) })
		}
		for _, e := range estates() {
			if e.Kind == stranger.Legal {
				t.Run(e.ID, func(t *testing.T) { finds(t, e.serve(t), seed) })
			}
		}
	}
}

// finds asks that nothing is found. SUR-003 says whether there is a PATCH at all. Some endpoints limit
// the rate of requests, so time passes.
func finds(t *testing.T, where conformance.Target, seed uint64) {
	t.Helper()
	where.Wait = nil
	where.Record = func(*exchange.Exchange) {}
	c, err := conformance.Run(t.Context(), where, conformance.Options{RunID: "rtest", Checks: []string{"SUR-003", "MOD-001"}, Seed: seed, Steps: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range c.Checks {
		if check.ID != "MOD-001" {
			continue
		}
		t.Logf("seed %d: %s %s%s", seed, check.Outcome, check.SkipReason, check.Actual)
		if check.Outcome != reports.Passed && check.Outcome != reports.Skipped && check.Outcome != reports.Blocked {
			t.Errorf("seed %d: %s: expected %s; actual %s", seed, check.Outcome, check.Expected, check.Actual)
		}
	}
}

// seeds is how many seeds each endpoint gets: -model N.
func seeds(few uint64) uint64 { return max(few, uint64(*modelSeeds)) }
