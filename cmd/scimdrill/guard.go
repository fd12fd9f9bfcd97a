package main

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// considerate is a transport that keeps a rate, lets a target settle after a write, and
// ends the run when the target seems to suffer.
type considerate struct {
	next   http.RoundTripper
	guard  *scimclient.Guard
	settle time.Duration
	now    func() time.Time
	stop   context.CancelCauseFunc

	mu      sync.Mutex
	written time.Time // when the last write was answered
}

// RoundTrip sends one request when it may be sent.
func (c *considerate) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.guard.Admit(r.Context()); err != nil {
		if r.Context().Err() == nil {
			c.stop(err)
		}
		return nil, err
	}
	if err := c.wait(r.Context()); err != nil {
		return nil, err
	}
	resp, err := c.next.RoundTrip(r)
	if err != nil {
		c.guard.Saw(0)
		return nil, err
	}
	c.guard.Saw(resp.StatusCode)
	if r.Method != http.MethodGet {
		c.mu.Lock()
		c.written = c.now()
		c.mu.Unlock()
	}
	return resp, nil
}

// wait lets pass what is left of the time that the target takes to settle.
func (c *considerate) wait(ctx context.Context) error {
	c.mu.Lock()
	left := c.settle - c.now().Sub(c.written)
	c.mu.Unlock()
	if c.settle <= 0 || left <= 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait for the target to settle: %w", ctx.Err())
	case <-time.After(left):
		return nil
	}
}
