package main

import (
	"context"
	"database/sql"
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// elsewhere is a target on another machine, https://example.com. It has a person with the id
// that the rehearsal gave to ada.
type elsewhere struct {
	*target.Target

	server *httptest.Server
	caFile string
	mu     sync.Mutex
	writes []string
}

func newElsewhere(t *testing.T) *elsewhere {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	tgt.Do(http.MethodPost, "/Users", []byte(`{"userName":"ada@contoso.example","displayName":"somebody else","active":true}`))
	e := &elsewhere{Target: tgt}
	e.server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			e.mu.Lock()
			e.writes = append(e.writes, r.Method+" "+r.URL.Path)
			e.mu.Unlock()
		}
		tgt.ServeHTTP(w, r)
	}))
	t.Cleanup(e.server.Close)
	e.caFile = writeTest(t, filepath.Join(t.TempDir(), "ca.pem"), string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: e.server.Certificate().Raw})))
	return e
}

// run runs a command against the target on the other machine.
func (e *elsewhere) run(t *testing.T, args ...string) result {
	t.Helper()
	i := invocation{env: withToken(), prepare: func(p *console.Process) {
		p.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, e.server.Listener.Addr().String())
		}
	}}
	return i.run(t, append(args, "--target", "https://example.com", "--allow-host", "example.com", "--ca-file", e.caFile)...)
}

// wrote takes the writes that were sent.
func (e *elsewhere) wrote() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	w := e.writes
	e.writes = nil
	return w
}

const (
	adaWorks  = `{"@odata.type":"#microsoft.graph.user","id":"1","userPrincipalName":"ada@contoso.example","accountEnabled":true}` + "\n"
	adaLeaves = `{"@odata.type":"#microsoft.graph.user","id":"1","userPrincipalName":"ada@contoso.example","accountEnabled":false}` + "\n" +
		`{"@odata.type":"#microsoft.graph.user","id":"2","userPrincipalName":"bob@contoso.example","accountEnabled":true}` + "\n"
)

// rehearsal is a job that made ada in a target on loopback; since then, ada has left.
type rehearsal struct{ url, state, leaves string }

func rehearse(t *testing.T) rehearsal {
	t.Helper()
	dir := t.TempDir()
	r := rehearsal{state: filepath.Join(dir, "job"), leaves: writeTest(t, filepath.Join(dir, "leaves.jsonl"), adaLeaves)}
	r.url, _ = serveTarget(t, nil)
	works := writeTest(t, filepath.Join(dir, "works.jsonl"), adaWorks)
	args := []string{"simulate", "--target", r.url, "--tenant", works, "--state", r.state, "--cycles", "1", "--out", filepath.Join(dir, "out")}
	invocation{env: withToken()}.run(t, args...).want(t, 0)
	return r
}

// disown makes the state one of an older version.
func (r rehearsal) disown(t *testing.T) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.state, "job.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "DELETE FROM record WHERE key = 'owner'"); err != nil {
		t.Fatal(err)
	}
}

// simulate are the arguments of the next cycle.
func (r rehearsal) simulate(t *testing.T, args ...string) []string {
	return append([]string{"simulate", "--tenant", r.leaves, "--state", r.state, "--cycles", "1", "--out", t.TempDir()}, args...)
}

// TestRehearsalElsewhere uses the state of a rehearsal on another machine: refused, and the
// person there with the same id stays as she is, also with --rebind (S9, F1).
func TestRehearsalElsewhere(t *testing.T) {
	t.Parallel()
	e, r := newElsewhere(t), rehearse(t)
	before := e.Snapshot("/Users")
	said := "this state belongs to " + r.url + " (customappsso, legacy), not to https://example.com"
	for _, args := range [][]string{
		r.simulate(t), r.simulate(t, "--plan"), r.simulate(t, "--adopt-existing"), r.simulate(t, "--restart", "Full"),
		{"ondemand", "--user", "1", "--tenant", r.leaves, "--state", r.state, "--out", t.TempDir()},
	} {
		e.run(t, args...).want(t, reports.ExitUsage, said, "--rebind")
	}
	if w := e.wrote(); len(w) > 0 {
		t.Errorf("a refused run sent %v", w)
	}
	e.run(t, r.simulate(t, "--plan", "--rebind")...).want(t, 0, "note: the links of this state are dropped")
	e.run(t, r.simulate(t, "--rebind")...).want(t, 0, "note: the links of this state are dropped; all objects are matched again in https://example.com")
	e.run(t, r.simulate(t)...).want(t, 0) // it belongs here now
	if diff := cmp.Diff([]string{"POST /Users"}, e.wrote()); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
	after := e.Snapshot("/Users")
	if diff := cmp.Diff(before[0], after[0]); diff != "" || len(after) != 2 {
		t.Errorf("somebody else's object (-want +got):\n%s", diff)
	}
	invocation{env: withToken()}.run(t, r.simulate(t, "--target", r.url)...).
		want(t, reports.ExitUsage, "this state belongs to https://example.com (customappsso, legacy), not to "+r.url)
}

// TestAnotherPort uses a state with a target at another port of loopback: another target.
func TestAnotherPort(t *testing.T) {
	t.Parallel()
	r := rehearse(t)
	other, tgt := serveTarget(t, nil)
	invocation{env: withToken()}.run(t, r.simulate(t, "--target", other)...).want(t, reports.ExitUsage, "this state belongs to "+r.url, "not to "+other)
	invocation{env: withToken()}.run(t, r.simulate(t, "--target", r.url+"/?aadOptscim062020")...).want(t, 0)
	invocation{env: withToken()}.run(t, r.simulate(t, "--target", other, "--rebind")...).want(t, 0)
	if users, _, _ := tgt.Counts(); users != 1 {
		t.Errorf("%d users, want bob; nobody is created to be disabled", users)
	}
	invocation{env: withToken()}.run(t, "simulate", "--target", other, "--rebind", "--generate", "users=1", "--out", t.TempDir()).
		want(t, reports.ExitUsage, "--rebind: no state", "--state DIR")
}

// TestStateWithoutOwner uses a state of an older version, which does not say its target.
func TestStateWithoutOwner(t *testing.T) {
	t.Parallel()
	e, r := newElsewhere(t), rehearse(t)
	r.disown(t)
	e.run(t, r.simulate(t)...).want(t, reports.ExitUsage, "does not say to which target it belongs, so it is not used with https://example.com", "--rebind")
	if w := e.wrote(); len(w) > 0 {
		t.Errorf("a refused run sent %v", w)
	}
	invocation{env: withToken()}.run(t, r.simulate(t, "--target", r.url)...).
		want(t, 0, "note: this state was written by an older version and does not say to which target it belongs; from now on it is that of "+r.url)
	r.disown(t)
	e.run(t, r.simulate(t, "--rebind")...).want(t, 0)
	if diff := cmp.Diff([]string{"POST /Users"}, e.wrote()); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
}
