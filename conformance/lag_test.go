package conformance_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// lagging serves writes at once, and reads from a replica that repeats each write later.
type lagging struct {
	mu               sync.Mutex
	primary, replica http.Handler
	clock            time.Time // of the replica
	// late says how long the replica takes, and reads which reads go to it.
	late    func() time.Duration
	reads   func(*http.Request) bool
	waiting []pending
}

type pending struct {
	due, sent time.Time
	request   *http.Request
}

func newLagging(t *testing.T, o target.Options, late func() time.Duration, reads func(*http.Request) bool) *lagging {
	t.Helper()
	l := &lagging{late: late, reads: reads, clock: time.Now()}
	o.Seed, o.Token, o.Now = 1, "secret", func() time.Time { return l.clock }
	for _, h := range []*http.Handler{&l.primary, &l.replica} {
		made, err := target.New(o)
		if err != nil {
			t.Fatal(err)
		}
		*h = made
	}
	return l
}

// ServeHTTP serves one request at a time, so that both have the same history.
func (l *lagging) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	for len(l.waiting) > 0 && !l.waiting[0].due.After(now) {
		p := l.waiting[0]
		l.waiting, l.clock = l.waiting[1:], p.sent
		l.replica.ServeHTTP(httptest.NewRecorder(), p.request)
	}
	l.clock = now
	if r.Method == http.MethodGet || strings.HasSuffix(r.URL.Path, "/.search") {
		if l.reads(r) {
			l.replica.ServeHTTP(w, r)
			return
		}
		l.primary.ServeHTTP(w, r)
		return
	}
	body, _ := io.ReadAll(r.Body)
	again := r.Clone(context.WithoutCancel(r.Context()))
	r.Body, again.Body = io.NopCloser(bytes.NewReader(body)), io.NopCloser(bytes.NewReader(body))
	l.primary.ServeHTTP(w, r)
	l.waiting = append(l.waiting, pending{due: now.Add(l.late()), sent: now, request: again})
}

// queries are lists and searches of all resources, or of one collection.
func queries(of string) func(*http.Request) bool {
	return func(r *http.Request) bool {
		path := strings.Trim(strings.TrimSuffix(r.URL.Path, "/.search"), "/")
		return path == "" || path == "Users" && of != "Groups" || path == "Groups" && of != "Users"
	}
}

func everything(*http.Request) bool { return true }

// TestLag asks that a target whose reads lag behind its writes is told so once, and that it is
// judged otherwise like any other: what is right passes, and a fault is found.
func TestLag(t *testing.T) {
	fixed := func(d time.Duration) func() time.Duration { return func() time.Duration { return d } }
	n := 0
	swinging := func() time.Duration { n++; return time.Duration(40+n%4*30) * time.Millisecond }
	for name, c := range map[string]struct {
		late    func() time.Duration
		reads   func(*http.Request) bool
		defects []string
		failed  []string
		said    string
	}{
		"queries":           {fixed(120 * time.Millisecond), queries(""), nil, nil, "a filter of /Users by userName after"},
		"queries, swinging": {swinging, queries(""), nil, nil, "a filter of /Users by userName after"},
		"groups":            {fixed(120 * time.Millisecond), queries("Groups"), nil, nil, "a filter of /Groups by displayName after"},
		"everything":        {fixed(120 * time.Millisecond), everything, nil, nil, "a read of /Users/{id} after"},
		"nothing":           {fixed(0), everything, nil, nil, ""},
		"a fault of filters": {
			fixed(120 * time.Millisecond), queries(""), []string{"FIL-02"}, []string{"QRY-004", "QRY-039"}, "a filter of /Users by userName after",
		},
	} {
		t.Run(name, func(t *testing.T) {
			where := reach(t, newLagging(t, target.Options{Defects: c.defects}, c.late, c.reads))
			where.OtherTenant = nil
			o := conformance.Options{Parallel: 4, Checks: []string{
				"SUR-006", "QRY-001", "QRY-004", "QRY-009", "QRY-038", "QRY-039", "QRY-040", "QRY-041", "USR-001", "USR-046", "MEM-005",
			}}
			got := run(t, where, o)
			var failed []string
			for _, check := range got.Checks {
				switch {
				case check.ID == "SUR-006" && check.Outcome == reports.Warned:
					if c.said == "" || !strings.Contains(check.Actual, c.said) {
						t.Errorf("SUR-006 says %q, want %q in it", check.Actual, c.said)
					}
				case check.ID == "SUR-006" && c.said != "":
					t.Errorf("SUR-006 %s", check.Outcome)
				case check.Outcome.Finding():
					failed = append(failed, check.ID)
					t.Log(check.ID, check.Expected, check.Actual)
				}
			}
			if strings.Join(failed, " ") != strings.Join(c.failed, " ") {
				t.Errorf("failed: %v, want %v", failed, c.failed)
			}
		})
	}
}
