package clock

import (
	"context"
	"sync"
	"time"
)

// Turns lets several runs share one Virtual clock. One of them goes on at a time, the one
// that waits for the earliest instant, so that they meet each other in the same way each
// time. Of two that wait for the same instant the first of the list goes on.
type Turns struct {
	clock *Virtual
	mu    sync.Mutex
	all   []*Turn
	on    *Turn // who goes on; nil when all have left
}

// Turn is the clock of one of the runs. It is used by one goroutine, between Begin and Leave.
type Turn struct {
	of    *Turns
	at    time.Time // what it waits for
	left  bool
	ready chan struct{} // holds a token when it is this one's turn
}

var _ Clock = (*Turn)(nil)

// NewTurns makes n turns on a clock; the first one begins.
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

// Now is the instant of the clock that is shared.
func (t *Turn) Now() time.Time { return t.of.clock.Now() }

// WaitUntil lets those go on who wait for something earlier.
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

// Leave ends the part of a run; the others go on.
func (t *Turn) Leave() {
	t.of.mu.Lock()
	defer t.of.mu.Unlock()
	t.left = true
	if t.of.on == t {
		t.of.pass()
	}
}

// pass gives the turn to whom it belongs now.
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
	default: // it did not take the last one: its context ended
	}
}
