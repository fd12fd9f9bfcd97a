package replay

import (
	"context"
	"runtime"
	"time"
)

// pacer waits until a moment of the run, exact to some 50 µs. A timer of Go is late by a
// millisecond where the process is idle, because the poller of the network waits in milliseconds.
type pacer struct {
	now   func() time.Time
	start time.Time
}

const (
	coarse = 3 * time.Millisecond  // longer waits use a timer until then
	spin   = 80 * time.Microsecond // the rest is spent looking at the clock
)

// exact gives the goroutine an operating-system thread of its own, until it ends.
func (p *pacer) exact() { runtime.LockOSThread() }

// elapsed is the time since the start.
func (p *pacer) elapsed() time.Duration { return p.now().Sub(p.start) }

// until waits, and reports whether the moment came before ctx ended.
func (p *pacer) until(ctx context.Context, at time.Duration) bool {
	for {
		left := at - p.elapsed()
		switch {
		case left <= 0:
			return ctx.Err() == nil
		case left > coarse:
			timer := time.NewTimer(left - coarse) //nolint:forbidigo // load runs on the wall clock
			select {
			case <-ctx.Done():
				timer.Stop()
				return false
			case <-timer.C:
			}
		case left > spin:
			nap(left - spin)
		}
	}
}
