package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
)

// running is a target command that serves until it is stopped.
type running struct {
	url  string
	stop func() result
}

// startTarget starts `target` with arguments and reads its first lines.
func startTarget(t *testing.T, env map[string]string, lines int, args ...string) (r running, printed []string) {
	t.Helper()
	return startServer(t, env, lines, append([]string{"target"}, args...)...)
}

// startServer starts a command that serves, and reads its first lines. The first is its address.
func startServer(t *testing.T, env map[string]string, lines int, args ...string) (r running, printed []string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(stop)
	out, stdout := io.Pipe()
	done := make(chan result, 1)
	go func() {
		i := invocation{ctx: ctx, env: env, prepare: func(p *console.Process) { p.Stdout = stdout }}
		r := i.run(t, append(args, "--listen", "127.0.0.1:0")...) //nolint:contextcheck // the context is in the invocation
		_ = stdout.Close()
		done <- r
	}()
	reader := bufio.NewReader(out)
	for range lines {
		line, err := reader.ReadString('\n')
		if err != nil {
			stop()
			t.Fatalf("the server printed %q and no more: %+v", printed, <-done)
		}
		printed = append(printed, strings.TrimSpace(line))
	}
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	end := func() result {
		t.Helper()
		stop()
		select {
		case r := <-done:
			return r
		case <-time.After(10 * time.Second):
			t.Fatal("the server does not stop")
			return result{}
		}
	}
	return running{url: printed[0], stop: end}, printed
}

// ask sends a request with a token.
func (r running) ask(t *testing.T, token, method, path, body string) (status int, text string) {
	t.Helper()
	status, _, text = r.send(t, token, method, path, body)
	return status, text
}

// send is ask, with the header of the answer; it follows no redirect.
func (r running) send(t *testing.T, token, method, path, body string) (status int, header http.Header, text string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, r.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(raw)
}
