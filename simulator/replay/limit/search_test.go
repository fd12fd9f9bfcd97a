package limit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/replay/limit"
)

// search looks for the limit of a target that breaks above a capacity; broken may change a trial.
func search(t *testing.T, start, capacity float64, change func(n int, t *limit.Trial)) *limit.Found {
	t.Helper()
	n := 0
	s := limit.Search{Start: start, Highest: 10_000, Precision: 1.05, Repeats: 3, Try: func(_ context.Context, rate float64, e limit.Effort) (limit.Trial, error) {
		trial := limit.Trial{Rate: rate, Effort: e}
		if rate > capacity {
			trial.Verdict, trial.Reason = limit.Broke, "p99 is 2s"
		}
		n++
		change(n, &trial)
		return trial, nil
	}}
	found, err := s.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func asIs(int, *limit.Trial) {}

// The border is found from below and from above, and both sides are repeated.
func TestBorder(t *testing.T) {
	t.Parallel()
	for _, capacity := range []float64{0.7, 9, 33, 207, 4321} {
		for _, start := range []float64{10, 100} {
			if capacity < start/16 {
				continue
			}
			f := search(t, start, capacity, asIs)
			if f.Held == nil || f.Broke == nil || f.Held.Rate > capacity || f.Broke.Rate <= capacity {
				t.Fatalf("%v from %v: %+v", capacity, start, f)
			}
			if f.Broke.Rate/f.Held.Rate > 1.05 || f.Times < 3 || f.Unsteady || f.Unreached || f.Broke.Reason == "" {
				t.Errorf("%v from %v: %v to %v, %d times", capacity, start, f.Held.Rate, f.Broke.Rate, f.Times)
			}
			if len(f.Trials) > 35 {
				t.Errorf("%v from %v: %d trials", capacity, start, len(f.Trials))
			}
		}
	}
}

// A target that holds everything has no limit, one that holds nothing has no rate, and a stream may end before.
func TestNoBorder(t *testing.T) {
	t.Parallel()
	if f := search(t, 10, 1e9, asIs); !f.Unreached || f.Held.Rate != 10_000 || f.Broke != nil {
		t.Errorf("without a limit: %+v", f)
	}
	if f := search(t, 10, 0, asIs); f.Held != nil || f.Broke == nil {
		t.Errorf("holds nothing: %+v", f)
	}
	f := search(t, 10, 1e9, func(n int, trial *limit.Trial) {
		if n == 4 {
			trial.Verdict = limit.Exhausted
		}
	})
	if !f.Exhausted || f.Held.Rate != 40 || len(f.Trials) != 4 {
		t.Errorf("ended: %+v", f)
	}
}

// One trial that was disturbed moves the border neither down nor up; a rate that breaks as often as
// it holds is not one that holds.
func TestUnsteady(t *testing.T) {
	t.Parallel()
	for disturbed := range 16 {
		f := search(t, 10, 100, func(n int, trial *limit.Trial) {
			if n == disturbed {
				trial.Verdict = limit.Broke
			}
		})
		if f.Held == nil || f.Held.Rate < 90 || f.Held.Rate > 100 || f.Times < 3 {
			t.Errorf("trial %d disturbed: %+v", disturbed, f.Held)
		}
	}
	seen := map[float64]int{}
	f := search(t, 10, 100, func(_ int, trial *limit.Trial) {
		if seen[trial.Rate]++; trial.Rate > 90 && seen[trial.Rate]%2 == 0 {
			trial.Verdict = limit.Broke
		}
	})
	if f.Held == nil || f.Held.Rate > 100 {
		t.Errorf("%+v", f)
	}
}

// The search ends with the error of a trial.
func TestError(t *testing.T) {
	t.Parallel()
	gone := errors.New("gone")
	s := limit.Search{Start: 1, Highest: 2, Precision: 1.1, Repeats: 1, Try: func(context.Context, float64, limit.Effort) (limit.Trial, error) {
		return limit.Trial{}, gone
	}}
	if _, err := s.Run(t.Context()); !errors.Is(err, gone) {
		t.Error(err)
	}
}
