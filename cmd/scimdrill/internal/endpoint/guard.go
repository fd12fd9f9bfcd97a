package endpoint

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// Considerate is a transport that keeps a rate, and ends the run when the target seems to suffer.
type Considerate struct {
	Next  http.RoundTripper
	Guard *scimclient.Guard
	Stop  context.CancelCauseFunc
}

// RoundTrip sends one request when it may be sent.
func (c *Considerate) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.Guard.Admit(r.Context()); err != nil {
		if r.Context().Err() == nil {
			c.Stop(err)
		}
		return nil, err
	}
	resp, err := c.Next.RoundTrip(r)
	if err != nil {
		c.Guard.Saw(0)
		return nil, err
	}
	c.Guard.Saw(resp.StatusCode)
	return resp, nil
}
