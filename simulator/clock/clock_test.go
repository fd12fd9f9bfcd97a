package clock_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/clock"
)

func TestVirtual(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)

	t.Run("moves forward and never back", func(t *testing.T) {
		t.Parallel()
		c := clock.NewVirtual(start)
		if err := c.WaitUntil(t.Context(), start.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := c.WaitUntil(t.Context(), start); err != nil {
			t.Fatal(err)
		}
		if got, want := c.Now(), start.Add(time.Hour); !got.Equal(want) {
			t.Errorf("Now() = %v, want %v", got, want)
		}
	})
	t.Run("a cancelled wait does not move it", func(t *testing.T) {
		t.Parallel()
		c := clock.NewVirtual(start)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := c.WaitUntil(ctx, start.Add(time.Hour)); !errors.Is(err, context.Canceled) {
			t.Errorf("WaitUntil = %v, want context.Canceled", err)
		}
		if !c.Now().Equal(start) {
			t.Errorf("the clock moved to %v", c.Now())
		}
	})
}

func TestWall(t *testing.T) {
	t.Parallel()
	c := clock.Wall{}
	want := c.Now().Add(5 * time.Millisecond)
	if err := c.WaitUntil(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if c.Now().Before(want) {
		t.Error("WaitUntil returned early")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.WaitUntil(ctx, want.Add(time.Hour)); !errors.Is(err, context.Canceled) {
		t.Errorf("WaitUntil = %v, want context.Canceled", err)
	}
}
