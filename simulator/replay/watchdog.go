package replay

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// watchdog ends requests that take too long. It looks now and then at all workers, which costs less
// than a timer for each request.
type watchdog struct {
	mu      sync.Mutex
	watched []*watched
}

// watched is the request that a worker has under way.
type watched struct {
	deadline atomic.Int64 // since the start; 0: none is under way

	mu      sync.Mutex
	ctx     context.Context //nolint:containedctx // it is that of the request under way
	cancel  context.CancelFunc
	overdue bool
}

// start begins to look, until stop.
func (d *watchdog) start(elapsed func() time.Duration) (stop func()) {
	ticker := time.NewTicker(10 * time.Millisecond) //nolint:forbidigo // load runs on the wall clock
	ended := make(chan struct{})
	go func() {
		for {
			select {
			case <-ended:
				return
			case <-ticker.C:
				d.look(int64(elapsed()))
			}
		}
	}()
	return func() {
		ticker.Stop()
		close(ended)
	}
}

func (d *watchdog) look(now int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, w := range d.watched {
		if at := w.deadline.Load(); at != 0 && now >= at {
			w.mu.Lock()
			if w.deadline.Load() == at {
				w.overdue = true
				w.cancel()
			}
			w.mu.Unlock()
		}
	}
}

// watch adds a worker.
func (d *watchdog) watch(ctx context.Context) *watched {
	w := &watched{}
	w.ctx, w.cancel = context.WithCancel(ctx)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.watched = append(d.watched, w)
	return w
}

// begin gives the context of a request that has to end by the deadline.
func (w *watched) begin(deadline time.Duration) context.Context {
	w.deadline.Store(int64(deadline))
	return w.ctx
}

// end ends the watch over a request, and reports whether it took too long.
func (w *watched) end(parent context.Context) (overdue bool) {
	w.deadline.Store(0)
	w.mu.Lock()
	defer w.mu.Unlock()
	if overdue = w.overdue; overdue {
		w.overdue = false
		w.ctx, w.cancel = context.WithCancel(parent)
	}
	return overdue
}
