package clock

import (
	"context"
	"time"
)

// Wall is real time.
type Wall struct{}

var _ Clock = Wall{}

// Now returns the system time, in UTC.
func (Wall) Now() time.Time {
	return time.Now().UTC()
}

// WaitUntil sleeps until t.
func (w Wall) WaitUntil(ctx context.Context, t time.Time) error {
	timer := time.NewTimer(t.Sub(w.Now()))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
