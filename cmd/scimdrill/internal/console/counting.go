package console

import (
	"net/http"
	"sync/atomic"
)

// Counting is a transport that counts what it sends, and tells the bound of the command of it.
func (con *Console) Counting(next http.RoundTripper) http.RoundTripper {
	return &counter{next: con.Bound.Watch(next), sent: &con.sent}
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
