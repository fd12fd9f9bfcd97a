package engine

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

// reach counts requests.
type reach struct {
	mu  sync.Mutex
	all Reach
}

// saw takes an exchange of any kind. One that was cancelled or not sent says nothing.
func (r *reach) saw(x *exchange.Exchange) {
	unsent := []exchange.Failure{exchange.FailureCancelled, exchange.FailureCredentials, exchange.FailureRequest, exchange.FailureNotLoopback}
	if slices.Contains(unsent, x.Failure) {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all.Requests++
	if silent(x.Failure) {
		if r.all.Silent++; r.all.Silent == 1 {
			r.all.Why, _ = x.Failure.Meaning()
		}
		return
	}
	r.all.Answered, r.all.Silent, r.all.Why = r.all.Requests, 0, ""
	if !x.Virtual.IsZero() {
		r.all.Last = x.Virtual
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

// gone reports whether the target went away and did not come back, or never was there.
func (r *run) gone() *Reach {
	r.reach.mu.Lock()
	defer r.reach.mu.Unlock()
	all := r.reach.all
	cycles := r.result.Cycles
	failed := len(cycles) > 0 && cycles[len(cycles)-1].Failed
	if r.cfg.Embedded || all.Silent == 0 || all.Answered > 0 && !failed && all.Silent < enoughSilence {
		return nil
	}
	return &all
}
