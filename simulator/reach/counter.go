package reach

import (
	"slices"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// Reach says which requests of a run the target answered.
type Reach struct {
	Requests, Answered int64
	// Last is when the last answered request was sent, in the time of the run.
	Last time.Time
	// Silent is the number of requests after the last answered one.
	Silent int64
	// Why is the reason for the first of them, without addresses.
	Why string
}

// Counter counts requests. It is safe for concurrent use.
type Counter struct {
	mu  sync.Mutex
	all Reach
}

// Saw takes an exchange of any kind. One that was cancelled or not sent says nothing.
func (c *Counter) Saw(x *exchange.Exchange) {
	unsent := []exchange.Failure{exchange.FailureCancelled, exchange.FailureCredentials, exchange.FailureRequest, exchange.FailureNotLoopback}
	if slices.Contains(unsent, x.Failure) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all.Requests++
	if silent(x.Failure) {
		if c.all.Silent++; c.all.Silent == 1 {
			c.all.Why, _ = x.Failure.Meaning()
		}
		return
	}
	c.all.Answered, c.all.Silent, c.all.Why = c.all.Requests, 0, ""
	if !x.Virtual.IsZero() {
		c.all.Last = x.Virtual
	}
}

// silent are the failures of a target that is not there.
func silent(f exchange.Failure) bool {
	return slices.Contains([]exchange.Failure{
		exchange.FailureRefused, exchange.FailureUnreachable, exchange.FailureName, exchange.FailureReset, exchange.FailureTimeout, exchange.FailureTLS,
	}, f)
}

// enoughSilence is how many requests in a row a target that is there may leave unanswered.
const enoughSilence = 3

// Gone reports whether the target went away and did not come back, or never was there; nil if it is there.
// failed says that the last thing that the run tried came to nothing.
func (c *Counter) Gone(failed bool) *Reach {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.all
	if all.Silent == 0 || all.Answered > 0 && !failed && all.Silent < enoughSilence {
		return nil
	}
	return &all
}
