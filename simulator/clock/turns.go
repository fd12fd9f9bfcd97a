package clock

import (
	"context"
	"sync"
	"time"
)

// Turns lets several runs share one Virtual clock. One run proceeds at a time: the one
// that waits for the earliest instant. The runs therefore interleave in the same way each
// time. Of two that wait for the same instant, the first in the list proceeds.
type Turns struct {
	clock *Virtual
	mu    sync.Mutex
	all   []*Turn
	on    *Turn // the turn that proceeds; nil when all have left
}

// Turn is the clock of one of the runs. One goroutine uses it, between Begin and Leave.
type Turn struct {
	of    *Turns
	at    time.Time // the instant it waits for
	left  bool
	ready chan struct{} // contains a token while this turn may proceed
}

var _ Clock = (*Turn)(nil)

// NewTurns returns n turns on a clock; the first one starts.
func NewTurns(c *Virtual, n int) []*Turn {
	t := &Turns{clock: c}
	for range n {
		t.all = append(t.all, &Turn{of: t, at: c.Now(), ready: make(chan struct{}, 1)})
	}
	t.pass()
	return t.all
}

// Begin waits for the first turn.
func (t *Turn) Begin(ctx context.Context) error {
	select {
	case <-t.ready:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Now returns the instant of the shared clock.
func (t *Turn) Now() time.Time { return t.of.clock.Now() }

// WaitUntil waits until the shared clock reaches at; turns with earlier instants proceed first.
func (t *Turn) WaitUntil(ctx context.Context, at time.Time) error {
	t.of.mu.Lock()
	t.at = at
	if now := t.of.clock.Now(); at.Before(now) {
		t.at = now
	}
	t.of.pass()
	t.of.mu.Unlock()
	if err := t.Begin(ctx); err != nil {
		return err
	}
	return t.of.clock.WaitUntil(ctx, at)
}

// Leave ends a run's use of the clock; the others proceed.
func (t *Turn) Leave() {
	t.of.mu.Lock()
	defer t.of.mu.Unlock()
	t.left = true
	if t.of.on == t {
		t.of.pass()
	}
}

// pass passes the turn to the run with the earliest instant.
func (t *Turns) pass() {
	var next *Turn
	for _, other := range t.all {
		if !other.left && (next == nil || other.at.Before(next.at)) {
			next = other
		}
	}
	if t.on = next; next == nil {
		return
	}
	select {
	case next.ready <- struct{}{}:
	default: // it did not take its last token: its context ended
	}
}
