package main

import (
	"net/http"
	"testing"
)

// TestTargetMe serves a target whose credentials belong to a user.
func TestTargetMe(t *testing.T) {
	t.Parallel()
	r, _ := startTarget(t, withToken(), 1, "--me", "ada@contoso.test")
	ask := func(method, path, body string) (int, string) {
		status, header, _ := r.send(t, withToken()["SCIMDRILL_TOKEN"], method, path, body)
		return status, header.Get("Location")
	}
	if status, _ := ask(http.MethodGet, "/Me", ""); status != http.StatusNotFound {
		t.Errorf("GET /Me before the user is there: %d", status)
	}
	_, made := ask(http.MethodPost, "/Users", `{"userName":"ada@contoso.test"}`)
	if status, at := ask(http.MethodGet, "/Me", ""); status != http.StatusOK || at != made {
		t.Errorf("GET /Me: %d, Location %q, want 200 and %q", status, at, made)
	}
	r.stop().want(t, 0)
}
