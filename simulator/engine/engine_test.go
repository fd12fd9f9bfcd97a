package engine_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// bench is a target on loopback, an application and a tenant, all from one seed.
type bench struct {
	t      *testing.T
	target *target.Target
	server *httptest.Server
	clock  *clock.Virtual
	tenant generate.TenantOptions
	cfg    engine.Config
	mu     sync.Mutex
	seen   []string // method, path and body of writes; reads without body
}

func newBench(t *testing.T, profile string, users, groups int) *bench {
	t.Helper()
	b := &bench{t: t, clock: clock.NewVirtual(engine.Start()), tenant: generate.TenantOptions{Users: users, Groups: groups, Seed: 7}}
	var err error
	if b.target, err = target.New(target.Options{Seed: 1, Token: "secret", Now: b.clock.Now}); err != nil {
		t.Fatal(err)
	}
	b.server = httptest.NewServer(overheard(t, func(c call) {
		b.mu.Lock()
		b.seen = append(b.seen, strings.TrimSpace(c.method+" "+c.uri+" "+c.body))
		b.mu.Unlock()
	}, b.target))
	t.Cleanup(b.server.Close)
	var text bytes.Buffer
	if err := generate.Tenant(&text, b.tenant); err != nil {
		t.Fatal(err)
	}
	b.cfg = engine.Config{
		Endpoint: scimclient.Config{TenantURL: b.server.URL, Authorization: "Bearer secret"},
		App:      builtin(t, profile),
		Tenant:   &text, TenantName: "generated", Cycles: 1, Parallel: 1, Seed: 7, RunID: generate.RunID(7),
		State: t.TempDir(), Out: t.TempDir(), Transcript: "off", Secrets: []string{"secret"},
	}
	return b
}

// run runs the configured cycles and returns what came of them.
func (b *bench) run() *engine.Result {
	b.t.Helper()
	b.seen = nil
	res, err := engine.Run(b.t.Context(), b.cfg, engine.Deps{HTTP: b.server.Client(), Clock: b.clock, Now: time.Now})
	if err != nil {
		b.t.Fatal(err)
	}
	b.cfg.Tenant = nil
	return res
}

// changes takes lines as the change stream.
func (b *bench) changes(lines string) {
	b.t.Helper()
	var err error
	if b.cfg.Changes, err = directory.ReadChanges(strings.NewReader(lines), "changes"); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) small() {
	b.t.Helper()
	var text bytes.Buffer
	if err := generate.Small(&text, b.tenant); err != nil {
		b.t.Fatal(err)
	}
	var err error
	if b.cfg.Changes, err = directory.ReadChanges(&text, "small"); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) log() []provlog.Summary {
	b.t.Helper()
	raw, err := os.ReadFile(filepath.Join(b.cfg.Out, "provisioning-log.jsonl"))
	if err != nil {
		b.t.Fatal(err)
	}
	var out []provlog.Summary
	for line := range strings.Lines(string(raw)) {
		var s provlog.Summary
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			b.t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func TestInitialAndQuietCycles(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 100, 8)
	b.cfg.Cycles = 4
	res := b.run()

	users, groups, memberships := b.target.Counts()
	if users != 96 || groups != 8 {
		t.Errorf("E-30: the target holds %d users and %d groups, want 96 and 8", users, groups)
	}
	first := res.Cycles[0].Counts
	if first.Created != 104 || first.MembersAdded != int64(memberships) || memberships == 0 || first.Failed != 0 {
		t.Errorf("cycle 1: %+v with %d memberships in the target", first, memberships)
	}
	for _, c := range res.Cycles[1:] {
		if c.Kind != cycle.Incremental || c.Counts.Exports() != 0 || c.Counts.Requests != 1 {
			t.Errorf("EN-3: quiet cycle %d is %s with %d exports and %d requests, want incremental, 0 and the preflight", c.Number, c.Kind, c.Counts.Exports(),
				c.Counts.Requests)
		}
		t.Run(fmt.Sprintf("A-1 E-19 E-300 W-96 cycle %d starts 40 minutes after the one before", c.Number), func(t *testing.T) {
			if began := res.Cycles[c.Number-2].Began; c.Began.Sub(began) != 40*time.Minute {
				t.Errorf("it began %v after it", c.Began.Sub(began))
			}
		})
	}
	if res.Job.Status.Code != "Active" || len(res.Escrows) != 0 {
		t.Errorf("job %s with %d escrows", res.Job.Status.Code, len(res.Escrows))
	}
}

func TestEqualBytes(t *testing.T) {
	t.Parallel()
	sameLogs(t, func(parallel int) map[string]string {
		b := newBench(t, "customappsso", 60, 6)
		b.cfg.Cycles, b.cfg.Parallel = 4, parallel
		b.small()
		b.target.Outage(engine.Start().Add(70*time.Minute), engine.Start().Add(90*time.Minute))
		b.run()
		return b.logs()
	})
}

// TestExactRequests shows what a leaver, a mover, a rename, a new and a removed member
// make Entra send, and that nothing else is sent.
func TestExactRequests(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 40, 5)
	b.small()
	b.cfg.Cycles = 2
	b.run() // initial, and one at 00:40 before the changes
	b.cfg.Cycles = 1
	b.run()

	kinds := map[string]int{}
	var writes []string
	for _, r := range b.seen {
		method, rest, _ := strings.Cut(r, " ")
		if method != "GET" {
			path, body, _ := strings.Cut(rest, " ")
			kind := strings.Split(path, "/")[1]
			writes = append(writes, method+" "+kind+" "+mask(body))
		}
		kinds[method]++
	}
	patch := func(ops string) string {
		return `{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[` + ops + `]}`
	}
	want := []string{
		"PATCH Groups " + patch(`{"op":"Add","path":"members","value":[{"value":"ID"}]}`),                                                        // W-69
		"PATCH Groups " + patch(`{"op":"Remove","path":"members","value":[{"value":"ID"}]}`),                                                     // W-70
		"PATCH Users " + patch(`{"op":"Replace","path":"active","value":"False"}`),                                                               // W-58
		"PATCH Users " + patch(`{"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"TEXT"}`), // W-54
		"PATCH Users " + patch(`{"op":"Replace","path":"userName","value":"TEXT"},{"op":"Replace","path":"name.familyName","value":"Hartmann"}`), // W-50
	}
	if diff := cmp.Diff(want, sorted(writes)); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
	// preflight W-1, three users W-17, and W-18 for the one group that gains a member and loses one
	if kinds["POST"]+kinds["DELETE"] != 0 || kinds["GET"] != 1+3+1 {
		t.Errorf("requests by method %v; want 5 GET and no POST or DELETE:\n%s", kinds, strings.Join(b.seen, "\n"))
	}
}

// mask takes out what belongs to one run: ids, names and departments.
func mask(body string) string {
	var p struct {
		Schemas    []string
		Operations []struct {
			Op, Path string
			Value    any
		}
	}
	if json.Unmarshal([]byte(body), &p) != nil {
		return body
	}
	for _, o := range p.Operations {
		if _, id, ok := strings.Cut(o.Path, `[value eq "`); ok {
			body = strings.ReplaceAll(body, strings.TrimSuffix(id, `"]`), "ID")
		}
		switch v := o.Value.(type) {
		case map[string]any:
			if name, ok := v["userName"].(string); ok {
				body = strings.ReplaceAll(body, `"`+name+`"`, `"TEXT"`)
			}
		case []any:
			for _, m := range v {
				if id, ok := m.(map[string]any)["value"].(string); ok {
					body = strings.ReplaceAll(body, id, "ID")
				}
			}
		case string:
			if v != "False" && v != "True" && v != "Hartmann" {
				body = strings.ReplaceAll(body, `"`+v+`"`, `"TEXT"`)
			}
		}
	}
	return body
}

func sorted(s []string) []string {
	out := append([]string(nil), s...)
	for i := range out {
		for j := i + 1; j < len(out); j++ {
			if out[j] < out[i] {
				out[i], out[j] = out[j], out[i]
			}
		}
	}
	return out
}

func TestOutageAndQuarantine(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 40, 4)
	start := engine.Start()
	b.target.Outage(start.Add(30*time.Minute), start.Add(3*time.Hour))
	b.cfg.Cycles = 3
	res := b.run()

	second, third := res.Cycles[1], res.Cycles[2]
	if !second.Failed || second.Cause == nil || second.Counts.Exports() != 0 {
		t.Errorf("E-250: the cycle in the outage: %+v", second)
	}
	if got := third.Began.Sub(second.Ended); got != 6*time.Hour || third.Failed {
		t.Errorf("A-26: the next attempt came %v later, failed %v; want 6h and success", got, third.Failed)
	}
	if res.Job.Status.Code != "Active" {
		t.Errorf("E-258: the job is %s after a good attempt", res.Job.Status.Code)
	}
	var events []string
	for _, a := range res.Audit {
		events = append(events, a.ActivityDisplayName+" "+a.Result)
	}
	want := []string{"Enable/start provisioning configuration success", "Quarantine failure", "Quarantine success"}
	if diff := cmp.Diff(want, events); diff != "" {
		t.Errorf("audit events (-want +got):\n%s", diff)
	}
}

func TestEscrowIsRetried(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 40, 4)
	var refuse atomic.Bool
	refuse.Store(true)
	inner := b.server.Config.Handler
	b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuse.Load() && r.Method == http.MethodPost && r.URL.Path == "/Users" {
			http.Error(w, "{}", http.StatusInternalServerError)
			return
		}
		inner.ServeHTTP(w, r)
	})
	res := b.run()
	t.Run("E-235 E-253 A-38 A-25 all users fail, the cycle goes on, the job is not in quarantine", func(t *testing.T) {
		if c := res.Cycles[0].Counts; c.Failed < 39 || c.Escrows != c.Failed || c.Created != 4 {
			t.Errorf("%d failed and %d are kept for a retry, %d groups were created", c.Failed, c.Escrows, c.Created)
		}
		if res.Job.Status.Code != "Active" {
			t.Errorf("the job is %s", res.Job.Status.Code)
		}
	})
	refuse.Store(false)
	res = b.run()
	t.Run("E-236 the next cycle retries", func(t *testing.T) {
		users, _, memberships := b.target.Counts()
		if len(res.Escrows) != 0 || users != 39 || memberships == 0 || res.Cycles[0].Began.Sub(engine.Start()) != 40*time.Minute {
			t.Errorf("after the next cycle %d escrows, %d users, %d memberships; want 0, 39 and the memberships", len(res.Escrows), users, memberships)
		}
	})
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	b := newBench(t, "customappsso", 40, 4)
	b.run()
	tenantDB := filepath.Join(b.cfg.State, "tenant.db")
	d, err := directory.Open(t.Context(), tenantDB)
	if err != nil {
		t.Fatal(err)
	}
	var id string
	err = d.Each(t.Context(), directory.User, func(o *directory.Object) error {
		if ok, err := d.Entitled(t.Context(), o.Num); err != nil || !ok || id != "" {
			return err
		}
		id = o.ID
		return nil
	})
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	changes := strings.NewReplacer("ID", id).Replace(`
{"at":"PT30M","@odata.type":"#microsoft.graph.user","id":"ID","@removed":{"reason":"changed"}}
{"at":"PT70M","@odata.type":"#microsoft.graph.user","id":"ID"}
{"at":"PT110M","@odata.type":"#microsoft.graph.user","id":"ID","@removed":{"reason":"deleted"}}`)
	if b.cfg.Changes, err = directory.ReadChanges(strings.NewReader(changes), "life"); err != nil {
		t.Fatal(err)
	}
	before, _, _ := b.target.Counts()
	var got []string
	for range 3 {
		b.run()
		for _, s := range b.seen {
			if method, rest, _ := strings.Cut(s, " "); method != "GET" {
				_, body, _ := strings.Cut(rest, " ")
				for _, value := range []string{"False", "True"} {
					if strings.HasSuffix(body, `"Operations":[{"op":"Replace","path":"active","value":"`+value+`"}]}`) {
						body = "active " + value
					}
				}
				got = append(got, method+" "+body)
			}
		}
	}
	want := []string{"PATCH active False", "PATCH active True", "DELETE "}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("E-216: soft delete, restore, hard delete (-want +got):\n%s", diff)
	}
	if after, _, _ := b.target.Counts(); after != before-1 {
		t.Errorf("the target holds %d users after the deletion, %d before", after, before)
	}
}

func TestLogSaysWhy(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 50, 4)
	b.run()
	skipped := 0
	for _, s := range b.log() {
		if s.ProvisioningStatusInfo.Status == provlog.Skipped {
			skipped++
			last := s.ProvisioningSteps[len(s.ProvisioningSteps)-1]
			if last.Details.Get("SkipReason") != provlog.SkipNotEffectivelyEntitled {
				t.Errorf("E-317: %s was skipped for %q", s.SourceIdentity.DisplayName, last.Details.Get("SkipReason"))
			}
		}
	}
	if skipped != 2 {
		t.Errorf("E-42: %d entries are skipped, want the 2 users out of scope", skipped)
	}
}
