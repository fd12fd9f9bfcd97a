package worlds_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// worldSeeds are the seeds of the worlds that are lived through: 40 of them, or
// SCIMDRILL_SEEDS, from SCIMDRILL_FIRST_SEED on; or SCIMDRILL_SEED alone.
func worldSeeds(t *testing.T) []uint64 {
	t.Helper()
	number := func(name string, or uint64) uint64 {
		text := os.Getenv(name)
		if text == "" {
			return or
		}
		n, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return n
	}
	if os.Getenv("SCIMDRILL_SEED") != "" {
		return []uint64{number("SCIMDRILL_SEED", 0)}
	}
	var seeds []uint64
	for n := range number("SCIMDRILL_SEEDS", 40) {
		seeds = append(seeds, number("SCIMDRILL_FIRST_SEED", 0)+n)
	}
	return seeds
}

// shrinking is how long a failing world is made smaller: 20 seconds, or SCIMDRILL_SHRINK.
func shrinking(t *testing.T) time.Duration {
	t.Helper()
	text := os.Getenv("SCIMDRILL_SHRINK")
	if text == "" {
		return 20 * time.Second
	}
	d, err := time.ParseDuration(text)
	if err != nil {
		t.Fatalf("SCIMDRILL_SHRINK: %v", err)
	}
	return d
}

// TestWorldSeeds lives through worlds that are drawn by seed, twice, and lets checkers look
// at them that share nothing with the engine's decisions.
func TestWorldSeeds(t *testing.T) {
	t.Parallel()
	var all tally
	t.Cleanup(func() { t.Logf("%+v", all.figures) }) // once all of them are over
	for _, seed := range worldSeeds(t) {
		t.Run("seed="+strconv.FormatUint(seed, 10), func(t *testing.T) {
			t.Parallel()
			w := drawWorld(seed)
			found, seen := prove(w)
			all.add(&seen)
			if len(found) > 0 {
				again := func(w *world) []problem { found, _ := prove(w); return found }
				t.Error(shrink(w, found, again, time.Now().Add(shrinking(t))))
			}
		})
	}
}

// figures say how much happened in the worlds.
type figures struct{ Worlds, Events, Requests, Writes, Mishaps, Stops, Compared int }

type tally struct {
	mu sync.Mutex
	figures
}

func (all *tally) add(one *figures) {
	all.mu.Lock()
	defer all.mu.Unlock()
	for _, n := range []struct{ to, from *int }{
		{&all.Worlds, &one.Worlds},
		{&all.Events, &one.Events},
		{&all.Requests, &one.Requests},
		{&all.Writes, &one.Writes},
		{&all.Mishaps, &one.Mishaps},
		{&all.Stops, &one.Stops},
		{&all.Compared, &one.Compared},
	} {
		*n.to += *n.from
	}
}

// prove lives through a world twice and says what is wrong.
func prove(w *world) ([]problem, figures) {
	seen := figures{Worlds: 1, Events: len(w.Events)}
	found, logs := live(w, &seen)
	if len(found) > 0 || w.has(stopEvent) || !deterministic(w) {
		return found, seen
	}
	seen.Compared++
	other := *w
	other.Parallel = 17 - w.Parallel // 1 for 16, 16 for 1, 13 for 4
	found, again := live(&other, &seen)
	for name, text := range logs {
		if again[name] != text {
			diff := cmp.Diff(strings.Split(text, "\n"), strings.Split(again[name], "\n"))
			found = append(found, problem{"equal", name + " differs with another number in flight: " + diff[:min(len(diff), 2000)]})
		}
	}
	return found, seen
}

// deterministic leaves out the case that the engine documents: a name that passes from one
// user to another in one cycle.
func deterministic(w *world) bool {
	if w.meets(fault.RateLimit) { // whom it hits depends on who comes first
		return false
	}
	if w.gate() && w.meets(fault.Corrupted) { // a group is read while its members are deleted, and the log quotes its version
		return false
	}
	m := modelOf(w, w.end())
	for _, t := range m.things {
		if m.contested(t) {
			return false
		}
	}
	return true
}

// live lives through a world: busy cycles, quiet ones until nothing is due, and once more
// everything from the start.
func live(w *world, seen *figures) ([]problem, map[string]string) {
	dir, err := os.MkdirTemp("", "world")
	if err != nil {
		return []problem{{"run", err.Error()}}, nil
	}
	defer os.RemoveAll(dir)
	l, err := newLife(w, dir)
	if err != nil {
		return []problem{{"run", err.Error()}}, nil
	}
	defer l.close()
	l.seen = seen
	if err := l.whole(); err != nil {
		l.problem("run", "%v", err)
		return l.problems, nil
	}
	logs := map[string]string{}
	for _, name := range []string{"provisioning-log.jsonl", "audit-log.jsonl", "job.json"} {
		raw, err := os.ReadFile(filepath.Join(l.cfg.Out, name))
		if err != nil {
			l.problem("run", "%v", err)
		}
		logs[name] = string(raw)
	}
	return l.problems, logs
}

// see looks at requests as they came, in order.
func (l *life) see(trace []*sent) {
	l.quarantined(trace)
	l.gated(trace)
	l.dressed(trace)
	for _, s := range trace {
		if s.mark != "" {
			continue
		}
		l.enter(s)
		l.seen.Requests++
		if s.write() {
			l.seen.Writes++
		}
		if !s.fine() && s.did != s.status || s.broken {
			l.seen.Mishaps++
		}
	}
	l.seen.Stops = max(l.seen.Stops, l.stopped)
}
