package clock_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/clock"
)

func TestTurns(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

	t.Run("the earliest goes on, one at a time, in the same order each time", func(t *testing.T) {
		t.Parallel()
		steps := [][]int{{0, 40, 40, 80}, {0, 30, 45, 80, 200}, {10, 41}}
		want := []string{
			"0 at 0", "0 at 0", "1 at 0", "1 at 0", "2 at 0", "2 at 10", "1 at 30", "0 at 40", "0 at 40", "2 at 41",
			"1 at 45", "0 at 80", "1 at 80", "1 at 200",
		}
		for range 20 {
			var got []string // written by whose turn it is
			var all sync.WaitGroup
			for i, turn := range clock.NewTurns(clock.NewVirtual(start), len(steps)) {
				all.Go(func() {
					defer turn.Leave()
					say := func() { got = append(got, fmt.Sprintf("%d at %.0f", i, turn.Now().Sub(start).Minutes())) }
					if err := turn.Begin(t.Context()); err != nil {
						t.Error(err)
					}
					say()
					for _, minute := range steps[i] {
						if err := turn.WaitUntil(t.Context(), start.Add(time.Duration(minute)*time.Minute)); err != nil {
							t.Error(err)
						}
						say()
					}
				})
			}
			all.Wait()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}
	})
	t.Run("who waits is let go by the context, and who leaves holds nobody up", func(t *testing.T) {
		t.Parallel()
		turns := clock.NewTurns(clock.NewVirtual(start), 2)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- turns[1].Begin(ctx) }()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Begin = %v, want context.Canceled", err)
		}
		turns[1].Leave()
		if err := errors.Join(turns[0].Begin(t.Context()), turns[0].WaitUntil(t.Context(), start.Add(time.Hour))); err != nil {
			t.Error(err)
		}
		if got := turns[0].Now(); !got.Equal(start.Add(time.Hour)) {
			t.Errorf("the clock is at %v", got)
		}
	})
}
