package clock

import (
	"context"
	"sync"
	"time"
)

// Virtual is a clock that only moves when it is told to. It never goes back.
type Virtual struct {
	mu  sync.RWMutex
	now time.Time
}

var _ Clock = (*Virtual)(nil)

// NewVirtual returns a clock that stands at start.
func NewVirtual(start time.Time) *Virtual {
	return &Virtual{now: start.UTC()}
}

// Now is the instant the clock stands at.
func (v *Virtual) Now() time.Time {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.now
}

// WaitUntil moves the clock to t at once; an instant in the past changes nothing.
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
