package session_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// TestAhead: reads that are sent ahead are under way at once, and come in the order in which the check
// asks. What nobody asks for before the next write is no evidence, and stays in the transcript.
func TestAhead(t *testing.T) {
	var both sync.WaitGroup
	both.Add(3)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			both.Done()
			both.Wait() // for ever, if one comes after the other
		}
		_, _ = fmt.Fprintf(w, `{"id":%q}`, r.URL.Path)
	}))
	defer server.Close()
	s := session.New(session.Config{BaseURL: server.URL, AtOnce: 3})
	var watched []string
	s.Watch(func(x session.Seen) { watched = append(watched, x.Path) })
	c := s.Begin("TST-001")
	if !c.Ahead(t.Context(), "/a", "/b", "/c") {
		t.Fatal("nothing was sent ahead")
	}
	for _, path := range []string{"/c", "/a"} {
		if a, err := c.Send(t.Context(), http.MethodGet, path, nil, nil); err != nil || a.Text("id") != path {
			t.Errorf("%s: %v, %v", path, a, err)
		}
	}
	if _, err := c.Send(t.Context(), http.MethodPatch, "/a", map[string]any{}, nil); err != nil {
		t.Fatal(err)
	}
	both.Add(1)
	if _, err := c.Send(t.Context(), http.MethodGet, "/b", nil, nil); err != nil { // a new read
		t.Fatal(err)
	}
	paths := func(n int, at func(int) string) (out []string) {
		for i := range n {
			out = append(out, at(i)[len(server.URL):])
		}
		return out
	}
	evidence := paths(len(c.Exchanges), func(i int) string { return c.Exchanges[i].URL })
	all := c.Transcript()
	transcript := paths(len(all), func(i int) string { return all[i].URL })
	if want := []string{"/c", "/a", "/a", "/b"}; !slices.Equal(evidence, want) || !slices.Equal(watched, want) {
		t.Errorf("evidence %v, watched %v, want %v", evidence, watched, want)
	}
	if want := []string{"/c", "/a", "/a", "/b", "/b"}; !slices.Equal(transcript, want) {
		t.Errorf("transcript %v, want %v", transcript, want)
	}
}

// TestAheadAlone: where one request may be under way, none is sent ahead.
func TestAheadAlone(t *testing.T) {
	s := session.New(session.Config{BaseURL: "http://127.0.0.1:1", AtOnce: 1})
	if c := s.Begin("TST-001"); c.Ahead(t.Context(), "/a", "/b") || len(c.Transcript()) > 0 {
		t.Error("requests were sent together")
	}
}
