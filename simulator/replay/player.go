package replay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const (
	// ahead is how many requests are read before they are due.
	ahead = 1 << 15
	// window is how many requests may wait for others, beside those under way.
	window = 1 << 14
	// mostSilent is how many requests in a row may have no response before the run ends.
	mostSilent = 100
	// mostRefused is how many requests at the beginning may be refused before the run ends.
	mostRefused = 20
)

// ErrGone means that the target does not respond any more.
var ErrGone = errors.New("the target does not respond")

// ErrRefused means that the target lets no request in.
var ErrRefused = errors.New("the target refuses the credentials")

// Player sends one stream.
type Player struct {
	cfg     Config
	tenants []*tenant
	tally   *tally
	pace    *pacer
	ready   chan *op
	places  chan struct{} // of the window
	open    sync.WaitGroup
	watch   *watchdog
	feed    *feed
}

// tenant is a tenant with the ids of its objects.
type tenant struct {
	Tenant
	number  int
	headers *headers
	order   *order
	past    *past // nil: there was no earlier run
}

// New prepares a player.
func New(cfg Config) (*Player, error) {
	switch {
	case cfg.Base == nil || len(cfg.Tenants) == 0 || cfg.Recorder == nil || cfg.Now == nil:
		return nil, errors.New("replay: the target, a tenant, a recorder or a clock is missing")
	case cfg.Concurrency < 1:
		return nil, errors.New("replay: the number of concurrent requests must be at least 1")
	}
	p := &Player{cfg: cfg}
	p.Again(cfg.Schedule, cfg.Recorder)
	for i, t := range cfg.Tenants {
		p.tenants = append(p.tenants, &tenant{Tenant: t, number: i, headers: newHeaders(cfg.Header), order: newOrder()})
	}
	return p, nil
}

// Again prepares the player for one more part of the stream, with a schedule and figures of its own.
// The ids of earlier parts stay known.
func (p *Player) Again(s Schedule, r *measure.Recorder) {
	p.cfg.Schedule, p.cfg.Recorder = s, r
	p.tally, p.watch = newTally(), &watchdog{}
	p.ready, p.places = make(chan *op, 2*window+p.cfg.Concurrency), make(chan struct{}, window)
}

// Progress is how far a run is.
type Progress struct{ Read, Sent, Unsent, InFlight int64 }

// Progress may be called while the player plays.
func (p *Player) Progress() Progress {
	return Progress{Read: p.tally.read.Load(), Sent: p.tally.sent.Load(), InFlight: p.tally.inFlight.Load()}
}

// Play sends the stream and returns when the last response is there, or ctx has ended. An error is
// one of the stream; what happened until then is in the result.
func (p *Player) Play(ctx context.Context, source Source) (*Result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p.feed = &feed{queue: read(ctx, source), over: make(chan struct{})}
	p.pace = &pacer{now: p.cfg.Now, start: p.cfg.Now()}
	var workers sync.WaitGroup
	for range p.cfg.Concurrency {
		workers.Go(func() { newWorker(ctx, p, cancel).work(ctx) })
	}
	stopWatch := p.watch.start(p.pace.elapsed)
	defer stopWatch()
	if !p.pulled() {
		go func() {
			p.pace.exact()
			p.dispatch(ctx)
		}()
	}
	<-p.feed.over
	p.open.Wait()
	close(p.ready)
	workers.Wait()
	r := p.tally.result()
	r.Began, r.Planned, r.Ended = p.pace.start, p.feed.planned, p.feed.ended
	return r, p.feed.err
}

// pulled reports whether workers take the next request themselves, because none has a due time.
func (p *Player) pulled() bool { return p.cfg.Schedule.Closed() && p.cfg.LeastSpacing == 0 }

// item is a request that was read, or why none could be.
type item struct {
	request *Request
	err     error
}

// read reads ahead, until as much as possible is there or the stream has ended.
func read(ctx context.Context, source Source) <-chan item {
	queue := make(chan item, ahead)
	full := make(chan struct{})
	go func() {
		defer close(queue)
		n := 0
		for request, err := range source {
			if n++; n == ahead {
				close(full)
			}
			select {
			case queue <- item{request, err}:
			case <-ctx.Done():
				if n < ahead {
					close(full)
				}
				return
			}
			if err != nil {
				break
			}
		}
		if n < ahead {
			close(full)
		}
	}()
	<-full
	return queue
}

// launch hands a request to the workers; there is room, because it has a place.
func (p *Player) launch(o *op) {
	o.ready = int64(p.pace.elapsed())
	p.ready <- o
}

// later launches a request after a while, or at the end of the run, which ends it.
func (p *Player) later(ctx context.Context, wait time.Duration, o *op) {
	timer := time.NewTimer(wait) //nolint:forbidigo // load runs on the wall clock
	go func() {
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		p.launch(o)
	}()
}

// end ends a request and launches those that waited for it.
func (p *Player) end(o *op, ids []string, own bool, entry int64) {
	for _, next := range o.tenant.order.finish(o, ids, own, entry) {
		p.launch(next)
	}
	if !o.lookup {
		<-p.places
	}
	p.open.Done()
}

// refused ends the run where the target has let no request in since the beginning. A recorded
// refusal is none.
func (p *Player) refused(status, recorded int) error {
	if status == 0 || p.tally.admitted.Load() {
		return nil
	}
	if status != http.StatusUnauthorized && status != http.StatusForbidden || status == recorded {
		p.tally.admitted.Store(true)
		return nil
	}
	if n := p.tally.refused.Add(1); n >= mostRefused {
		return fmt.Errorf("%w: each of the first %d responses has status %d; hint: check the token, and try it with `scimdrill connect`", ErrRefused, n, status)
	}
	return nil
}

// gone ends the run where the target has not responded for a while.
func (p *Player) gone(responded bool) error {
	if responded {
		p.tally.silent.Store(0)
		return nil
	}
	if n := p.tally.silent.Add(1); n >= mostSilent {
		return fmt.Errorf("%w: %d requests in a row had no response, after %d that were sent", ErrGone, n, p.tally.sent.Load())
	}
	return nil
}
