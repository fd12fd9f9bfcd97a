package engine_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// runUntilDone runs the job again after each stop and says how many there were.
func (b *bench) runUntilDone(stop *atomic.Pointer[func()]) (stops int) {
	b.t.Helper()
	for range 20 {
		ctx, cancel := context.WithCancel(b.t.Context())
		end := func() { cancel() }
		stop.Store(&end)
		_, err := engine.Run(ctx, b.cfg, engine.Deps{HTTP: &http.Client{Transport: &http.Transport{}}, Clock: b.clock, Now: time.Now})
		cancel()
		b.cfg.Tenant = nil
		if err == nil {
			return stops
		}
		if !errors.Is(err, context.Canceled) {
			b.t.Fatal(err)
		}
		stops++
	}
	b.t.Fatal("the job does not come to an end")
	return stops
}

// logIsWhole checks the log against what the target holds: each creation and each membership
// once, no id twice, time never going back.
func (b *bench) logIsWhole(objects, memberships int) {
	b.t.Helper()
	created, ids := map[string]int{}, map[string]bool{}
	members := map[string]int{}
	var last time.Time
	for _, s := range b.log() {
		if ids[s.ID] {
			b.t.Errorf("the id %s stands in the log twice", s.ID)
		}
		ids[s.ID] = true
		if at := time.Time(s.ActivityDateTime); at.Before(last) {
			b.t.Errorf("an entry of %v stands after one of %v", at, last)
		} else {
			last = at
		}
		if s.ProvisioningAction == provlog.Create && s.ProvisioningStatusInfo.Status == provlog.Success {
			created[s.SourceIdentity.ID]++
		}
		for _, m := range s.ModifiedProperties {
			if m.DisplayName == "members" && m.NewValue != nil {
				members[s.SourceIdentity.ID+" "+*m.NewValue]++
			}
		}
	}
	for key, n := range created {
		if n != 1 {
			b.t.Errorf("%s was created %d times", key, n)
		}
	}
	for key, n := range members {
		if n != 1 {
			b.t.Errorf("the membership %s was written %d times", key, n)
		}
	}
	if len(created) != objects || len(members) != memberships {
		b.t.Errorf("the log tells of %d objects and %d memberships; the target holds %d and %d", len(created), len(members), objects, memberships)
	}
}
