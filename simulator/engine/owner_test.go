package engine_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/state"
)

// next runs the job again, without its tenant file.
func (b *bench) next(change func(*engine.Config)) (*engine.Result, error) {
	b.t.Helper()
	b.cfg.Tenant, b.seen = nil, nil
	cfg := b.cfg
	change(&cfg)
	return engine.Run(b.t.Context(), cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now})
}

func (b *bench) refused(err error, say string) {
	b.t.Helper()
	if err == nil || !strings.Contains(err.Error(), say) || !strings.Contains(err.Error(), "--rebind") || len(b.seen) > 0 {
		b.t.Errorf("error = %v, want %q; requests %q", err, say, b.seen)
	}
}

// TestEmbeddedOwner (S9): the state of an embedded target is that of its run alone, and an embedded
// target has no journal, for it is gone with the process.
func TestEmbeddedOwner(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 2, 1)
	b.cfg.Embedded = true
	b.run()
	if _, err := os.Stat(filepath.Join(b.cfg.Out, "journal.jsonl")); err == nil {
		t.Error("an embedded target has a journal")
	}
	_, err := b.next(func(c *engine.Config) { c.Embedded = false })
	b.refused(err, "this state belongs to the embedded target of run "+b.cfg.RunID+" (goto, ")
	_, err = b.next(func(c *engine.Config) { c.RunID = "another" })
	b.refused(err, "not to the embedded target of run another")
	if _, err := b.next(func(*engine.Config) {}); err != nil {
		t.Error(err)
	}
}

// TestRebind (S9): a state that moves matches everything again, without a trust in its ids, also if
// the process died between the drop of the links and the restart.
func TestRebind(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 3, 1)
	b.run()
	moved := b.server.URL + "/v2"
	_, err := b.next(func(c *engine.Config) { c.Endpoint.TenantURL = moved })
	b.refused(err, "this state belongs to "+b.server.URL+" (goto, ")
	for _, again := range []bool{false, true} {
		if again {
			b.dieBeforeRestart()
		}
		res, err := b.next(func(c *engine.Config) { c.Endpoint.TenantURL, c.Rebind = moved, !again })
		if err != nil {
			t.Fatal(err)
		}
		if c := res.Cycles[0]; c.Kind != "initial" || c.Counts.LinkedUsers != 3 || c.Counts.Created != 0 {
			t.Errorf("again %v: %s, %+v", again, c.Kind, c.Counts)
		}
	}
	if res, err := b.next(func(c *engine.Config) { c.Endpoint.TenantURL = moved }); err != nil || res.Cycles[0].Kind != "incremental" {
		t.Errorf("the cycle after it: %+v, %v", res, err)
	}
}

// TestAnotherTenant (S9): what selects a tenant of one host, in the query, the path or a header, is part
// of the target. Credentials are not, for they are renewed, and neither is shown (S7).
func TestAnotherTenant(t *testing.T) {
	t.Parallel()
	const long = "/4711contoso4711contoso4711"
	for _, c := range []struct {
		name    string
		first   func(url string) (string, http.Header)
		then    func(url string) (string, http.Header)
		refused bool
	}{
		{"parameter", at("/v2?tenant=contoso-4711"), at("/v2?tenant=fabrikam-4711"), true},
		{"parameter left out", at("/v2?tenant=contoso-4711"), at("/v2"), true},
		{"the same", at("/v2?tenant=contoso-4711"), at("/v2/?aadOptscim062020&tenant=contoso-4711"), false},
		{"segment", at("/v2?x=" + long), at("/v2?x=" + long + "1"), true},
		{"header", at("/v2", "X-Tenant", "contoso-4711"), at("/v2", "X-Tenant", "fabrikam-4711"), true},
		{"a new key", at("/v2?api_key=c2VjcmV0LXNlY3JldA", "X-Api-Key", "one"), at("/v2?api_key=b3RoZXItc2VjcmV0", "X-Api-Key", "two"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, "goto", 2, 1)
			own := b.server.URL
			set := func(f func(string) (string, http.Header)) func(*engine.Config) {
				return func(cfg *engine.Config) { cfg.Endpoint.TenantURL, cfg.Endpoint.Header = f(own) }
			}
			set(c.first)(&b.cfg)
			b.run()
			_, err := b.next(set(c.then))
			switch {
			case c.refused:
				b.refused(err, "this state belongs to ")
				if strings.Contains(err.Error(), "4711") {
					t.Errorf("%q shows what may be a secret", err)
				}
			case err != nil:
				t.Error(err)
			}
		})
	}
}

// at is a tenant URL below the target with headers.
func at(path string, header ...string) func(string) (string, http.Header) {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return func(url string) (string, http.Header) { return url + path, h }
}

// dieBeforeRestart leaves the state of a process that dropped the links and died.
func (b *bench) dieBeforeRestart() {
	b.t.Helper()
	store, err := state.Open(b.t.Context(), filepath.Join(b.cfg.State, "job.db"))
	if err != nil {
		b.t.Fatal(err)
	}
	owner := map[string]any{}
	if _, err = store.Load(b.t.Context(), "owner", &owner); err == nil {
		owner["restart"] = true
		err = store.Save(b.t.Context(), "owner", owner)
	}
	if err == nil {
		err = store.ClearLinks(b.t.Context())
	}
	if _, known, loadErr := job.Load(b.t.Context(), store); err != nil || loadErr != nil || !known {
		b.t.Fatal(err, loadErr, known)
	}
	if err := store.Close(); err != nil {
		b.t.Fatal(err)
	}
}

// TestStateWithoutOwner (S4, S9): a state of an older version with links is taken over on loopback
// only; one without links is taken anywhere.
func TestStateWithoutOwner(t *testing.T) {
	t.Parallel()
	for name, links := range map[string]bool{"links": true, "no links": false} {
		b := newBench(t, "goto", 2, 1)
		b.run()
		store, err := state.Open(t.Context(), filepath.Join(b.cfg.State, "job.db"))
		if err == nil {
			err = store.Save(t.Context(), "owner", nil)
		}
		if err == nil && !links {
			err = store.ClearLinks(t.Context())
		}
		if err == nil {
			err = store.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
		res, err := b.next(func(c *engine.Config) { c.External, c.AdoptExisting = true, true })
		if links {
			b.refused(err, "does not say to which target it belongs, so it is not used with "+b.server.URL)
			res, err = b.next(func(*engine.Config) {})
		}
		if err != nil || len(res.Notes) != map[bool]int{true: 1}[links] {
			t.Errorf("%s: %+v, %v", name, res, err)
		}
	}
}
