package simulator_test

import (
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/cycle"
)

// TestOneRunAtATime begins another run, and a provisioning on demand, while a run has the
// state: both are refused before they load or send anything, and both may come after it.
func TestOneRunAtATime(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 2, 1)
	second := b.cfg
	second.Out, second.Tenant = t.TempDir(), nil
	deps := simulator.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now}
	refused := func(err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "another run uses the state in "+b.cfg.State) {
			t.Errorf("the error is %v", err)
		}
	}
	first := deps
	first.Ended = func(cycle.Result) {
		_, err := simulator.Run(t.Context(), second, deps)
		refused(err)
		_, err = simulator.OnDemand(t.Context(), second, deps, simulator.Demand{User: "nobody"})
		refused(err)
	}
	if _, err := simulator.Run(t.Context(), b.cfg, first); err != nil {
		t.Fatal(err)
	}
	if _, err := simulator.Run(t.Context(), second, deps); err != nil {
		t.Errorf("after the first run: %v", err)
	}
}
