package bound

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Watch returns a transport that tells the bound of each request. A nil bound changes nothing.
func (b *Bound) Watch(next http.RoundTripper) http.RoundTripper {
	if b == nil {
		return next
	}
	return &transport{next: next, bound: b}
}

type transport struct {
	next  http.RoundTripper
	bound *Bound
}

// RoundTrip sends a request. It is under way until its response was read.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	id, what := t.bound.begin(r)
	resp, err := t.next.RoundTrip(r)
	switch {
	case err != nil:
		t.bound.ended(id, what+" received no response")
		return nil, err //nolint:wrapcheck // the sender looks at it
	case resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode >= 500:
		resp.Body = &body{ReadCloser: resp.Body, end: func(bool) {
			t.bound.ended(id, fmt.Sprintf("%s returned %d", what, resp.StatusCode))
		}}
	default:
		resp.Body = &body{ReadCloser: resp.Body, end: func(whole bool) {
			if whole {
				t.bound.usable(id)
				return
			}
			t.bound.ended(id, what+" received an incomplete response")
		}}
	}
	return resp, nil
}

func (b *Bound) begin(r *http.Request) (id int64, what string) {
	what = shortened(r.Method + " " + r.URL.EscapedPath())
	now := time.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
	b.underWay[b.sent] = request{what: what, began: now}
	if b.stalled.IsZero() {
		b.stalled = now
	}
	return b.sent, what
}

// usable notes a response that lets the command go on.
func (b *Bound) usable(id int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.underWay, id)
	b.last, b.stalled = "", time.Time{}
	if len(b.underWay) > 0 { // the others begin to count when this one ended
		b.stalled = time.Now()
	}
}

// ended notes the end of a request without a usable response.
func (b *Bound) ended(id int64, how string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.underWay, id)
	b.last = how
}

// body tells when a response was read.
type body struct {
	io.ReadCloser

	failed bool
	once   sync.Once
	end    func(whole bool)
}

// Read reads the body.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.failed = b.failed || err != nil && err != io.EOF
	return n, err //nolint:wrapcheck // io.EOF must not be wrapped
}

// Close closes the body.
func (b *body) Close() error {
	b.once.Do(func() { b.end(!b.failed) })
	return b.ReadCloser.Close() //nolint:wrapcheck // nothing to add
}
