package worlds_test

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestShrink plants a mistake that shows when two events of a world are both there and one
// option is on, and wants exactly those left, with the command that repeats the seed.
func TestShrink(t *testing.T) {
	t.Parallel()
	w := drawWorld(3)
	w.Set["timeScale"], w.Set["membersPerPatch"] = "8", "20"
	x, y := w.Events[len(w.Events)/3].Minute, w.Events[2*len(w.Events)/3].Minute
	there := func(w *world, minute int) bool {
		return slices.ContainsFunc(w.Events, func(e event) bool { return e.Minute == minute })
	}
	planted := func(w *world) []problem {
		switch {
		case there(w, x) && there(w, y) && w.Set["timeScale"] == "8":
			return []problem{{"planted", "both happened"}}
		case there(w, x) && len(w.Tenant) == 0:
			return []problem{{"another", "a failure of another kind does not count"}}
		}
		return nil
	}
	s := shrink(w, planted(w), planted, time.Now().Add(time.Minute))
	for _, e := range s.world.Events {
		makes := slices.ContainsFunc(e.Lines, func(l line) bool { return l["mailNickname"] != nil }) // somebody of whom the two may speak
		if e.Minute != x && e.Minute != y && !makes {
			t.Errorf("the event of minute %d has nothing to do with it", e.Minute)
		}
	}
	if !s.done || !there(s.world, x) || !there(s.world, y) {
		t.Errorf("both events are needed: %s", s)
	}
	spoken := map[string]bool{}
	for _, e := range s.world.Events {
		for _, l := range e.Lines {
			spoken[text(l["id"])] = true
		}
	}
	for _, l := range s.world.Tenant {
		if !spoken[text(l["id"])] || l["mailNickname"] == nil {
			t.Errorf("no event that is left needs %s", l)
		}
	}
	if len(s.world.There) > 0 || len(s.world.Set) != 1 || s.world.Set["timeScale"] != "8" || len(s.world.Rates) > 0 || s.world.Parallel != 1 {
		t.Errorf("something is left that the failure does not need: %s", s)
	}
	for _, want := range []string{
		"planted: both happened",
		"SCIMDRILL_SEED=3 go test -count=1 -run '^TestWorldSeeds$/seed=3$' ./simulator/worlds",
		"nothing more can be left out",
		`"Minute":`,
	} {
		if !strings.Contains(s.String(), want) {
			t.Errorf("%q is missing in:\n%s", want, s)
		}
	}
	late := shrink(w, planted(w), planted, time.Now())
	if late.done || !strings.Contains(late.String(), "ran out of time") || len(late.problems) == 0 {
		t.Errorf("a shrink without time gives the whole world back: %s", late)
	}
}
