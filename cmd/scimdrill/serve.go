package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// listen opens a port. A mistyped address is a mistake of the person who typed.
func listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &failure{code: listenCode(err), err: fmt.Errorf("listen: %w", err), hint: "is the port taken? --listen 127.0.0.1:0 takes a free one"}
	}
	return listener, nil
}

// listenCode tells a mistyped address from one that cannot be had.
func listenCode(err error) int {
	var address *net.AddrError
	var name *net.DNSError
	if errors.As(err, &address) || errors.As(err, &name) {
		return reports.ExitUsage
	}
	return reports.ExitBroken
}

// newServer is a server with the limits that all of ours have.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
}

// serveUntil answers until the context ends, then lets requests under way finish.
func serveUntil(ctx context.Context, listener net.Listener, server *http.Server) error {
	failed := make(chan error, 1)
	go func() {
		if server.TLSConfig != nil {
			failed <- server.ServeTLS(listener, "", "")
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return broken("", "serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		_ = server.Close() // requests that do not end are cut off
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return broken("", "serve: %w", err)
	}
	return stopped()
}

// serveMeanwhile answers until stop, which lets requests under way finish for a second.
func serveMeanwhile(ctx context.Context, listener net.Listener, handler http.Handler) (stop func()) {
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }() // ends with Shutdown
	return func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = server.Shutdown(grace)
	}
}

// serveLoopback answers at a free port of loopback until stop, which ends at once.
func serveLoopback(ctx context.Context, handler http.Handler) (base *url.URL, stop func(), err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, broken("", "listen on loopback: %w", err)
	}
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }() // ends with Close
	return &url.URL{Scheme: "http", Host: listener.Addr().String()}, func() { _ = server.Close() }, nil
}

// complaints says what a server complains about, such as a handshake that failed.
type complaints struct{ *console }

// Write says one complaint.
func (c complaints) Write(b []byte) (int, error) {
	c.say("note: %s", strings.TrimSpace(string(b)))
	return len(b), nil
}
