package session

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Lost is the error of a request without a response.
type Lost struct {
	Method, Path string
	Failure      exchange.Failure
}

func (l *Lost) Error() string { return l.Method + " " + l.Path + ": " + l.Failure.Explain() }

// Gone is the error of a request that was not sent because the target went away during the run.
type Gone struct {
	// During is the request that was under way, such as "POST /Users".
	During string
	// After is the number of requests that were answered before.
	After int
}

func (g *Gone) Error() string {
	return fmt.Sprintf("the target went away after %d responses, while %s was under way; hint: look into its log, start it again, and repeat the run", g.After, g.During)
}

// pulse notices a target that goes away: connections are refused, also when tried again.
type pulse struct {
	answered int
	// under is the first request without a response since the last response.
	under string
	gone  *Gone
}

// took notes how a request ended.
func (p *pulse) took(r exchange.Request, x *exchange.Exchange, path string) {
	switch {
	case x.Status != 0:
		p.answered, p.under = p.answered+1, ""
	case p.under == "" && x.Failure != exchange.FailureCancelled:
		p.under = r.Method + " " + path
	}
}

// Left returns why no further requests are sent, or nil.
func (s *Session) Left() *Gone {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pulse.gone
}

const (
	knock = 250 * time.Millisecond // between two tries to reach a target that refuses connections
	// again is how long a target that refuses connections is tried at least.
	again = time.Second
)

// reach sends a request until the target accepts the connection, or marks it as gone.
func (s *Session) reach(ctx context.Context, r exchange.Request, path string) *exchange.Exchange {
	for waited := time.Duration(0); ; waited += knock {
		x := s.cfg.Sender.Send(ctx, r)
		s.mu.Lock()
		s.pulse.took(r, x, path)
		if x.Failure == exchange.FailureRefused && waited >= max(s.cfg.Patience, again) {
			s.pulse.gone = &Gone{During: s.pulse.under, After: s.pulse.answered}
		}
		left := s.pulse.gone != nil
		s.mu.Unlock()
		if x.Failure != exchange.FailureRefused || left || s.pause(ctx, knock) != nil {
			return x
		}
	}
}

// AsLost returns the lost response in an error, or nil.
func AsLost(err error) *Lost {
	l, _ := errors.AsType[*Lost](err)
	return l
}
