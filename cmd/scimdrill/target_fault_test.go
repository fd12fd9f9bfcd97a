package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestTargetFaults serves faults, meets them over HTTP, and reads the count at the end.
func TestTargetFaults(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	lines, stdout := io.Pipe()
	done := make(chan result, 1)
	go func() {
		i := invocation{ctx: ctx, env: withToken(), prepare: func(p *process) { p.stdout = stdout }}
		done <- i.run(t, "target", "--listen", "127.0.0.1:0", "--seed", "7", //nolint:contextcheck // the context is in the invocation
			"--fault", "429=1:30s on POST,PUT /Users", "--fault", "stale=1:1h on GET /Groups", "--fault", "latency=1:30ms on GET /Users")
	}()
	scanner := bufio.NewScanner(lines)
	if !scanner.Scan() {
		t.Fatal("the target prints nothing")
	}
	url := scanner.Text()
	ask := func(method, path, body string) (status int, after, text string) {
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
		raw, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header.Get("Retry-After"), string(raw)
	}
	if status, after, _ := ask(http.MethodPost, "/Users", `{"userName":"ada"}`); status != http.StatusTooManyRequests || after != "30" {
		t.Errorf("POST /Users: %d, Retry-After %q", status, after)
	}
	if status, _, _ := ask(http.MethodPost, "/Groups", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Sales"}`); status != http.StatusCreated {
		t.Errorf("POST /Groups: %d", status)
	}
	if _, _, text := ask(http.MethodGet, "/Groups", ""); !strings.Contains(text, `"totalResults":0`) {
		t.Errorf("an hour ago there was no group, and the answer is %s", text)
	}
	began := time.Now()
	ask(http.MethodGet, "/Users", "")
	if took := time.Since(began); took < 30*time.Millisecond {
		t.Errorf("an answer with 30 ms latency took %s", took)
	}
	stop()
	select {
	case r := <-done:
		r.want(t, 0, "faults: 429 1, stale 1, latency 1")
	case <-time.After(20 * time.Second):
		t.Fatal("the target does not stop")
	}
}
