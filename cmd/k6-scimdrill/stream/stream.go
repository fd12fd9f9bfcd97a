package stream

import (
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/scimdrill/scimdrill/simulator/replay"
)

// Stream is a stream of requests, sorted by object. The virtual users of a process share it and its ids.
type Stream struct {
	options
	objects []object
	left    int
	pace    *rate.Limiter

	mu  sync.Mutex
	ids map[string]string // by variable
}

// object are the requests of one object, and the variables that their responses give.
type object struct {
	requests []replay.Plain
	gives    map[string]bool
}

// perSecond is how many requests a second a host that is not loopback gets from one instance.
const perSecond = 25

func read(o options) (*Stream, error) {
	source, err := replay.Open(o.stream, func(string) {})
	if err != nil {
		return nil, fmt.Errorf("open stream %s: %w", o.stream, err)
	}
	chains, err := replay.Chains(source)
	if err != nil {
		return nil, fmt.Errorf("open stream %s: %w", o.stream, err)
	}
	s := &Stream{options: o, ids: map[string]string{}, pace: rate.NewLimiter(rate.Inf, 1)}
	if !o.allowRate {
		s.pace = rate.NewLimiter(rate.Every(time.Second/perSecond), 1)
	}
	for _, c := range chains {
		made := object{gives: map[string]bool{}}
		for _, r := range c.Requests {
			p, ok := r.Plain()
			if !ok {
				s.left++
				continue
			}
			for _, name := range p.Gives {
				made.gives[name] = true
			}
			made.requests = append(made.requests, p)
		}
		s.objects = append(s.objects, made)
	}
	return s, nil
}

func (s *Stream) id(variable string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ids[variable]
}

func (s *Stream) keep(variable, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids[variable] = id
}
