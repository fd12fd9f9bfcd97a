package replay

import (
	"context"
	"sync"
	"time"
)

// feed is the part of the stream that is still to come.
type feed struct {
	queue <-chan item
	over  chan struct{} // closed when nothing more comes

	mu      sync.Mutex
	stopped bool
	planned time.Duration
	ended   bool // by the duration or the schedule
	err     error
}

// stop ends the feed.
func (f *feed) stop(ended bool, err error) {
	if !f.stopped {
		f.stopped, f.ended, f.err = true, ended, err
		close(f.over)
	}
}

// dispatch admits each request when it is due.
func (p *Player) dispatch(ctx context.Context) {
	f := p.feed
	var place float64             // in the schedule
	var last, first time.Duration // first: at which the recording goes on after what an earlier run sent
	for next := range f.queue {
		if next.err != nil {
			f.stop(false, next.err)
			return
		}
		if p.over(next.request) {
			first = next.request.At
			continue
		}
		due, ended := p.cfg.Schedule.due(place, max(0, next.request.At-first))
		if ended && !p.cfg.Schedule.Closed() {
			f.stop(true, nil)
			return
		}
		place += p.share(next.request)
		for i, t := range p.tenants {
			if !t.takes(next.request) {
				continue
			}
			if !p.mine(t, next.request) {
				p.tally.elsewhere.Add(1)
				continue
			}
			if t.sent(next.request) {
				p.tally.earlier.Add(1)
				continue
			}
			at := due
			if len(p.tenants) > 1 && next.request.Tenant == "" {
				at += p.cfg.Schedule.spacing() * time.Duration(i) / time.Duration(len(p.tenants))
			}
			if p.cfg.LeastSpacing > 0 && last > 0 {
				at = max(at, last+p.cfg.LeastSpacing)
			}
			last = max(at, 1)
			if p.cfg.Duration > 0 && max(at, p.pace.elapsed()) >= p.cfg.Duration {
				f.stop(true, nil)
				return
			}
			if !p.pace.until(ctx, at) || !p.place(ctx) {
				f.stop(false, nil)
				return
			}
			if o := p.admit(next.request, t, at); o != nil {
				p.launch(o)
			}
			f.planned = at
		}
	}
	f.stop(false, nil)
}

// over reports whether an earlier run sent a request to all tenants, and counts it.
func (p *Player) over(r *Request) bool {
	n := int64(0)
	for _, t := range p.tenants {
		if t.past == nil {
			return false
		}
		if t.takes(r) && p.mine(t, r) {
			if !t.sent(r) {
				return false
			}
			n++
		}
	}
	p.tally.earlier.Add(n)
	return n > 0
}

// share is which part of a place in the schedule a request takes. Of a stream with the requests of several
// tenants, each takes its part, so that each tenant has the rate on average.
func (p *Player) share(r *Request) float64 {
	if r.Tenant == "" {
		return 1
	}
	return 1 / float64(len(p.tenants))
}

// place waits for a place in the window.
func (p *Player) place(ctx context.Context) bool {
	select {
	case p.places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// pull takes the next request that can be sent at once; nil is none for the moment, or for ever.
func (p *Player) pull(ctx context.Context) *op {
	f := p.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	for !f.stopped {
		if len(p.places)+len(p.tenants) > cap(p.places) {
			return nil
		}
		next, more := <-f.queue
		switch {
		case !more || ctx.Err() != nil:
			f.stop(false, nil)
			return nil
		case next.err != nil:
			f.stop(false, next.err)
			return nil
		case p.cfg.Duration > 0 && p.pace.elapsed() >= p.cfg.Duration:
			f.stop(true, nil)
			return nil
		}
		var first *op
		for _, t := range p.tenants {
			if !t.takes(next.request) {
				continue
			}
			if !p.mine(t, next.request) {
				p.tally.elsewhere.Add(1)
				continue
			}
			if t.sent(next.request) {
				p.tally.earlier.Add(1)
				continue
			}
			p.places <- struct{}{}
			switch o := p.admit(next.request, t, p.pace.elapsed()); {
			case o == nil:
			case first == nil:
				first = o
			default:
				p.launch(o)
			}
		}
		if first != nil {
			return first
		}
	}
	return nil
}

// admit takes a request that has a place, and gives it back if it can be sent at once.
func (p *Player) admit(r *Request, t *tenant, due time.Duration) *op {
	o := &op{request: r, tenant: t, due: int64(due), ready: int64(due)}
	o.needs, o.makes, o.about = o.needsRoom[:0], o.makesRoom[:0], o.aboutRoom[:0]
	p.tally.read.Add(1)
	p.open.Add(1)
	var lookups []*op
	ready := t.order.admit(o, func(variable key) *binding {
		b, lookup := p.unknown(t, variable)
		if lookup != nil {
			lookup.due = int64(due)
			lookups = append(lookups, lookup)
		}
		return b
	})
	for _, lookup := range lookups {
		p.open.Add(1)
		p.launch(lookup)
	}
	if ready {
		return o
	}
	return nil
}
