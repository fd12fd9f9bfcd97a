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

// TestTargetMeElsewhere sends on to that user instead of answering.
func TestTargetMeElsewhere(t *testing.T) {
	t.Parallel()
	r, _ := startTarget(t, withToken(), 1, "--me", "ada@contoso.test", "--me-elsewhere")
	token := withToken()["SCIMDRILL_TOKEN"]
	_, made, _ := r.send(t, token, http.MethodPost, "/Users", `{"userName":"ada@contoso.test"}`)
	status, header, _ := r.send(t, token, http.MethodGet, "/Me", "")
	if at := header.Get("Location"); status != http.StatusPermanentRedirect || at != made.Get("Location") {
		t.Errorf("GET /Me: %d, Location %q, want 308 and %q", status, at, made.Get("Location"))
	}
	r.stop().want(t, 0)
	invocation{}.run(t, "target", "--me-elsewhere").want(t, 2, "--me-elsewhere redirects to the user of --me, which is missing", "hint: add --me NAME")
}
