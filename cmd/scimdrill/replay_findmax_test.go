package main

import (
	"encoding/json"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// limited is a target that serves one request at a time, each for some time.
func limited(t *testing.T, each time.Duration) string {
	t.Helper()
	var one sync.Mutex
	return spoiled(t, "", func(http.ResponseWriter, *http.Request, []byte) bool {
		one.Lock()
		defer one.Unlock()
		time.Sleep(each)
		return false
	})
}

// replayed runs replay and reads its report.
func replayed(t *testing.T, url string, want int, args ...string) (*reports.Replay, string, string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	res := invocation{env: withToken()}.run(t, append([]string{"replay", "--target", url, "--format", "text,json,html", "--out", out}, args...)...)
	res.want(t, want)
	data, err := os.ReadFile(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r reports.Report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r.Replay, res.stdout + res.stderr, out
}

// --find-max finds the capacity of a target, and says what did not hold above it.
func TestFindMax(t *testing.T) {
	t.Parallel()
	const capacity = 1000 / 8
	r, text, _ := replayed(t, limited(t, 8*time.Millisecond), 0, "--generate", "users=1500", "--find-max", "p90<60ms,errors<1%",
		"--step", "250ms", "--rate", "40/s", "--verify", "off")
	s := r.Measured.Search
	if s == nil || s.HeldRate < capacity/4 || s.HeldRate > 1.5*capacity || s.Times < 3 {
		t.Fatalf("%+v", s)
	}
	if s.BrokeRate > 1.06*s.HeldRate || !strings.Contains(s.Reason, "p90<60ms is ") || !strings.Contains(text, "did not hold") {
		t.Errorf("%+v\n%s", s, text)
	}
	if got := r.Measured.PlannedRate; math.Abs(got-s.HeldRate) > 0.01 {
		t.Errorf("the figures are those of %v/s, and not of %v/s", got, s.HeldRate)
	}
}

// A stream that is too short gives a rate that held, with a warning; one that nothing serves fails.
func TestFindMaxEnds(t *testing.T) {
	t.Parallel()
	r, _, _ := replayed(t, spoiled(t, "", nil), 0,
		"--generate", "users=60", "--find-max", "p50<5s", "--step", "400ms", "--rate", "80/s")
	if s := r.Measured.Search; s.HeldRate == 0 || !strings.Contains(s.Ended, "the stream ended") {
		t.Errorf("short: %+v", s)
	}
	r, _, _ = replayed(t, limited(t, 20*time.Millisecond), 1,
		"--generate", "users=200", "--find-max", "mean<1ms", "--step", "100ms", "--rate", "160/s", "--verify", "off")
	if s := r.Measured.Search; s.HeldRate != 0 || s.BrokeRate == 0 || !strings.Contains(s.Reason, "mean<1ms is") {
		t.Errorf("slow: %+v", s)
	}
	for _, bad := range [][]string{
		{"--find-max", "p99>500ms"},
		{"--find-max", "p99<500ms", "--profile", "max"},
		{"--find-max", "p99<500ms", "--rate", "1/s..9/s for 5s"},
		{"--find-max", "speed<1"},
	} {
		res := invocation{env: withToken()}.run(t, append([]string{"replay", "--target", "http://127.0.0.1:1", "--generate", "users=1"}, bad...)...)
		res.want(t, reports.ExitUsage)
		if !strings.Contains(res.stderr, "find-max") || !strings.Contains(res.stderr, "hint") {
			t.Errorf("%q: %s", bad, res.stderr)
		}
	}
}
