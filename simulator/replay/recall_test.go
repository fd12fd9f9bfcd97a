package replay_test

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
)

// A POST that may have been sent is searched for: it is sent only where the search finds nothing, and not where the
// search fails or finds several objects. What needs its id is sent with the id that the search found.
func TestRecall(t *testing.T) {
	t.Parallel()
	lines := []string{
		line(0, "POST", "/Users", `{"userName":"ada"}`, 201), // sent, and its response noted
		line(0, "POST", "/Users", `{"userName":"bob"}`, 201), // announced
		line(0, "POST", "/Things", `{"size":3}`, 201),        // announced, without a name
		line(0, "PATCH", `/Users/{{users["ada"].id}}`, `{"n":1}`, 204),
		line(0, "PATCH", `/Users/{{users["bob"].id}}`, `{"n":2}`, 204),
		line(0, "DELETE", `/Users/{{users["ada"].id}}`, "", 204), // announced
	}
	const search = "GET /scim/Users?filter=userName+eq+%22bob%22"
	for name, c := range map[string]struct {
		status       int
		found        string
		want, unsent []string
	}{
		"found": {
			200, `{"Resources":[{"userName":"Bob","id":"b9"}]}`,
			[]string{search, `PATCH /scim/Users/b9 {"n":2}`},
			[]string{"has no name to search for"},
		},
		"not found": {
			200, `{"Resources":[]}`,
			[]string{search, `POST /scim/Users {"userName":"bob"}`, `PATCH /scim/Users/new {"n":2}`},
			[]string{"has no name to search for"},
		},
		"another one": {
			200, `{"Resources":[{"userName":"bobby","id":"b9"}]}`,
			[]string{search, `POST /scim/Users {"userName":"bob"}`, `PATCH /scim/Users/new {"n":2}`},
			[]string{"has no name to search for"},
		},
		"several": {
			200, `{"Resources":[{"userName":"bob","id":"1"},{"userName":"bob","id":"2"}]}`,
			[]string{search},
			[]string{"has no name to search for", "finds several objects", "needs an id"},
		},
		"search fails": {500, ``, []string{search}, []string{"has no name to search for", "the search for it failed", "needs an id"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), ledger.Name)
			l, err := ledger.Create(path, ledger.Header{Tenants: []string{""}})
			must(t, err)
			must(t, l.End(&ledger.Note{Request: 1, Status: 201, IDs: []string{"a1"}}))
			must(t, l.Begin(2, 0, 0))
			must(t, l.Begin(3, 0, 0))
			must(t, l.End(&ledger.Note{Request: 4, Status: 204}))
			must(t, l.Begin(6, 0, 0))
			must(t, l.Close())
			s := newServer(t)
			var sent []string
			s.hook = func(w http.ResponseWriter, r *http.Request, body string) bool {
				s.mu.Lock()
				defer s.mu.Unlock()
				sent = append(sent, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+body))
				switch r.Method {
				case http.MethodGet:
					w.WriteHeader(c.status)
					_, _ = w.Write([]byte(c.found))
				case http.MethodPost:
					w.WriteHeader(http.StatusCreated)
					_, _ = w.Write([]byte(`{"id":"new"}`))
				case http.MethodDelete:
					w.WriteHeader(http.StatusNotFound)
				default:
					w.WriteHeader(http.StatusNoContent)
				}
				return true
			}
			cfg := s.config(t)
			p, err := replay.New(cfg)
			must(t, err)
			source := func() replay.Source { return replay.Lines(strings.NewReader(strings.Join(lines, "\n")), "test.jsonl") }
			must(t, p.Recall(source(), path))
			r, err := p.Play(t.Context(), source())
			must(t, err)
			slices.Sort(sent)
			want := append([]string{"DELETE /scim/Users/a1"}, c.want...)
			slices.Sort(want)
			if diff := cmp.Diff(want, sent); diff != "" {
				t.Errorf("sent (-want +got):\n%s", diff)
			}
			for _, why := range c.unsent {
				if !slices.ContainsFunc(r.Unsent, func(u replay.Unsent) bool { return strings.Contains(u.Why, why) }) {
					t.Errorf("%q is missing in %+v", why, r.Unsent)
				}
			}
			if r.Earlier != 2 || len(r.Unsent) != len(c.unsent) || cfg.Recorder.Summary().Errors != 0 {
				t.Errorf("%+v", r)
			}
			gone := false
			for w, err := range p.Writes(source()) {
				must(t, err)
				gone = gone || w.Method == http.MethodDelete && w.ID == "a1"
			}
			if !gone {
				t.Error("an object that is gone already was not removed")
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
