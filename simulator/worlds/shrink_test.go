package worlds_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// shrunk is a failing world from which everything was taken that the failure does not need.
type shrunk struct {
	world    *world
	problems []problem
	runs     int
	done     bool // nothing more can be left out
}

// String says what failed, how to repeat it, and what is left of the world.
func (s *shrunk) String() string {
	var b strings.Builder
	for _, p := range s.problems[:min(len(s.problems), 10)] {
		fmt.Fprintf(&b, "%s: %s\n", p.check, p.text)
	}
	end := "shrinking ran out of time after"
	if s.done {
		end = "nothing more can be left out, after"
	}
	fmt.Fprintf(&b, "repeat it with: SCIMDRILL_SEED=%d go test -count=1 -run '^TestWorldSeeds$/seed=%d$' ./simulator/worlds\n", s.world.Seed, s.world.Seed)
	fmt.Fprintf(&b, "what is left of the world (%s %d runs):\n%s", end, s.runs, s.world)
	return b.String()
}

// shrink leaves things out of a world as long as it fails in the same way, until a time.
func shrink(w *world, found []problem, run func(*world) []problem, until time.Time) *shrunk {
	s := &shrunk{world: w, problems: found}
	fails := func(w *world) bool {
		if !w.sound() {
			return false
		}
		s.runs++
		now := run(w)
		if len(now) == 0 || now[0].check != found[0].check {
			return false
		}
		s.world, s.problems = w, now
		return true
	}
	for again := true; again; {
		again = s.events(fails, until) || s.tenant(fails, until) || s.settings(fails, until)
		if time.Now().After(until) {
			return s
		}
	}
	s.done = true
	return s
}

// sound reports that every object is made by a line of its own before another line speaks of
// it: a group that only its members tell of has no name, and fails for that.
func (w *world) sound() bool {
	lines := slices.Clone(w.Tenant)
	for _, e := range w.Events {
		lines = append(lines, e.Lines...)
	}
	made := map[string]bool{}
	for _, l := range lines {
		switch id := text(l["id"]); {
		case id == "" || made[id] || l["principalId"] != nil: // an assignment is no object
		case l["mailNickname"] == nil:
			return false
		default:
			made[id] = true
		}
	}
	return true
}

// less tries to leave out parts of a list, halves first, then smaller parts.
func less[T any](list []T, until time.Time, fails func([]T) bool) bool {
	any := false
	for size := (len(list) + 1) / 2; size > 0; size /= 2 {
		for from := 0; from < len(list) && time.Now().Before(until); {
			rest := slices.Concat(list[:from], list[min(from+size, len(list)):])
			if fails(rest) {
				list, any = rest, true
			} else {
				from += size
			}
		}
	}
	return any
}

func (s *shrunk) events(fails func(*world) bool, until time.Time) bool {
	return less(s.world.Events, until, func(list []event) bool {
		w := *s.world
		w.Events = list
		return fails(&w)
	})
}

func (s *shrunk) tenant(fails func(*world) bool, until time.Time) bool {
	tenant := less(s.world.Tenant, until, func(list []line) bool {
		w := *s.world
		w.Tenant = list
		return fails(&w)
	})
	there := less(s.world.There, until, func(list []line) bool {
		w := *s.world
		w.There = list
		return fails(&w)
	})
	return tenant || there
}

// settings tries the plain value of each setting.
func (s *shrunk) settings(fails func(*world) bool, until time.Time) bool {
	any := false
	try := func(differs bool, change func(w *world)) {
		if !differs || time.Now().After(until) {
			return
		}
		w := *s.world
		w.Set, w.Rates = maps.Clone(w.Set), maps.Clone(w.Rates)
		change(&w)
		any = fails(&w) || any
	}
	for _, name := range slices.Sorted(maps.Keys(s.world.Set)) {
		try(true, func(w *world) { delete(w.Set, name) })
	}
	for _, kind := range slices.Sorted(maps.Keys(s.world.Rates)) {
		try(true, func(w *world) { delete(w.Rates, kind) })
	}
	for _, text := range slices.Clone(s.world.Faults) {
		try(true, func(w *world) {
			w.Faults = slices.DeleteFunc(slices.Clone(w.Faults), func(t string) bool { return t == text })
		})
	}
	try(s.world.Preflight > 0, func(w *world) { w.Preflight = 0 })
	try(s.world.Parallel > 1, func(w *world) { w.Parallel = 1 })
	try(s.world.ScopeAll, func(w *world) { w.ScopeAll = false })
	try(s.world.Schema != nil, func(w *world) { w.Schema = nil })
	try(s.world.Later, func(w *world) { w.Later = false })
	try(s.world.Cycles > 2, func(w *world) { w.Cycles /= 2 })
	return any
}
