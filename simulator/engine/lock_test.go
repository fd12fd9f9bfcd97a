package engine_test

import (
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// TestOneRunAtATime begins another run, and a provisioning on demand, while a run has the
// state: both are refused before they load or send anything, and both may come after it.
func TestOneRunAtATime(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 2, 1)
	second := b.cfg
	second.Out, second.Tenant = t.TempDir(), nil
	deps := engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now}
	refused := func(err error) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), "the state folder "+b.cfg.State+" is in use by process ") {
			t.Errorf("the error is %v", err)
		}
	}
	first := deps
	first.Ended = func(cycle.Result) {
		_, err := engine.Run(t.Context(), second, deps)
		refused(err)
		_, err = engine.OnDemand(t.Context(), second, deps, engine.Demand{User: "nobody"})
		refused(err)
	}
	if _, err := engine.Run(t.Context(), b.cfg, first); err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Run(t.Context(), second, deps); err != nil {
		t.Errorf("after the first run: %v", err)
	}
}
