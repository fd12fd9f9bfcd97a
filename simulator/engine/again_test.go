package engine_test

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
)

// TestReferencesAfterStop stops an incremental cycle after an object was made and before its
// references are written. The next run has no change and no escrow that would tell of it.
func TestReferencesAfterStop(t *testing.T) {
	t.Parallel()
	t.Run("E-291 E-235 the members of a group that a retry made", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"), assigned("g"))
		s.refuse("g")
		s.cycle().stopAt("g")
		s.cycle().writes("PATCH Groups/g Add members ada")
		s.holds("g", "ada")
		s.cycle().reads()
	})
	t.Run("E-41 E-45 the members of a group that came into scope", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), group("g", "ada"), assigned("ada"))
		s.cycle().stopAt("g", assigned("g"))
		s.cycle().writes("PATCH Groups/g Add members ada")
		s.cycle().reads()
	})
	t.Run("E-135 E-235 the manager of a user whom a retry made", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob", "manager@delta", `[{"id":"ada"}]`), assigned("ada"), assigned("bob"))
		s.refuse("bob")
		s.cycle().stopAt("bob")
		s.cycle().writes("PATCH Users/bob Add urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager=ada")
		s.cycle().reads()
	})
}

// TestSourceAfterStop stops a cycle, and something changes before it begins again. What a process
// that was killed had written is known to nobody: only with the source that it had does the
// next attempt write the same once more.
func TestSourceAfterStop(t *testing.T) {
	t.Parallel()
	t.Run("E-50 a cycle that was broken off begins again with the source that it had", func(t *testing.T) {
		t.Parallel()
		s := tell(t, user("ada"), user("bob"), user("eve"), assigned("ada")).cycle()
		s.stopAt("bob", assigned("bob"), assigned("eve"))
		s.cycle(unassigned("bob"), unassigned("eve")).writes("POST Users eve")
		s.cycle().writes("PATCH Users/bob Replace active=False", "PATCH Users/eve Replace active=False")
		s.cycle().reads()
	})
}

// TestDemandAfterStop provisions somebody on demand between a cycle that was stopped and the
// run that begins it again: the cycle gets an id of its own all the same.
func TestDemandAfterStop(t *testing.T) {
	t.Parallel()
	s := tell(t, user("ada"), user("bob"), user("eve"), assigned("ada"), assigned("bob"), assigned("eve"))
	s.refuse("bob")
	s.cycle().stopAt("bob", change("ada", "jobTitle", `"Chief"`))
	before := len(s.entries())
	s.between = func(ctx context.Context, j *job.Job, _ time.Time) error {
		d, err := directory.Open(ctx, filepath.Join(s.cfg.State, "tenant.db"))
		if err != nil {
			return err
		}
		eve, err := d.ByID(ctx, "eve")
		if err != nil {
			return err
		}
		if _, err := j.OnDemand(ctx, eve, nil); err != nil {
			return err
		}
		return errors.Join(errHere, d.Close())
	}
	_, err := engine.Run(t.Context(), s.cfg, engine.Deps{
		HTTP: s.server.Client(), Clock: s.clock, Now: time.Now, Timeline: []job.Moment{{Do: s.between}},
	})
	if !errors.Is(err, errHere) {
		t.Fatal(err)
	}
	s.between = nil
	s.cycle()
	seen := map[string]bool{}
	for _, e := range s.entries() {
		if seen[e.ID] {
			t.Errorf("E-280 the id %s stands in the log twice", e.ID)
		}
		seen[e.ID] = true
	}
	if len(seen) != before+2 { // eve on demand, and ada again
		t.Errorf("the log has %d entries, and had %d before", len(seen), before)
	}
}

var errHere = errors.New("the run ends here")

// stopAt runs the next cycle and stops it once an object was made.
func (s *story) stopAt(name string, lines ...string) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	s.server.answer = func(_ http.ResponseWriter, r *http.Request, body string) bool {
		if r.Method == http.MethodPost && short(body) == name {
			cancel() // the request under way comes to its end
		}
		return false
	}
	s.changes(lines...)
	_, err := engine.Run(ctx, s.cfg, engine.Deps{HTTP: s.server.Client(), Clock: s.clock, Now: time.Now})
	if !errors.Is(err, context.Canceled) {
		s.t.Fatalf("the run was not stopped: %v", err)
	}
	s.server.answer = nil
}
