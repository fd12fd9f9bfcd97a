package scimclient

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/time/rate"
)

// errCancelled is a readable context.Canceled.
var errCancelled = fmt.Errorf("the run was stopped: %w", context.Canceled)

// ErrHarm means that the run stopped because it seemed to harm the target.
var ErrHarm = errors.New("half of the last 100 responses were server errors; the run stopped to protect the target")

// Guard protects an external system: it limits the rate, and stops the run when half
// of the responses in a window of 100 are 5xx. It is safe for concurrent use.
type Guard struct {
	limiter *rate.Limiter
	stop    bool // end the run at half 5xx

	mu     sync.Mutex
	window [100]bool
	seen   int
	bad    int
}

// NewGuard returns a guard with a rate in requests a second (0: none) that ends the
// run on server errors when stop is set.
func NewGuard(perSecond float64, stop bool) *Guard {
	g := &Guard{stop: stop}
	if perSecond > 0 {
		g.limiter = rate.NewLimiter(rate.Limit(perSecond), 1)
	}
	return g
}

// Admit waits for the rate limit, or returns why no further request may be sent.
func (g *Guard) Admit(ctx context.Context) error {
	g.mu.Lock()
	over := g.stop && g.seen >= len(g.window) && 2*g.bad >= len(g.window)
	g.mu.Unlock()
	if over {
		return ErrHarm
	}
	if g.limiter == nil {
		return nil
	}
	if err := g.limiter.Wait(ctx); err != nil {
		return fmt.Errorf("%w while waiting for the rate limit", errCancelled)
	}
	return nil
}

// Saw counts a response; status 0 means no response and counts as a server error.
func (g *Guard) Saw(status int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	bad := status == 0 || status >= 500
	slot := g.seen % len(g.window)
	if g.seen >= len(g.window) && g.window[slot] {
		g.bad--
	}
	if bad {
		g.bad++
	}
	g.window[slot] = bad
	g.seen++
}
