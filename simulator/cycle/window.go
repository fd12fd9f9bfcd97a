package cycle

import (
	"context"
	"sync"
)

// unit is one thing that walks through plan, exchange and commit.
type unit struct {
	lane     string // units of one lane are exchanged one after the other
	exchange func(ctx context.Context)
	commit   func(ctx context.Context) error
}

// window runs units: exchanges in up to n workers, commits in plan order, in the
// calling goroutine. It holds at most four units a worker.
type window struct {
	n     int
	queue []*flight
	lanes map[string]*flight
	slots chan struct{}
	wait  sync.WaitGroup
}

type flight struct {
	unit
	done chan struct{}
}

func newWindow(n int) *window {
	n = max(n, 1)
	return &window{n: n, lanes: map[string]*flight{}, slots: make(chan struct{}, n)}
}

// add starts the exchange of a unit and commits what has to make room for it.
func (w *window) add(ctx context.Context, u unit) error {
	if w.n == 1 {
		if u.exchange != nil {
			u.exchange(ctx)
		}
		return u.commit(ctx)
	}
	f := &flight{unit: u, done: make(chan struct{})}
	if u.exchange == nil {
		close(f.done)
	} else {
		w.start(ctx, f)
	}
	w.queue = append(w.queue, f)
	if len(w.queue) < 4*w.n {
		return nil
	}
	return w.commitFirst(ctx)
}

func (w *window) start(ctx context.Context, f *flight) {
	var before <-chan struct{}
	if f.lane != "" {
		if last := w.lanes[f.lane]; last != nil {
			before = last.done
		}
		w.lanes[f.lane] = f
	}
	w.wait.Go(func() {
		defer close(f.done)
		if before != nil {
			<-before
		}
		w.slots <- struct{}{}
		defer func() { <-w.slots }()
		f.exchange(ctx)
	})
}

func (w *window) commitFirst(ctx context.Context) error {
	f := w.queue[0]
	w.queue = w.queue[1:]
	<-f.done
	if f.lane != "" && w.lanes[f.lane] == f {
		delete(w.lanes, f.lane)
	}
	return f.commit(ctx)
}

// drain commits what is left, in order. After an error nothing more is committed, but
// every worker is waited for.
func (w *window) drain(ctx context.Context, err error) error {
	for err == nil && len(w.queue) > 0 {
		err = w.commitFirst(ctx)
	}
	w.wait.Wait()
	return err
}
