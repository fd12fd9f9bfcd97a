package faultproxy

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// Options are those of all faults.
type Options struct {
	Seed uint64
	Now  func() time.Time
	// Wait waits for the delay of a response.
	Wait func(context.Context, time.Duration) error
	// Token is the token of the clients, which can expire; empty is unknown.
	Token string
	// Say prints one sentence for each change.
	Say func(string)
}

// Switch injects faults in front of a handler. The faults can change while it serves. A request
// that is under way meets the faults of its beginning.
type Switch struct {
	next    http.Handler
	options Options
	current atomic.Pointer[faults]

	changing sync.Mutex // sentences have the order of the changes
	counting sync.Mutex
	counts   map[fault.Kind]int
}

// New returns a switch in front of next with the faults of an order.
func New(next http.Handler, o Options, first Order) (*Switch, error) {
	s := &Switch{next: next, options: o, counts: map[fault.Kind]int{}}
	return s, s.Set(first)
}

// Set replaces all faults, or none of them on an error. The draw begins again: the same order and
// the same requests give the same faults.
func (s *Switch) Set(o Order) error {
	s.changing.Lock()
	defer s.changing.Unlock()
	f, err := s.arrange(o)
	if err != nil {
		return err
	}
	s.current.Store(f)
	s.options.Say(f.sentence(s.options.Now()))
	return nil
}

// Counts returns the number of requests that each kind of fault affected, of all orders.
func (s *Switch) Counts() map[fault.Kind]int {
	s.counting.Lock()
	defer s.counting.Unlock()
	return maps.Clone(s.counts)
}

func (s *Switch) met(m fault.Mishap) {
	s.counting.Lock()
	defer s.counting.Unlock()
	s.counts[m.Kind]++
}

// ServeHTTP serves the control path itself and forwards everything else.
func (s *Switch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == ControlPath {
		s.control(w, r)
		return
	}
	s.current.Load().handler.ServeHTTP(w, r)
}
