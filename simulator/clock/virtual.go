package clock

import (
	"context"
	"sync"
	"time"
)

// Virtual is a clock that moves only in WaitUntil. It never goes back.
type Virtual struct {
	mu  sync.RWMutex
	now time.Time
}

var _ Clock = (*Virtual)(nil)

// NewVirtual returns a clock set to start.
func NewVirtual(start time.Time) *Virtual {
	return &Virtual{now: start.UTC()}
}

// Now returns the current instant of the clock.
func (v *Virtual) Now() time.Time {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.now
}

// WaitUntil moves the clock to t immediately; an instant in the past changes nothing.
func (v *Virtual) WaitUntil(ctx context.Context, t time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if t.After(v.now) {
		v.now = t.UTC()
	}
	return nil
}
