package exchange

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
)

// longestHead is how much of a request is looked at for the spelling of its headers.
const longestHead = 64 << 10

// SpelledListener records the original spelling of header names for a Proxy. net/http normalizes
// the names, but a recording should show ADSCIMVersion as sent. Set SpelledContext as the
// ConnContext of the server that uses the listener.
func SpelledListener(l net.Listener) net.Listener { return spelledListener{l} }

type spelledListener struct{ net.Listener }

// Accept waits for a connection and watches it.
func (l spelledListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err //nolint:wrapcheck // the server looks at its type
	}
	return &spelledConn{Conn: c}, nil
}

// spelledConn keeps what came since the last answer: the head of the request under way.
type spelledConn struct {
	net.Conn

	mu      sync.Mutex
	head    []byte
	written bool
}

// Read reads and remembers.
func (c *spelledConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.mu.Lock()
	defer c.mu.Unlock()
	if n > 0 && c.written {
		c.head, c.written = c.head[:0], false
	}
	c.head = append(c.head, b[:min(n, max(0, longestHead-len(c.head)))]...)
	return n, err //nolint:wrapcheck // the server looks at it
}

// Write writes; what is read after it belongs to the next request.
func (c *spelledConn) Write(b []byte) (int, error) {
	c.mu.Lock()
	c.written = true
	c.mu.Unlock()
	return c.Conn.Write(b) //nolint:wrapcheck // the server looks at it
}

// names are the names of headers in the head of the request under way.
func (c *spelledConn) names() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	head, _, _ := bytes.Cut(c.head, []byte("\r\n\r\n"))
	var names []string
	for line := range strings.SplitSeq(string(head), "\r\n") {
		if name, _, ok := strings.Cut(line, ":"); ok && name != "" && !strings.ContainsAny(name, " \t/") {
			names = append(names, name)
		}
	}
	return names
}

type spelledKey struct{}

// SpelledContext is the ConnContext of a server on a SpelledListener.
func SpelledContext(ctx context.Context, c net.Conn) context.Context {
	if spelled, ok := c.(*spelledConn); ok {
		return context.WithValue(ctx, spelledKey{}, spelled)
	}
	return ctx
}

// headerAsSent is the header of a request with its names as they were spelled, where that
// is known.
func headerAsSent(r *http.Request) http.Header {
	h := r.Header.Clone()
	if c, ok := r.Context().Value(spelledKey{}).(*spelledConn); ok {
		for _, name := range c.names() {
			as := http.CanonicalHeaderKey(name)
			if values, found := h[as]; found && as != name {
				delete(h, as)
				h[name] = values
			}
		}
	}
	return h
}

// field is the first value of a header, whatever the case of its name.
func field(h http.Header, name string) string {
	if v := h.Get(name); v != "" {
		return v
	}
	for as, values := range h {
		if strings.EqualFold(as, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}
