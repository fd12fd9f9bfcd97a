package serve

import (
	"context"
	"errors"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// New is a server with the limits that all of ours have. It serves what the door lets through.
func New(con *console.Console, d Door, handler http.Handler) *http.Server {
	return &http.Server{
		Handler:           d.guard(con, bounded(handler, newHeld(maxHeld), !d.Transparent || d.Keeps)),
		ReadHeaderTimeout: headerTime, WriteTimeout: stallTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog: log.New(&complaints{con: con}, "", 0), DisableGeneralOptionsHandler: true,
	}
}

// limited lets idle connections of a server make room for new ones.
func limited(l net.Listener, server *http.Server) net.Listener {
	c := newConnections(maxConnections)
	server.ConnState = c.state
	return &listener{Listener: l, connections: c}
}

// Until answers until the context ends, then lets requests under way finish.
func Until(ctx context.Context, listener net.Listener, server *http.Server) error {
	failed := make(chan error, 1)
	listener = limited(listener, server)
	go func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return exit.Broken("", "serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		_ = server.Close() // requests that do not end are cut off
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return exit.Broken("", "serve: %w", err)
	}
	return exit.Stopped()
}

// Meanwhile answers until stop, which lets requests under way finish for a second.
func Meanwhile(ctx context.Context, listener net.Listener, server *http.Server) (stop func()) {
	listener = limited(listener, server)
	go func() { _ = server.Serve(listener) }() // ends with Shutdown
	return func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = server.Shutdown(grace)
	}
}

// Loopback answers at a free port of loopback until stop, which ends at once. Its client is this
// program, which records responses as the handler made them.
func Loopback(ctx context.Context, con *console.Console, handler http.Handler) (base *url.URL, stop func(), err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, exit.Broken("", "listen on loopback: %w", err)
	}
	server := New(con, Door{Transparent: true}, handler)
	listener = limited(listener, server)
	go func() { _ = server.Serve(listener) }() // ends with Close
	return &url.URL{Scheme: "http", Host: listener.Addr().String()}, func() { _ = server.Close() }, nil
}

// complaints says what a server complains about, such as a handshake that failed. Clients cause
// complaints, so only the first ones are said.
type complaints struct {
	con  *console.Console
	said atomic.Int64
}

// mostComplaints are said.
const mostComplaints = 20

// Write says one complaint.
func (c *complaints) Write(b []byte) (int, error) {
	switch n := c.said.Add(1); {
	case n <= mostComplaints:
		c.con.Say("note: %s", outside.Line(strings.TrimSpace(string(b))))
	case n == mostComplaints+1:
		c.con.Say("note: further complaints of the server are omitted")
	}
	return len(b), nil
}
