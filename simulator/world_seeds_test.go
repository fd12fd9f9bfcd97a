package simulator_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/job"
)

// worldSeeds are the seeds of the worlds that are lived through: 60 of them, or
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
	for n := range number("SCIMDRILL_SEEDS", 60) {
		seeds = append(seeds, number("SCIMDRILL_FIRST_SEED", 0)+n)
	}
	return seeds
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
				t.Error(shrink(w, found, again, time.Now().Add(20*time.Second)))
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
	m := modelOf(w)
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

func (l *life) whole() error {
	busy := minutes(l.w.Cycles * interval)
	l.cfg.For = busy
	if err := l.run(); err != nil {
		return err
	}
	trace := l.door.take()
	// Quiet: no mishaps, and whatever stands still is started. All retries fall into three days.
	l.door.calm.Store(true)
	l.stops = l.stops[:l.stopped]
	calm := busy + minutes(24*60)
	l.moments = append(l.moments, &moment{at: calm, do: func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) }})
	l.cfg.Interval, l.cfg.For = 6*time.Hour, calm+72*time.Hour
	if err := l.run(); err != nil {
		return err
	}
	trace = append(trace, l.door.take()...)
	l.see(trace)
	m := modelOf(l.w)
	s, err := l.converged(m, false)
	if err != nil {
		return err
	}
	if len(s.escrows) == 0 {
		l.quiet(trace, 2)
	}
	portal := job.Portal
	l.cleared, l.cfg.Restart, l.cfg.Cycles = true, &portal, 3
	if err := l.run(); err != nil {
		return err
	}
	again := l.door.take()
	l.see(again)
	l.orphans = 0
	if s, err = l.converged(m, true); err != nil {
		return err
	}
	if len(s.escrows) == 0 {
		l.quiet(again, 1)
	}
	if l.orphans > 0 {
		if err := l.rematched(m); err != nil {
			return err
		}
	}
	l.logWhole()
	return nil
}

// rematched clears the connector data store, which is what heals links that lead to nobody:
// everybody is matched afresh (E-103, E-269).
func (l *life) rematched(m *model) error {
	full := job.Full
	l.cleared, l.cfg.Restart = true, &full
	if err := l.run(); err != nil {
		return err
	}
	l.see(l.door.take())
	l.orphans = 0
	s, err := l.snapshot()
	if err != nil {
		return err
	}
	c := converging{life: l, m: m, s: s, anew: true, lostLinks: true}
	c.whole()
	if l.orphans > 0 {
		l.problem("missing", "%d links lead to nobody after all links were cleared", l.orphans)
	}
	return nil
}

// see looks at requests as they came, in order.
func (l *life) see(trace []*sent) {
	l.quarantined(trace)
	for _, s := range trace {
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
