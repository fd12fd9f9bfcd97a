package engine_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

// logs are the files that have to be equal for every number of workers.
func (b *bench) logs() map[string]string {
	b.t.Helper()
	out := map[string]string{}
	for _, name := range []string{"provisioning-log.jsonl", "audit-log.jsonl", "job.json"} {
		raw, err := os.ReadFile(filepath.Join(b.cfg.Out, name))
		if err != nil {
			b.t.Fatal(err)
		}
		out[name] = string(raw)
	}
	return out
}

// sameLogs compares the logs of runs with 1, 8 and 16 workers.
func sameLogs(t *testing.T, run func(parallel int) map[string]string) {
	t.Helper()
	want := run(1)
	for _, parallel := range []int{1, 8, 16} {
		for name, text := range run(parallel) {
			if text != want[name] {
				diff := cmp.Diff(strings.Split(want[name], "\n"), strings.Split(text, "\n"))
				t.Errorf("%s differs with %d workers (-first +this):\n%s", name, parallel, diff[:min(len(diff), 3000)])
			}
		}
	}
}

// twins are users whose matching values differ in case only, and others whose names are
// those of a twin, so that one of each pair finds what the other one made.
func twins(n int) string {
	var b strings.Builder
	for i := range n {
		name := fmt.Sprintf("twin%d@twins.example", i)
		for j, upn := range []string{name, strings.ToUpper(name), name} {
			fmt.Fprintf(&b, `{"@odata.type":"#microsoft.graph.user","id":"%08d-0000-4000-8000-%012d","accountEnabled":true,"userPrincipalName":%q,"mailNickname":%q,`+
				`"displayName":"Twin %d","surname":"Twin"}`+"\n",
				(i*37)%97, i*3+j, upn, upn, i)
		}
	}
	return b.String()
}

// twinsThere puts the twins into the target, with another family name: the first of each
// pair adopts the object and has something to write, which may fail.
func (b *bench) twinsThere(n int) {
	b.t.Helper()
	for i := range n {
		body := fmt.Sprintf(`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"twin%d@twins.example","name":{"familyName":"Before"}}`, i)
		req, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.server.URL+"/Users", strings.NewReader(body))
		if err != nil {
			b.t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer secret")
		resp, err := b.server.Client().Do(req)
		if err != nil {
			b.t.Fatal(err)
		}
		if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusCreated {
			b.t.Fatal(resp.Status, err)
		}
	}
}

// TestEqualBytesWithFaults runs initial and incremental cycles with changes on a target that
// fails, loses and cuts off one request in eight, with twins among the users, over real HTTP.
func TestEqualBytesWithFaults(t *testing.T) {
	t.Parallel()
	rates := map[fault.Kind]float64{
		fault.TooManyRequests: 0.02, fault.ServerError: 0.02, fault.ResetBefore: 0.02,
		fault.Lost: 0.02, fault.ResetAfter: 0.02, fault.Truncated: 0.02,
	}
	for _, profile := range []string{"customappsso", "goto"} {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			counts := map[string]int{}
			sameLogs(t, func(parallel int) map[string]string {
				b := newBench(t, profile, 80, 8)
				b.twinsThere(20)
				h, err := fault.New(b.server.Config.Handler, fault.Options{Seed: 3, Rates: rates})
				if err != nil {
					t.Fatal(err)
				}
				b.server.Config.Handler = h
				b.cfg.ScopeAll, b.cfg.Cycles, b.cfg.Parallel = true, 7, parallel
				b.cfg.Tenant = io.MultiReader(b.cfg.Tenant, strings.NewReader(twins(24)))
				b.small()
				res := b.run()
				for _, c := range res.Cycles {
					counts["failed"] += int(c.Counts.Failed)
					counts["written"] += int(c.Counts.Exports())
				}
				met := h.Counts()
				for _, kind := range mishaps() {
					if met[kind] == 0 {
						t.Errorf("no request met %s: %v", kind, met)
					}
				}
				logs := b.logs()
				if !strings.Contains(logs["provisioning-log.jsonl"], "is already linked to another source object") {
					t.Error("A-18: no twin found that the other one has the target object")
				}
				return logs
			})
			if counts["failed"] < 4*20 || counts["written"] < 4*80 {
				t.Errorf("too little happened for the comparison to mean something: %v", counts)
			}
		})
	}
}

// TestConnectionsAreReused counts the connections that a run opens.
func TestConnectionsAreReused(t *testing.T) {
	t.Parallel()
	b := newBench(t, "goto", 200, 10)
	var opened, requests atomic.Int64
	inner := b.server.Config.Handler
	b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		inner.ServeHTTP(w, r)
	})
	transport := &http.Transport{MaxIdleConnsPerHost: 16}
	transport.DialContext = (&net.Dialer{}).DialContext
	b.server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	b.cfg.Parallel, b.cfg.Cycles = 16, 3
	if _, err := engine.Run(t.Context(), b.cfg, engine.Deps{HTTP: &http.Client{Transport: transport}, Clock: b.clock, Now: time.Now}); err != nil {
		t.Fatal(err)
	}
	// net/http may dial one connection more while another one comes back to the pool.
	if requests.Load() < 700 || opened.Load() > 40 {
		t.Errorf("%d requests took %d connections; with 16 in flight about 16 are enough", requests.Load(), opened.Load())
	}
}

// TestInParallel counts how many requests the target has before it at once.
func TestInParallel(t *testing.T) {
	t.Parallel()
	for parallel, want := range map[int]int{1: 1, 4: 4} {
		t.Run(fmt.Sprintf("A-24 W-134 parallel %d", parallel), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 60, 4)
			b.cfg.Parallel = parallel
			var mu sync.Mutex
			now, most := 0, 0
			inner := b.server.Config.Handler
			b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				time.Sleep(2 * time.Millisecond)
				inner.ServeHTTP(w, r)
				mu.Lock()
				now--
				mu.Unlock()
			})
			b.run()
			if most != want {
				t.Errorf("%d requests at once, want %d", most, want)
			}
		})
	}
}

// TestRate holds 16 workers to the rate of all of them together.
func TestRate(t *testing.T) {
	t.Parallel()
	for _, rate := range []float64{0, 200} {
		t.Run(fmt.Sprintf("A-24 W-134 rate %v with 16 in flight", rate), func(t *testing.T) {
			b := newBench(t, "goto", 20, 0)
			b.cfg.Parallel, b.cfg.Rate = 16, rate
			began := time.Now()
			requests := b.run().Cycles[0].Counts.Requests
			took := time.Since(began)
			if requests < 40 {
				t.Errorf("%d requests say nothing", requests)
			}
			if least := time.Duration(requests-1) * time.Second / 200; rate > 0 && took < least {
				t.Errorf("%d requests took %v; at 200 a second they take %v", requests, took, least)
			}
		})
	}
}

// TestTimeout meets a target that thinks for a while before it takes the first user.
func TestTimeout(t *testing.T) {
	t.Parallel()
	for timeout, want := range map[time.Duration][]string{time.Minute: nil, 100 * time.Millisecond: {"Timeout"}} {
		t.Run(fmt.Sprintf("A-24 W-132 timeout %v", timeout), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 0, 1)
			b.people(2)
			b.cfg.Limits.Timeout = timeout
			release := make(chan struct{})
			b.refuse(func(r *http.Request, body string) int {
				if r.Method == http.MethodPost && strings.Contains(body, "u000@") {
					select {
					case <-release:
					case <-time.After(500 * time.Millisecond):
					}
				}
				return 0
			})
			res := b.run()
			close(release)
			var got []string
			for _, e := range res.Escrows {
				if e.What == "object" {
					got = append(got, e.Fault.Code)
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

// TestStopAndResume stops a run again and again in its middle. What the target did is in
// the log of the run that made it do so, and the runs together make nothing twice.
func TestStopAndResume(t *testing.T) {
	t.Parallel()
	for _, parallel := range []int{1, 16} {
		t.Run(fmt.Sprintf("%d in flight", parallel), func(t *testing.T) {
			t.Parallel()
			b := newBench(t, "goto", 120, 8)
			b.cfg.Parallel = parallel
			var writes atomic.Int64
			var stop atomic.Pointer[func()]
			inner := b.server.Config.Handler
			b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				inner.ServeHTTP(w, r)
				if r.Method != http.MethodGet && writes.Add(1)%90 == 0 {
					(*stop.Load())()
				}
			})
			stops := b.runUntilDone(&stop)
			users, groups, memberships := b.target.Counts()
			if stops < 3 || users != 116 || groups != 8 || memberships == 0 {
				t.Errorf("after %d stops the target holds %d users, %d groups and %d memberships", stops, users, groups, memberships)
			}
			b.logIsWhole(users+groups, memberships)
		})
	}
}

// TestIDGivenTwice meets a target that gives every user the same id: one is linked, the
// others are escrowed, and the run goes on, alike for every number of workers.
func TestIDGivenTwice(t *testing.T) {
	t.Parallel()
	sameLogs(t, func(parallel int) map[string]string {
		b := newBench(t, "goto", 30, 0)
		inner := b.server.Config.Handler
		b.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				w.WriteHeader(http.StatusCreated)
				_, _ = io.WriteString(w, `{"id":"1"}`)
				return
			}
			inner.ServeHTTP(w, r)
		})
		b.cfg.Parallel = parallel
		res := b.run()
		if c := res.Cycles[0].Counts; c.Created != 1 || c.Failed != 28 || c.Escrows != 28 {
			t.Errorf("A-18: %+v; want 1 created and 28 failed", c)
		}
		if code := res.Escrows[0].Fault.Code; code != "DuplicateSourceEntries" {
			t.Errorf("A-18: %s", code)
		}
		return b.logs()
	})
}

// mishaps are those that need a rate and nothing else, and that a run gets over.
func mishaps() []fault.Kind {
	return []fault.Kind{fault.TooManyRequests, fault.ServerError, fault.ResetBefore, fault.Lost, fault.ResetAfter, fault.Truncated}
}
