package plan

import (
	"errors"
	"mime"
	"net/http"
	"sync/atomic"
)

// errWrite cannot happen as long as Target is what stands above the connection.
var errWrite = errors.New("a plan only reads; a write request was stopped before it was sent")

// ReadOnly is a connection that lets GET pass and nothing else, and counts. The one
// exception is a form that is posted to the token endpoint: a token has to be asked for.
type ReadOnly struct {
	next  http.RoundTripper
	token string
	sent  atomic.Int64
}

// NewReadOnly puts a guard before a client's transport; nil is the net's own. tokenURL is
// where access tokens come from, "" where they need not be asked for.
func NewReadOnly(client *http.Client, tokenURL string) *ReadOnly {
	g := &ReadOnly{next: http.DefaultTransport, token: tokenURL}
	if client != nil && client.Transport != nil {
		g.next = client.Transport
	}
	return g
}

// RoundTrip sends a GET; any other request is an error and stays here.
func (g *ReadOnly) RoundTrip(r *http.Request) (*http.Response, error) {
	if g.asksForToken(r) {
		return g.next.RoundTrip(r)
	}
	if r.Method != http.MethodGet {
		if r.Body != nil {
			_ = r.Body.Close() // a RoundTripper closes it, also when it fails
		}
		return nil, errWrite
	}
	g.sent.Add(1)
	return g.next.RoundTrip(r)
}

func (g *ReadOnly) asksForToken(r *http.Request) bool {
	form, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return g.token != "" && r.Method == http.MethodPost && r.URL.String() == g.token && form == "application/x-www-form-urlencoded"
}

// Sent is how many requests left for the target; all of them were GET.
func (g *ReadOnly) Sent() int64 { return g.sent.Load() }
