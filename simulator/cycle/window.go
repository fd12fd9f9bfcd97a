package cycle

import (
	"context"
	"errors"
	"sync"
)

// unit is one thing that walks through plan, exchange and commit.
type unit struct {
	lanes    []string // units that share a lane are exchanged one after the other, in plan order
	exchange func(ctx context.Context)
	commit   func(ctx context.Context) error
}

// halted is the error of a unit whose exchange was cut off before anything was achieved:
// the cycle ends, and what other units achieved is committed all the same.
type halted struct{ error }

func (h halted) Unwrap() error { return h.error }

// window runs units: exchanges in up to n workers, commits in plan order, in the calling
// goroutine. It holds a few units a worker, so that a slow one keeps nobody idle for long.
// A window is used by one goroutine and ends with drain.
type window struct {
	n       int
	queue   []*flight // in plan order, not committed yet
	ready   chan *flight
	workers sync.WaitGroup
	running int
	halt    error // why no further unit is taken
	broken  error // a commit that failed: nothing after it is committed

	mu   sync.Mutex
	tail map[string]*flight // the last unit of each lane, until its exchange ended
	idle bool               // workers exchange nothing more: what they would do cannot be committed
}

// flight is a unit under way.
type flight struct {
	unit
	done  chan struct{} // closed when the exchange ended
	waits int           // units before it in its lanes
	next  []*flight     // units that wait for it
}

// depth is how many units a worker may be ahead of the oldest one.
const depth = 8

func newWindow(n int) *window {
	n = max(n, 1)
	return &window{n: n, tail: map[string]*flight{}, ready: make(chan *flight, depth*n)}
}

// add starts the exchange of a unit and commits what has to make room for it. After the
// first error, which it returns again, no unit is taken any more.
func (w *window) add(ctx context.Context, u unit) error {
	switch {
	case w.broken != nil:
		return w.broken
	case w.halt != nil:
		return w.halt
	}
	if w.n == 1 {
		if u.exchange != nil {
			u.exchange(ctx)
		}
		return w.settle(ctx, u)
	}
	f := &flight{unit: u, done: make(chan struct{})}
	w.queue = append(w.queue, f)
	if u.exchange == nil {
		close(f.done)
	} else {
		w.start(ctx, f)
	}
	if len(w.queue) < depth*w.n {
		return nil
	}
	return w.commitFirst(ctx)
}

// start hands a unit to the workers, or to the units before it in its lanes.
func (w *window) start(ctx context.Context, f *flight) {
	if w.running < w.n {
		w.running++
		w.workers.Go(func() { w.work(ctx) })
	}
	w.mu.Lock()
	for _, lane := range f.lanes {
		if before := w.tail[lane]; before != nil && before != f {
			before.next = append(before.next, f)
			f.waits++
		}
		w.tail[lane] = f
	}
	free := f.waits == 0
	w.mu.Unlock()
	if free {
		w.ready <- f // there is room: no more units are under way than it holds
	}
}

// work exchanges units until the window is drained.
func (w *window) work(ctx context.Context) {
	for f := range w.ready {
		w.mu.Lock()
		idle := w.idle
		w.mu.Unlock()
		if !idle {
			f.exchange(ctx)
		}
		w.mu.Lock()
		for _, lane := range f.lanes {
			if w.tail[lane] == f {
				delete(w.tail, lane)
			}
		}
		for _, g := range f.next {
			if g.waits--; g.waits == 0 {
				w.ready <- g
			}
		}
		w.mu.Unlock()
		close(f.done)
	}
}

func (w *window) commitFirst(ctx context.Context) error {
	f := w.queue[0]
	w.queue = w.queue[1:]
	<-f.done
	return w.settle(ctx, f.unit)
}

// settle commits one unit, also after the run was told to end: state and log have to hold
// what the target holds.
func (w *window) settle(ctx context.Context, u unit) error {
	err := u.commit(context.WithoutCancel(ctx))
	if h, cut := errors.AsType[halted](err); cut {
		if w.halt == nil {
			w.halt = h.error
		}
		return w.halt
	}
	if err != nil {
		w.broken = err
		w.mu.Lock()
		w.idle = true
		w.mu.Unlock()
	}
	return err
}

// drain ends the window: it waits for every exchange and commits what is left, in order,
// unless a commit failed. planned is why planning ended; drain returns the first error.
func (w *window) drain(ctx context.Context, planned error) error {
	for len(w.queue) > 0 && w.broken == nil {
		_ = w.commitFirst(ctx) // kept in halt or broken
	}
	for _, f := range w.queue {
		<-f.done
	}
	close(w.ready)
	w.workers.Wait()
	switch {
	case w.broken != nil:
		return w.broken
	case planned != nil:
		return planned
	}
	return w.halt
}
