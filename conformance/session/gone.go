package session

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Lost is the error of a request without a response.
type Lost struct {
	Method, Path string
	Failure      exchange.Failure
}

func (l *Lost) Error() string { return l.Method + " " + l.Path + ": " + l.Failure.Explain() }

// Gone is the error of a request that was not sent because the run with this target is over: the target
// went away, or it sent more than a run reads.
type Gone struct {
	// During is the request that was under way, such as "POST /Users".
	During string
	// After is the number of requests that were answered before.
	After int
	// Lost are the requests whose connection was closed when it went away.
	Lost []string
	// Read is how much of responses was read, in bytes, if that is the reason; otherwise 0.
	Read int64
}

func (g *Gone) Error() string {
	if g.Read > 0 {
		return fmt.Sprintf("the target sent %d MiB in %d responses, and a run reads no more; the last was that to %s", g.Read>>20, g.After, g.During)
	}
	return fmt.Sprintf("the target went away after %d responses, while %s was under way", g.After, g.During)
}

// pulse notices a target that goes away: connections are refused, also when tried again.
type pulse struct {
	answered int
	// under is the first request without a response since the last response.
	under string
	// lost are the requests since then whose connection was closed, each once.
	lost []string
	// closed are all requests whose connection was closed.
	closed []closing
	read   int64 // bytes of all responses
	gone   *Gone
}

// closing is a request without a response, and the number of responses before.
type closing struct {
	request string
	before  int
}

// late is how many responses may still arrive after the first connection that a dying target
// closed: those that were under way.
const late = 16

// silence is how many requests in a row may end with a closed connection. A target that then
// gives no response at all has gone away, though something accepts connections.
const silence = 4

// mostRead is how much of responses a run reads, in bytes (S5). A default run reads some 3 MiB from a
// target that answers what it was asked.
const mostRead = 128 << 20

// took notes how a request ended. It returns the exchange without most of the body if the run has read
// enough.
func (p *pulse) took(r exchange.Request, x *exchange.Exchange, path string) *exchange.Exchange {
	over := p.read > mostRead
	if p.read += int64(len(x.ResponseBody)); p.read > mostRead && p.gone == nil {
		p.gone = &Gone{During: r.Method + " " + path, After: p.answered + 1, Read: p.read}
	}
	switch {
	case x.Status != 0:
		p.answered, p.under, p.lost = p.answered+1, "", nil
	case p.under == "" && x.Failure != exchange.FailureCancelled:
		p.under = r.Method + " " + path
	}
	request := r.Method + " " + path
	if x.Failure == exchange.FailureReset {
		p.closed = append(p.closed, closing{request, p.answered})
	}
	if x.Failure == exchange.FailureReset && !slices.Contains(p.lost, request) {
		if p.lost = append(p.lost, request); len(p.lost) >= silence && p.gone == nil {
			p.gone = &Gone{During: p.under, After: p.answered}
		}
	}
	if over {
		return evidence(x)
	}
	return x
}

// Left returns why no further requests are sent, or nil.
func (s *Session) Left() *Gone {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pulse.gone == nil {
		return nil
	}
	left := &Gone{During: s.pulse.gone.During, After: s.pulse.gone.After, Read: s.pulse.gone.Read}
	for _, c := range s.pulse.closed {
		if c.before+late > s.pulse.answered {
			left.Lost = append(left.Lost, c.request)
		}
	}
	return left
}

// over returns why a request is not sent, or nil. A target that sends too much can still remove what the
// run made.
func (s *Session) over(method string) *Gone {
	left := s.Left()
	if left != nil && left.Read > 0 && method == http.MethodDelete {
		return nil
	}
	return left
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
		x = s.pulse.took(r, x, path)
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
