package serve

import (
	"errors"
	"net"
	"net/http"
	"sync"
	"syscall"
	"time"
)

// connections are those of one server. Idle ones make room for new ones.
type connections struct {
	most int

	mu   sync.Mutex
	open map[net.Conn]*connection
}

type connection struct {
	idle  bool // no request is under way
	since time.Time
}

func newConnections(most int) *connections {
	return &connections{most: most, open: map[net.Conn]*connection{}}
}

// state is the ConnState of the server.
func (c *connections) state(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch state {
	case http.StateNew:
		if len(c.open) >= c.most && !c.closeIdle() {
			_ = conn.Close() // all others are busy
			return
		}
		c.open[conn] = &connection{idle: true, since: time.Now()}
	case http.StateIdle, http.StateActive:
		if known := c.open[conn]; known != nil {
			known.idle, known.since = state == http.StateIdle, time.Now()
		}
	case http.StateClosed, http.StateHijacked:
		delete(c.open, conn)
	}
}

// closeIdle closes the connection that is idle longest, and reports whether there was one. The
// lock is held.
func (c *connections) closeIdle() bool {
	var longest net.Conn
	for conn, known := range c.open {
		if known.idle && (longest == nil || known.since.Before(c.open[longest].since)) {
			longest = conn
		}
	}
	if longest == nil {
		return false
	}
	delete(c.open, longest)
	_ = longest.Close() // its end is all that is wanted
	return true
}

// listener gives up an idle connection where the system has no file left for a new one.
type listener struct {
	net.Listener

	connections *connections
}

// Accept waits for a connection.
func (l *listener) Accept() (net.Conn, error) {
	for {
		conn, err := l.Listener.Accept()
		if !errors.Is(err, syscall.EMFILE) && !errors.Is(err, syscall.ENFILE) || !l.connections.spare() {
			return conn, err //nolint:wrapcheck // the server looks at it
		}
	}
}

// spare closes one idle connection.
func (c *connections) spare() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closeIdle()
}
