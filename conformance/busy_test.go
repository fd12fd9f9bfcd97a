package conformance_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// harassed is the correct target behind faults, and how long a client had to wait for it.
func harassed(t *testing.T, timeout time.Duration, faults ...string) (conformance.Target, *fault.Handler, *atomic.Int64) {
	t.Helper()
	late := func(ctx context.Context, d time.Duration) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(d):
			return nil
		}
	}
	o := fault.Options{Seed: 4, Now: time.Now, Wait: late}
	for _, text := range faults {
		r, _, err := fault.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		o.Rules = append(o.Rules, r)
	}
	faulty, err := fault.New(tenants(t, target.Options{}), o)
	if err != nil {
		t.Fatal(err)
	}
	where, waited := reach(t, faulty), &atomic.Int64{}
	where.Sender = exchange.NewSender(http.DefaultClient, exchange.Limits{Timeout: timeout}, time.Now)
	where.Wait = func(_ context.Context, d time.Duration) error { waited.Add(int64(d)); return nil }
	return where, faulty, waited
}

// TestBusyTarget: no check fails on a correct target because it had no time.
func TestBusyTarget(t *testing.T) {
	t.Run("429 now and then, and late answers", func(t *testing.T) {
		where, faulty, waited := harassed(t, 10*time.Second, "429=0.1:7s", "jitter=0.2:5ms")
		for _, check := range run(t, where, conformance.Options{}).Checks {
			if check.Outcome != reports.Passed {
				t.Errorf("%s %s: expected %s; actual %s", check.ID, check.Outcome, check.Expected, check.Actual)
			}
		}
		met := faulty.Counts()
		if n := met[fault.TooManyRequests]; n < 100 || time.Duration(waited.Load()) != time.Duration(n)*7*time.Second || met[fault.Jitter] < 100 {
			t.Errorf("met %v, waited %s; Retry-After says 7 s each time", met, time.Duration(waited.Load()))
		}
	})
	t.Run("nothing is judged by 429 alone", func(t *testing.T) {
		where, _, _ := harassed(t, 10*time.Second, "429=1:2s on POST")
		for _, check := range run(t, where, conformance.Options{Checks: []string{"USR-001", "MEM-001"}}).Checks {
			if check.Outcome != reports.Errored || !strings.Contains(check.Actual, "returned 429 in all 5 attempts") {
				t.Errorf("%s %s: %s", check.ID, check.Outcome, check.Actual)
			}
		}
	})
	t.Run("a wait of minutes is no answer either", func(t *testing.T) {
		where, _, waited := harassed(t, 10*time.Second, "429=1:5m on POST")
		for _, check := range run(t, where, conformance.Options{Checks: []string{"USR-001"}}).Checks {
			if check.Outcome != reports.Errored || !strings.Contains(check.Actual, "asked to wait 5m0s") || waited.Load() != 0 {
				t.Errorf("%s %s: %s", check.ID, check.Outcome, check.Actual)
			}
		}
	})
	t.Run("503 without Retry-After", func(t *testing.T) {
		var posts atomic.Int64
		h, _, waited := harassed(t, 10*time.Second)
		next, err := url.Parse(h.URL)
		if err != nil {
			t.Fatal(err)
		}
		proxy := httputil.NewSingleHostReverseProxy(next)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && posts.Add(1) <= 3 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			proxy.ServeHTTP(w, r)
		}))
		defer server.Close()
		h.URL = server.URL
		for _, check := range run(t, h, conformance.Options{Checks: []string{"USR-001"}}).Checks {
			if check.Outcome != reports.Passed {
				t.Errorf("%s: %s", check.Outcome, check.Actual)
			}
		}
		if got := time.Duration(waited.Load()); got != 7*time.Second {
			t.Errorf("waited %s, want 1, 2 and 4 s", got)
		}
	})
	t.Run("an answer that comes too late", func(t *testing.T) {
		where, _, _ := harassed(t, 30*time.Millisecond, "latency=1:10s on POST")
		for _, check := range run(t, where, conformance.Options{Checks: []string{"USR-001"}}).Checks {
			if check.Outcome != reports.Errored {
				t.Errorf("%s: %s", check.Outcome, check.Actual)
			}
		}
	})
}
