package engine_test

import (
	"errors"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// TestOnDemandChoices shows both sides of when provisioning on demand is refused.
func TestOnDemandChoices(t *testing.T) {
	t.Parallel()
	refusedBy := func(err error) string {
		refusal, ok := errors.AsType[*job.Refusal](err)
		if !ok {
			return ""
		}
		return refusal.Rule
	}
	for value, want := range map[string]string{"false": "", "true": "E-280"} {
		t.Run("E-280 E-306 onDemandLimit "+value, func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 0, 1)
			b.people(1)
			b.cfg.Set = map[string]string{"timeScale": "0", "onDemandLimit": value}
			for range 5 {
				b.must(engine.Demand{User: "u000"})
			}
			_, err := b.demand(engine.Demand{User: "u000"})
			if got := refusedBy(err); got != want || want == "" && err != nil {
				t.Errorf("the sixth on the same second is refused by %q (%v), want %q", got, err, want)
			}
			if want != "" && len(b.seen) != 0 {
				t.Errorf("%d requests were sent all the same", len(b.seen))
			}
			// Ten seconds later the first ones do not count any more.
			if err := b.clock.WaitUntil(t.Context(), b.clock.Now().Add(10*time.Second)); err != nil {
				t.Fatal(err)
			}
			b.must(engine.Demand{User: "u000"})
		})
	}

	for value, want := range map[string]string{"false": "", "true": "E-282"} {
		t.Run("E-282 onDemandStopped "+value, func(t *testing.T) {
			t.Parallel()
			b, deps := withOAuth(t, clientSecret)
			b.people(1)
			b.cfg.Set, b.cfg.Cycles = map[string]string{"onDemandStopped": value}, 1
			demand := func() error {
				_, err := engine.OnDemand(t.Context(), b.cfg, *deps, engine.Demand{User: "u000"})
				b.cfg.Tenant = nil
				return err
			}
			if _, err := engine.Run(t.Context(), b.cfg, *deps); err != nil {
				t.Fatal(err)
			}
			b.cfg.Tenant = nil
			err := demand()
			if got := refusedBy(err); got != want || want == "" && err != nil {
				t.Errorf("while the job runs it is refused by %q (%v), want %q", got, err, want)
			}
			deps.Timeline = []job.Moment{pause(41 * time.Minute)}
			b.cfg.Cycles, b.cfg.For = 0, time.Hour
			if _, err := engine.Run(t.Context(), b.cfg, *deps); err != nil {
				t.Fatal(err)
			}
			if err := demand(); err != nil {
				t.Errorf("while the job is paused: %v", err)
			}
		})
	}
	t.Run("E-282 onDemandStopped true, with a bearer token", func(t *testing.T) {
		t.Parallel()
		b := newBench(t, "goto", 0, 1)
		b.people(1)
		b.cfg.Set, b.cfg.Cycles = map[string]string{"onDemandStopped": "true"}, 1
		b.run()
		b.must(engine.Demand{User: "u000"})
	})
}
