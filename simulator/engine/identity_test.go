package engine_test

import (
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// TestIdentityOfAState (E-5): a state is one job. Later runs and provisioning on demand have its ids,
// whatever their seed is; another state has others.
func TestIdentityOfAState(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 2, 1)
	b.run()
	of := func(s *provlog.Summary) cycle.Identity {
		return cycle.Identity{TenantID: s.TenantID, JobID: s.JobID, ServicePrincipal: s.ServicePrincipal, Source: s.SourceSystem, Target: s.TargetSystem}
	}
	list := b.log()
	want := of(&list[0])
	demand := func(change func(*engine.Config)) *provlog.Summary {
		t.Helper()
		cfg := b.cfg
		cfg.Tenant = nil
		change(&cfg)
		deps := engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now}
		d, err := engine.OnDemand(t.Context(), cfg, deps, engine.Demand{User: list[0].SourceIdentity.ID})
		if err != nil || len(d.Entries) == 0 {
			t.Fatalf("%+v, %v", d, err)
		}
		return d.Entries[0]
	}
	for _, seed := range []uint64{0, 99, 1 << 63} {
		got := demand(func(c *engine.Config) { c.Seed = seed })
		if of(got).JobID != want.JobID || got.TenantID != want.TenantID || got.ServicePrincipal != want.ServicePrincipal ||
			got.SourceSystem.ID != want.Source.ID || got.TargetSystem.ID != want.Target.ID {
			t.Errorf("seed %d: %+v, want %+v", seed, of(got), want)
		}
	}
	res, err := b.next(func(c *engine.Config) { c.Seed = 100 })
	if err != nil || res.Job.ID != want.JobID {
		t.Errorf("a later run is the job %+v, %v, want %s", res, err, want.JobID)
	}
	other := newBench(t, "goto", 2, 1)
	other.cfg.Seed = 100
	if got := other.run(); got.Job.ID == want.JobID {
		t.Errorf("another state has the same job %s", want.JobID)
	}
}
