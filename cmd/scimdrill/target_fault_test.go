package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestTargetFaults serves faults, meets them over HTTP, and reads the count at the end.
func TestTargetFaults(t *testing.T) {
	t.Parallel()
	r, _ := startTarget(t, withToken(), 1, "--seed", "7",
		"--fault", "429=1:30s on POST,PUT /Users", "--fault", "stale=1:1h on GET /Groups", "--fault", "latency=1:30ms on GET /Users")
	ask := func(method, path, body string) (status int, after, text string) {
		status, header, text := r.send(t, withToken()["SCIMDRILL_TOKEN"], method, path, body)
		return status, header.Get("Retry-After"), text
	}
	if status, after, _ := ask(http.MethodPost, "/Users", `{"userName":"ada"}`); status != http.StatusTooManyRequests || after != "30" {
		t.Errorf("POST /Users: %d, Retry-After %q", status, after)
	}
	if status, _, _ := ask(http.MethodPost, "/Groups",
		`{"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Sales"}`); status != http.StatusCreated {
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
	r.stop().want(t, 0, "faults: 429 1, stale 1, latency 1")
}
