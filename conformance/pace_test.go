package conformance_test

import (
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// crowded counts how many requests are under way at once.
type crowded struct {
	next      http.RoundTripper
	latency   time.Duration
	now, most atomic.Int64
}

func (c *crowded) RoundTrip(r *http.Request) (*http.Response, error) {
	n := c.now.Add(1)
	defer c.now.Add(-1)
	for most := c.most.Load(); n > most && !c.most.CompareAndSwap(most, n); most = c.most.Load() {
	}
	time.Sleep(c.latency)
	return c.next.RoundTrip(r)
}

// TestPace: behind latency, twice as many requests are under way as checks were asked for, and no more.
// With one check at a time, one request follows the other. Progress counts each check as it ends, and
// ends with all of the work done.
func TestPace(t *testing.T) {
	for _, c := range []struct {
		parallel   int
		least, top int64
	}{{1, 1, 1}, {2, 3, 4}} {
		network := &crowded{next: http.DefaultTransport, latency: 25 * time.Millisecond}
		where := reach(t, tenants(t, target.Options{}))
		where.Sender = exchange.NewSender(&http.Client{Transport: network}, exchange.Limits{}, time.Now)
		var counted []int
		var shares []float64
		o := conformance.Options{Checks: []string{"QRY-028", "QRY-029", "QRY-032", "ATT-001", "ATT-002", "USR-001", "QRY-009"}, Parallel: c.parallel}
		o.Ended = func(done, _ int, share float64) { counted, shares = append(counted, done), append(shares, share) }
		section := run(t, where, o)
		if section.Summary.Passed != 7 {
			t.Errorf("parallel %d: %+v", c.parallel, section.Summary)
		}
		if most := network.most.Load(); most < c.least || most > c.top {
			t.Errorf("parallel %d: %d requests at once, want %d to %d", c.parallel, most, c.least, c.top)
		}
		if !slices.Equal(counted, []int{1, 2, 3, 4, 5, 6, 7}) || !slices.IsSorted(shares) || shares[6] != 1 {
			t.Errorf("parallel %d: counted %v, shares %v", c.parallel, counted, shares)
		}
	}
}
