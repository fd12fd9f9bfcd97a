package serve

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// held counts the bytes that the requests under way keep in memory.
type held struct {
	most  int64
	stall time.Duration // for the next portion of a response

	mu    sync.Mutex
	total int64
	calls map[*call]struct{} // that hold any
}

func newHeld(most int64) *held {
	return &held{most: most, stall: stallTime, calls: map[*call]struct{}{}}
}

// call is one request under way.
type call struct {
	all   *held
	wire  *http.ResponseController
	bytes int64
	moved time.Time // when a byte last went either way
	cut   bool

	extended time.Time // when the client last got time for a portion
}

var errCut = errors.New("the client stood still while others needed its memory")

// hold counts n bytes more. Above the limit, it cuts off calls that stand still longest.
func (c *call) hold(n int) {
	h := c.all
	h.mu.Lock()
	defer h.mu.Unlock()
	if c.cut {
		return
	}
	c.bytes, c.moved = c.bytes+int64(n), time.Now()
	h.total += int64(n)
	h.calls[c] = struct{}{}
	for h.total > h.most {
		var slowest *call
		for other := range h.calls {
			if other != c && (slowest == nil || other.moved.Before(slowest.moved)) {
				slowest = other
			}
		}
		if slowest == nil {
			return // one alone may hold more
		}
		slowest.cut = true
		past := time.Unix(1, 0)
		_, _ = slowest.wire.SetReadDeadline(past), slowest.wire.SetWriteDeadline(past) // a connection that is gone needs neither
		h.drop(slowest)
	}
}

// release counts n bytes less.
func (c *call) release(n int) {
	c.all.mu.Lock()
	defer c.all.mu.Unlock()
	if !c.cut {
		c.bytes -= int64(n)
		c.all.total -= int64(n)
	}
}

// end forgets the call.
func (c *call) end() {
	c.all.mu.Lock()
	defer c.all.mu.Unlock()
	c.all.drop(c)
}

// drop takes a call out of the count. The lock is held.
func (h *held) drop(c *call) {
	if _, known := h.calls[c]; known {
		h.total -= c.bytes
		c.bytes = 0
		delete(h.calls, c)
	}
}

// extend gives the client time for the next portion of its response.
func (c *call) extend() error {
	c.all.mu.Lock()
	defer c.all.mu.Unlock()
	if c.cut {
		return errCut
	}
	if c.moved = time.Now(); c.moved.Sub(c.extended) < c.all.stall/30 {
		return nil
	}
	c.extended = c.moved
	_ = c.wire.SetWriteDeadline(c.moved.Add(c.all.stall)) // a recorder in a test has none
	return nil
}

// response writes to a client for as long as it reads.
type response struct {
	http.ResponseWriter

	call *call
}

// Unwrap lets http.ResponseController reach the connection.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Write writes in portions, each within its own time.
func (w *response) Write(b []byte) (n int, err error) {
	if len(b) > portion {
		w.call.hold(len(b))
		defer w.call.release(len(b))
	}
	for some := range slices.Chunk(b, portion) {
		if err := w.call.extend(); err != nil {
			return n, err
		}
		more, err := w.ResponseWriter.Write(some)
		if n += more; err != nil {
			return n, err //nolint:wrapcheck // the handler looks at it
		}
	}
	return n, nil
}

// body is that of a request, which has to arrive in time.
type body struct {
	io.ReadCloser

	call  *call
	kept  bool // the handler keeps what it reads
	small int  // bytes that are not counted yet
}

// Read reads. What the handler keeps is counted.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if b.small += n; b.kept && b.small > portion {
		b.call.hold(b.small)
		b.small = 0
	}
	if errors.Is(err, io.EOF) {
		_ = b.call.wire.SetReadDeadline(time.Time{}) // the response may take longer
	}
	return n, err //nolint:wrapcheck // io.EOF must not be wrapped
}

// bounded serves a request within the limits of time and memory. kept says that the handler keeps
// bodies of requests in memory.
func bounded(next http.Handler, all *held, kept bool) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{all: all, wire: http.NewResponseController(w), moved: time.Now()}
		defer c.end()
		if r.ProtoMajor == 1 {
			c.extended = c.moved // by WriteTimeout
		} else {
			_ = c.wire.SetWriteDeadline(time.Time{}) // WriteTimeout would reset the stream of a delayed response
		}
		if r.Body != nil && r.Body != http.NoBody {
			_ = c.wire.SetReadDeadline(c.moved.Add(bodyTime))
			r.Body = &body{ReadCloser: r.Body, call: c, kept: kept}
		}
		next.ServeHTTP(&response{ResponseWriter: w, call: c}, r)
		_ = c.extend() // for what net/http still has to write
	})
}
