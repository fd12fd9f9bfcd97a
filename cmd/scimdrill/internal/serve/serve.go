package serve

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
)

// Listen opens a port. A mistyped address is a mistake of the person who typed.
func Listen(ctx context.Context, address string) (net.Listener, error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &exit.Error{Code: listenCode(err), Err: fmt.Errorf("listen: %w", err), Hint: "check whether the port is in use; --listen 127.0.0.1:0 chooses a free one"}
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

// New is a server with the limits that all of ours have.
func New(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
}

// Until answers until the context ends, then lets requests under way finish.
func Until(ctx context.Context, listener net.Listener, server *http.Server) error {
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
func Meanwhile(ctx context.Context, listener net.Listener, handler http.Handler) (stop func()) {
	server := New(handler)
	go func() { _ = server.Serve(listener) }() // ends with Shutdown
	return func() {
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		_ = server.Shutdown(grace)
	}
}

// Loopback answers at a free port of loopback until stop, which ends at once.
func Loopback(ctx context.Context, handler http.Handler) (base *url.URL, stop func(), err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, exit.Broken("", "listen on loopback: %w", err)
	}
	server := New(handler)
	go func() { _ = server.Serve(listener) }() // ends with Close
	return &url.URL{Scheme: "http", Host: listener.Addr().String()}, func() { _ = server.Close() }, nil
}

// Complaints says what a server complains about, such as a handshake that failed.
type Complaints struct{ *console.Console }

// Write says one complaint.
func (c Complaints) Write(b []byte) (int, error) {
	c.Say("note: %s", strings.TrimSpace(string(b)))
	return len(b), nil
}
