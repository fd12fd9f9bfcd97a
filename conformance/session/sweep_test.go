package session_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// directory creates users and counts how many requests of each kind it gets.
type directory struct {
	mu      sync.Mutex
	counts  map[string]int
	results string // of each operation in a bulk request; "" refuses bulk requests
	now     atomic.Int64
	most    atomic.Int64
}

func (d *directory) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for now := d.now.Add(1); ; {
		most := d.most.Load()
		if now <= most || d.most.CompareAndSwap(most, now) {
			break
		}
	}
	defer d.now.Add(-1)
	time.Sleep(time.Millisecond)
	d.mu.Lock()
	defer d.mu.Unlock()
	kind := r.Method
	if r.URL.Path == "/Bulk" {
		kind = "bulk"
	}
	d.counts[kind]++
	switch {
	case kind == "bulk" && d.results == "":
		w.WriteHeader(http.StatusNotImplemented)
	case kind == "bulk":
		var body struct{ Operations []map[string]any }
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		list := make([]string, len(body.Operations))
		for i := range list {
			list[i] = fmt.Sprintf(`{"method":"DELETE","status":%q}`, "204")
		}
		list[len(list)-1] = d.results
		_, _ = fmt.Fprintf(w, `{"Operations":[%s]}`, strings.Join(list, ","))
	case kind == http.MethodPost:
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"id":"u%d"}`, d.counts[kind])
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// TestSweep: one bulk request removes the objects of several checks. Where the target does not say
// that all are gone, each is removed by itself.
func TestSweep(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		results     string
		size        int
		bulk, plain int
	}{
		"in bulk":              {`{"status":"204"}`, 8, 1, 0},
		"already gone":         {`{"status":"404"}`, 8, 1, 0},
		"a status as a number": {`{"status":204}`, 8, 1, 0},
		"one is left":          {`{"status":"500"}`, 8, 1, 6},
		"without a status":     {`{}`, 8, 1, 6},
		"no bulk requests":     {"", 8, 1, 6},
		"not asked for":        {"", 0, 0, 6},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := &directory{counts: map[string]int{}, results: c.results}
			server := httptest.NewServer(d)
			defer server.Close()
			s := session.New(session.Config{BaseURL: server.URL, AtOnce: 2})
			if c.size > 0 {
				s.SpareRequests(c.size)
			}
			for _, id := range []string{"ONE-001", "TWO-001"} {
				check := s.Begin(id)
				if _, err := check.MakeAll(t.Context(), "Users", "userName", people(3)); err != nil {
					t.Fatal(err)
				}
				check.End(t.Context())
			}
			s.Sweep(t.Context())
			if d.counts["bulk"] != c.bulk || d.counts[http.MethodDelete] != c.plain {
				t.Errorf("%v, want %d bulk requests and %d DELETE requests", d.counts, c.bulk, c.plain)
			}
		})
	}
}

func people(n int) []map[string]any {
	bodies := make([]map[string]any, n)
	for i := range bodies {
		bodies[i] = map[string]any{"userName": fmt.Sprintf("user-%d", i)}
	}
	return bodies
}

// TestAtOnce: all checks together keep to the number of requests that may be under way at once.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	d := &directory{counts: map[string]int{}}
	server := httptest.NewServer(d)
	defer server.Close()
	s := session.New(session.Config{BaseURL: server.URL, AtOnce: 3})
	var checks sync.WaitGroup
	for i := range 3 {
		checks.Go(func() {
			_, err := s.Begin(fmt.Sprintf("ONE-%d", i)).MakeAll(context.Background(), "Users", "userName", people(12))
			if err != nil {
				t.Error(err)
			}
		})
	}
	checks.Wait()
	if most := d.most.Load(); most != 3 || d.counts[http.MethodPost] != 36 {
		t.Errorf("%d requests, at most %d at once; want 36, and 3 at once", d.counts[http.MethodPost], most)
	}
}
