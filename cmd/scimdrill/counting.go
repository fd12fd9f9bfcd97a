package main

import (
	"net/http"
	"sync/atomic"
)

// counting is a transport that counts what it sends.
func (a *console) counting(next http.RoundTripper) http.RoundTripper {
	return &counter{next: next, sent: &a.sent}
}

type counter struct {
	next http.RoundTripper
	sent *atomic.Int64
}

// RoundTrip sends the request.
func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	c.sent.Add(1)
	return c.next.RoundTrip(r)
}
