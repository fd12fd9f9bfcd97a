package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestTargetMe serves a target whose credentials belong to a user.
func TestTargetMe(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	lines, stdout := io.Pipe()
	done := make(chan result, 1)
	go func() {
		i := invocation{ctx: ctx, env: withToken(), prepare: func(p *process) { p.stdout = stdout }}
		done <- i.run(t, "target", "--listen", "127.0.0.1:0", "--me", "ada@contoso.test") //nolint:contextcheck // the context is in the invocation
	}()
	scanner := bufio.NewScanner(lines)
	if !scanner.Scan() {
		t.Fatal("the target prints nothing")
	}
	url := scanner.Text()
	ask := func(method, path, body string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), method, url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+withToken()["SCIMDRILL_TOKEN"])
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.StatusCode, resp.Header.Get("Location")
	}
	if status, _ := ask(http.MethodGet, "/Me", ""); status != http.StatusNotFound {
		t.Errorf("GET /Me before the user is there: %d", status)
	}
	_, made := ask(http.MethodPost, "/Users", `{"userName":"ada@contoso.test"}`)
	if status, at := ask(http.MethodGet, "/Me", ""); status != http.StatusOK || at != made {
		t.Errorf("GET /Me: %d, Location %q, want 200 and %q", status, at, made)
	}
	stop()
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	(<-done).want(t, 0)
}
