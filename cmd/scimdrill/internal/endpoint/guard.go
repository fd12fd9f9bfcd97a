package endpoint

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Considerate is a transport that keeps a rate, lets a target settle after a write, and
// ends the run when the target seems to suffer.
type Considerate struct {
	Next   http.RoundTripper
	Guard  *scimclient.Guard
	Settle time.Duration
	Now    func() time.Time
	Stop   context.CancelCauseFunc

	mu      sync.Mutex
	written time.Time // when the last write was answered
}

// RoundTrip sends one request when it may be sent.
func (c *Considerate) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.Guard.Admit(r.Context()); err != nil {
		if r.Context().Err() == nil {
			c.Stop(err)
		}
		return nil, err
	}
	if err := c.wait(r.Context()); err != nil {
		return nil, err
	}
	resp, err := c.Next.RoundTrip(r)
	if err != nil {
		c.Guard.Saw(0)
		return nil, err
	}
	c.Guard.Saw(resp.StatusCode)
	if r.Method != http.MethodGet {
		c.mu.Lock()
		c.written = c.Now()
		c.mu.Unlock()
	}
	return resp, nil
}

// wait lets pass what is left of the time that the target takes to settle.
func (c *Considerate) wait(ctx context.Context) error {
	c.mu.Lock()
	left := c.Settle - c.Now().Sub(c.written)
	c.mu.Unlock()
	if c.Settle <= 0 || left <= 0 {
		return nil
	}
	select {
	case <-ctx.Done():
		return fmt.Errorf("wait for the target to settle: %w", ctx.Err())
	case <-time.After(left):
		return nil
	}
}
