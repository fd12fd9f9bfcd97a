package suites

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/onsi/gomega"
)

// run runs one check and removes what it made.
func (s Suite) run(ctx context.Context, c Spec) *Finding {
	p := &probe{Case: s.Session.Begin(string(c.ID)), survey: s.known(), check: c.Check, finding: &Finding{ID: c.ID, Ending: Passed}}
	p.gomega = gomega.NewGomega(func(string, ...int) {}) // holds looks at the result
	s.body(ctx, c, p)
	p.finding.Exchanges = p.Exchanges
	p.End(ctx)
	p.finding.Took, p.finding.transcript = p.Took(), p.Transcript()
	p.finding.divide()
	p.finding.shorten()
	return p.finding
}

// body runs the body of a check until it ends itself.
func (s Suite) body(ctx context.Context, c Spec, p *probe) {
	defer func() {
		switch r := recover(); r.(type) {
		case nil, ended:
		default:
			p.finding.Ending, p.finding.Why = Errored, fmt.Sprintf("the check itself failed: %v", r)
		}
	}()
	for _, feature := range c.Needs {
		p.needs(feature)
	}
	c.body(ctx, p)
	if p.finding.Assertions == 0 {
		p.finding.Ending, p.finding.Why = Errored, "the check made no assertions"
	}
}

// ahead starts checks before Ginkgo asks for their results, Parallel at once and in order. A check
// that must be alone waits until no other runs. The function returns how to get the result of
// the check with a given index; it is nil if checks run one after the other.
func (s Suite) ahead(list []Spec) func(i int) func() *Finding {
	list = slices.DeleteFunc(slices.Clone(list), func(c Spec) bool { return c.body == nil }) // which are at the end
	if s.Parallel < 2 || s.Context == nil {
		return func(int) func() *Finding { return nil }
	}
	results := make([]chan *Finding, len(list))
	for i := range results {
		results[i] = make(chan *Finding, 1)
	}
	start := sync.OnceFunc(func() {
		var alone sync.RWMutex
		next := make(chan int)
		go func() {
			defer close(next)
			for i := range list {
				next <- i
			}
		}()
		for range s.Parallel {
			go func() {
				for i := range next {
					results[i] <- s.turn(&alone, list[i])
				}
			}()
		}
	})
	return func(i int) func() *Finding {
		return func() *Finding {
			start()
			return <-results[i]
		}
	}
}

// turn runs a check, beside others or alone.
func (s Suite) turn(alone *sync.RWMutex, c Spec) *Finding {
	lock, unlock := alone.RLock, alone.RUnlock
	if c.Alone {
		lock, unlock = alone.Lock, alone.Unlock
	}
	lock()
	defer unlock()
	if f := over(s.Context, c); f != nil {
		return f
	}
	return s.run(s.Context, c)
}

// over is the finding of a check that does not run because the run has ended.
func over(ctx context.Context, c Spec) *Finding {
	switch err := context.Cause(ctx); {
	case err == nil:
		return nil
	case errors.Is(err, context.Canceled):
		return &Finding{ID: c.ID, Ending: Skipped, Why: "the run was cancelled"}
	default:
		return &Finding{ID: c.ID, Ending: Errored, Why: "not run: " + err.Error()}
	}
}
