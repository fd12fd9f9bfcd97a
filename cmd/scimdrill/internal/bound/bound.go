package bound

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
)

// Bound is the bounds of one run of a command. Its zero value and nil have none.
type Bound struct {
	command string
	limits  Limits

	mu       sync.Mutex
	sent     int64
	underWay map[int64]request
	last     string    // how the last request ended, if not with a usable response
	stalled  time.Time // start of the first request since the last usable response
	cancel   context.CancelCauseFunc
	reached  error
}

// request is a request under way.
type request struct {
	what  string // method and path
	began time.Time
}

// New returns the bounds of a command.
func New(command string, limits Limits) *Bound {
	return &Bound{command: command, limits: limits, underWay: map[int64]request{}}
}

// Begin returns a context that ends at the first bound.
func (b *Bound) Begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	b.cancel = cancel
	stop := func() { cancel(nil) }
	if b.limits.Total > 0 {
		timer := time.AfterFunc(b.limits.Total, func() { b.end(b.overdue()) })
		context.AfterFunc(ctx, func() { timer.Stop() })
	}
	if b.limits.Stalled > 0 {
		go b.patrol(ctx)
	}
	return ctx, stop
}

// patrol looks now and then for how long there was no usable response.
func (b *Bound) patrol(ctx context.Context) {
	ticker := time.NewTicker(max(b.limits.Stalled/50, 10*time.Millisecond))
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticker.C:
			b.mu.Lock()
			over := !b.stalled.IsZero() && now.Sub(b.stalled) >= b.limits.Stalled
			b.mu.Unlock()
			if over {
				b.end(b.stuck())
				return
			}
		}
	}
}

// end ends the command, once.
func (b *Bound) end(why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.reached == nil {
		b.reached = why
		b.cancel(why)
	}
}

// Verdict is the error of a command that ended with err: the bound, if that was the cause. Wrong
// usage and outputs that could not be written stay as they are.
func (b *Bound) Verdict(err error) error {
	if b == nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if own, ok := errors.AsType[*exit.Error](err); b.reached == nil || ok && (own.Code == reports.ExitUsage || own.Code == reports.ExitReport) {
		return err
	}
	return b.reached
}
