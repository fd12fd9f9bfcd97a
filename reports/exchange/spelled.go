package exchange

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"strings"
	"sync"
)

// longestHead is the maximum length of a request header that is searched for header names.
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

// spelledConn keeps the bytes since the last response: the header of the current request.
type spelledConn struct {
	net.Conn

	mu      sync.Mutex
	head    []byte
	written bool
}

// Read reads and keeps the bytes.
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

// Write writes. Later reads belong to the next request.
func (c *spelledConn) Write(b []byte) (int, error) {
	c.mu.Lock()
	c.written = true
	c.mu.Unlock()
	return c.Conn.Write(b) //nolint:wrapcheck // the server looks at it
}

// names returns the header names of the current request.
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

// headerAsSent returns the header of a request with the original spelling of its names, if known.
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

// field returns the first value of a header, regardless of the case of its name.
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
