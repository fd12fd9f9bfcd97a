package session_test

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// TestTooMuch: a target that sends megabytes for every request ends the run (S5). What the run made is
// still removed.
func TestTooMuch(t *testing.T) {
	long := bytes.Repeat([]byte("x"), 8<<20)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		_, _ = w.Write(long)
	}))
	t.Cleanup(server.Close)
	s := session.New(session.Config{BaseURL: server.URL, RunID: "r1"})
	c := s.Begin("USR-001")
	var err error
	sent := 0
	for ; err == nil && sent < 100; sent++ {
		_, err = c.Send(t.Context(), http.MethodGet, "/Users/1", nil, nil)
	}
	gone, ok := errors.AsType[*session.Gone](err)
	if !ok || sent != 18 || gone.Read != 17*8<<20 {
		t.Fatalf("%d requests: %v", sent, err)
	}
	if want := "the target sent 136 MiB in 17 responses"; !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%q does not begin with %q", err, want)
	}
	if _, err = c.MakeAll(t.Context(), "Users", "userName", []map[string]any{{"userName": "a"}}); err == nil {
		t.Error("a create was sent")
	}
	if a, err := c.Send(t.Context(), http.MethodDelete, "/Users/1", nil, nil); err != nil || a.Status != http.StatusNoContent {
		t.Errorf("DELETE: status %d, %v", a.Status, err)
	}
}
