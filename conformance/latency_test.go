package conformance_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/conformance"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

var latencies = flag.Int("latency", 0, "how often TestLatency measures each run behind latency; 0 leaves it out")

// distant delays each request by a time, and by up to jitter more.
type distant struct {
	next            http.RoundTripper
	latency, jitter time.Duration
}

func (d distant) RoundTrip(r *http.Request) (*http.Response, error) {
	wait := d.latency
	if d.jitter > 0 {
		wait += rand.N(d.jitter)
	}
	time.Sleep(wait)
	return d.next.RoundTrip(r)
}

// TestLatency measures a default run behind latency, as medians, and compares the verdicts: they depend
// neither on the latency nor on how many checks run at once or in which order (make latency).
func TestLatency(t *testing.T) {
	if *latencies == 0 {
		t.Skip("measured with -latency N (make latency)")
	}
	defects := []string{"CAS-01", "MAN-04", "LRG-05", "UNI-02"}
	var first string
	verdicts := func(d distant, o conformance.Options, defects ...string) time.Duration {
		_, where := serve(t, defects...)
		d.next = http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // it is one
		where.Sender = exchange.NewSender(&http.Client{Transport: d}, exchange.Limits{Timeout: 30 * time.Second}, time.Now)
		began := time.Now()
		section := run(t, where, o)
		took := time.Since(began)
		if len(defects) == 0 {
			if section.Summary.Passed != section.Summary.Total {
				t.Errorf("%+v: %+v", d, section.Summary)
			}
			return took
		}
		got := unpassed(section)
		if first == "" {
			first = got
		}
		if got != first {
			t.Errorf("%+v, parallel %d, order %d: verdicts differ:\n%s\nwant\n%s", d, o.Parallel, o.Random, got, first)
		}
		return took
	}
	for _, ms := range []int{0, 50, 150} {
		line := []string{fmt.Sprintf("%3d ms", ms)}
		for _, parallel := range []int{1, 4, 8, 16} {
			var times []time.Duration
			for range *latencies {
				times = append(times, verdicts(distant{latency: time.Duration(ms) * time.Millisecond}, conformance.Options{Parallel: parallel}))
			}
			slices.Sort(times)
			line = append(line, fmt.Sprintf("%d: %5.1f s", parallel, times[len(times)/2].Seconds()))
		}
		t.Log(strings.Join(line, " | "))
	}
	for _, parallel := range []int{1, 4, 8, 16} {
		verdicts(distant{}, conformance.Options{Parallel: parallel}, defects...)
		verdicts(distant{jitter: 60 * time.Millisecond}, conformance.Options{Parallel: max(parallel, 4)}, defects...)
		verdicts(distant{}, conformance.Options{Parallel: parallel, Random: int64(parallel)}, defects...)
	}
}

// unpassed are the verdicts that did not pass, in the order of the checks.
func unpassed(c *reports.Conformance) string {
	var lines []string
	for _, check := range c.Checks {
		if check.Outcome != reports.Passed {
			lines = append(lines, check.Key()+" "+string(check.Outcome)+" "+check.Cause)
		}
	}
	return strings.Join(lines, "\n")
}
