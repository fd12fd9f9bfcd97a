package serve

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
)

func quiet() *console.Console {
	unset := func(string) (string, bool) { return "", false }
	return console.New(console.Process{Stdout: io.Discard, Stderr: io.Discard, Now: time.Now, Getenv: unset}, reports.Tool{})
}

// dialled is a connection that has sent some bytes.
func dialled(t *testing.T, address, text string) net.Conn {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	return c
}

// TestHeld lets clients not read more than may be held: who stands still longest is cut off, and who reads gets all (S8).
func TestHeld(t *testing.T) {
	t.Parallel()
	const size = 8 << 20
	all := newHeld(4 * size)
	large := make([]byte, size)
	ended := make(chan error, 100)
	server := httptest.NewServer(bounded(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(large)
		ended <- err
	}), all, true))
	t.Cleanup(server.Close)
	address := server.Listener.Addr().String()
	for range 10 {
		dialled(t, address, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	}
	for range 6 { // of ten, four fit
		select {
		case err := <-ended:
			if err == nil {
				t.Error("a response that nobody read was sent")
			}
		case <-time.After(20 * time.Second):
			t.Fatal("nobody was cut off")
		}
	}
	resp, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, resp.Body); n != size || err != nil {
		t.Errorf("a client that reads got %d bytes, %v", n, err)
	}
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.total > all.most || all.total < 0 {
		t.Errorf("%d bytes are held", all.total)
	}
}

// TestHeldBodies is the same for bodies that handlers keep.
func TestHeldBodies(t *testing.T) {
	t.Parallel()
	all := newHeld(1 << 20)
	server := httptest.NewServer(bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err == nil {
			w.WriteHeader(http.StatusNoContent)
		}
	}), all, true))
	t.Cleanup(server.Close)
	for range 20 {
		dialled(t, server.Listener.Addr().String(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300001\r\n\r\n"+strings.Repeat("x", 300_000))
	}
	resp, err := http.Post(server.URL, "text/plain", strings.NewReader(strings.Repeat("x", 300_000)))
	if err != nil || resp.StatusCode != http.StatusNoContent {
		t.Fatalf("a client that sends all: %v %v", resp, err)
	}
	_ = resp.Body.Close()
	all.mu.Lock()
	defer all.mu.Unlock()
	if all.total > all.most || all.total < 0 {
		t.Errorf("%d bytes are held", all.total)
	}
}

// TestStalled lets a client read nothing more of a response (S8).
func TestStalled(t *testing.T) {
	t.Parallel()
	all := newHeld(maxHeld)
	all.stall = 100 * time.Millisecond
	ended := make(chan error, 1)
	server := httptest.NewUnstartedServer(bounded(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, err := w.Write(make([]byte, 32<<20))
		ended <- err
	}), all, true))
	server.Config.WriteTimeout = all.stall
	server.Start()
	t.Cleanup(server.Close)
	dialled(t, server.Listener.Addr().String(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
	select {
	case err := <-ended:
		if err == nil {
			t.Error("a response that nobody read was sent")
		}
	case <-time.After(20 * time.Second):
		t.Error("the response waits for its client")
	}
}

// TestConnections opens more connections than there may be: idle ones make room (S8).
func TestConnections(t *testing.T) {
	t.Parallel()
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := New(quiet(), Door{}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	c := newConnections(10)
	server.ConnState = c.state
	go func() { _ = server.Serve(&listener{Listener: l, connections: c}) }()
	defer server.Close()
	for range 50 {
		dialled(t, l.Addr().String(), "")
	}
	conn := dialled(t, l.Addr().String(), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	if answer, _ := io.ReadAll(conn); !strings.HasPrefix(string(answer), "HTTP/1.1 204") {
		t.Errorf("the answer is %q", answer)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.open) > 10 {
		t.Errorf("%d connections are open", len(c.open))
	}
}

// TestLimits is that every server has every limit (S8).
func TestLimits(t *testing.T) {
	t.Parallel()
	s := New(quiet(), Door{}, http.NotFoundHandler())
	if s.ReadHeaderTimeout <= 0 || s.WriteTimeout <= 0 || s.IdleTimeout <= 0 || s.MaxHeaderBytes <= 0 || s.ErrorLog == nil || !s.DisableGeneralOptionsHandler {
		t.Errorf("a limit is missing: %+v", s)
	}
}
