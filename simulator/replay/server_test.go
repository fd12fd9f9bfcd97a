package replay_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// server is a small target that notes what it gets.
type server struct {
	*httptest.Server
	slow func(r *http.Request) time.Duration
	hook func(w http.ResponseWriter, r *http.Request, body string) bool // answers itself

	mu    sync.Mutex
	log   []string
	ids   map[string]string // of users and groups by path
	last  int
	names map[string]string // name to id
}

func newServer(t *testing.T) *server {
	t.Helper()
	s := &server{ids: map[string]string{}, names: map[string]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if s.slow != nil {
		time.Sleep(s.slow(r))
	}
	if s.hook != nil && s.hook(w, r, string(body)) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, strings.TrimSpace(r.Method+" "+r.URL.RequestURI()+" "+string(body)))
	switch r.Method {
	case http.MethodPost:
		s.last++
		var o struct{ UserName, DisplayName string }
		_ = json.Unmarshal(body, &o)
		id := fmt.Sprintf("id %d", s.last)
		s.names[r.Header.Get("Authorization")+o.UserName+o.DisplayName] = id
		w.Header().Set("Location", s.URL+r.URL.Path+"/"+url.PathEscape(id))
		w.WriteHeader(http.StatusCreated)
		_, _ = fmt.Fprintf(w, `{"schemas":["x"],"name":{"id":"no"},"id":%q,"userName":%q}`, id, o.UserName)
	case http.MethodGet:
		_, name, _ := strings.Cut(r.URL.Query().Get("filter"), ` eq "`)
		name = strings.TrimSuffix(name, `"`)
		if id := s.names[r.Header.Get("Authorization")+name]; id != "" {
			_, _ = fmt.Fprintf(w, `{"totalResults":1,"Resources":[{"userName":%q,"id":%q}]}`, name, id)
			return
		}
		_, _ = io.WriteString(w, `{"totalResults":0,"Resources":[]}`)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// config is a player of 8 requests at once.
func (s *server) config(t *testing.T) replay.Config {
	t.Helper()
	base, err := url.Parse(s.URL + "/scim/")
	if err != nil {
		t.Fatal(err)
	}
	return replay.Config{
		Base: base, Tenants: []replay.Tenant{{Authorization: "Bearer secret"}}, Concurrency: 8, Timeout: 5 * time.Second,
		Recorder: measure.NewRecorder(0), Now: time.Now, Transport: s.Client().Transport,
	}
}

// play plays a stream of lines.
func play(t *testing.T, cfg replay.Config, lines ...string) *replay.Result {
	t.Helper()
	p, err := replay.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	r, err := p.Play(ctx, replay.Lines(strings.NewReader(strings.Join(lines, "\n")), "test.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// line is a line of a stream.
func line(at time.Duration, method, path, body string, status int, binds ...string) string {
	l := map[string]any{"at": "PT" + strconv.FormatFloat(at.Seconds(), 'f', -1, 64) + "S", "method": method, "path": path, "body": body, "status": status}
	bound := map[string]string{}
	for _, b := range binds {
		bound[b] = "old"
	}
	if len(bound) > 0 {
		l["binds"] = bound
	}
	data, _ := json.Marshal(l)
	return string(data)
}
