package faultproxy

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// stage is a switch on loopback in front of a target that always responds with 200.
type stage struct {
	*httptest.Server

	mu   sync.Mutex
	now  time.Time
	said []string
}

func newStage(t *testing.T, token string) *stage {
	t.Helper()
	s := &stage{now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)}
	s.Server = httptest.NewServer(s.handler(t, token))
	t.Cleanup(s.Close)
	return s
}

func (s *stage) handler(t *testing.T, token string) http.Handler {
	t.Helper()
	target := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, "target "+r.URL.Path) })
	h, err := New(target, Options{Seed: 7, Now: s.time, Token: token, Say: func(sentence string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.said = append(s.said, sentence)
	}}, Order{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (s *stage) time() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

func (s *stage) pass(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

// want sends a request and expects a status and a part of the response.
func (s *stage) want(t *testing.T, method, path, body string, status int, part string, change ...func(*http.Request)) {
	t.Helper()
	req, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range change {
		c(req)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != status || !strings.Contains(string(text), part) {
		t.Errorf("%s %s: %d %q, want %d %q", method, path, resp.StatusCode, text, status, part)
	}
}

// TestSwitch switches faults between requests, and lets one end by the clock.
func TestSwitch(t *testing.T) {
	t.Parallel()
	s := newStage(t, "")
	s.want(t, http.MethodGet, "/Users", "", 200, "target /Users")
	s.want(t, http.MethodPut, ControlPath, `["outage on GET /Users for 1m", "status 429 /Groups"]`, 200,
		`{"faults":["outage on GET /Users for 1m","status 429 /Groups"],"seed":7}`)
	s.want(t, http.MethodGet, "/Users", "", 503, "a fault was injected")
	s.want(t, http.MethodGet, "/Groups", "", 429, "a fault was injected")
	s.want(t, http.MethodGet, "/Schemas", "", 200, "target")
	s.pass(time.Minute)
	s.want(t, http.MethodGet, "/Users", "", 200, "target")
	s.want(t, http.MethodGet, ControlPath, "", 200, `{"faults":["status 429 /Groups"],"seed":7}`)
	s.want(t, http.MethodDelete, ControlPath, "", 200, `{"faults":[],"seed":7}`)
	s.want(t, http.MethodGet, "/Groups", "", 200, "target")
	s.want(t, http.MethodPost, ControlPath, "[]", 405, "hint: PUT replaces the faults")
	want := []string{
		"no faults in force: requests are forwarded unchanged",
		"faults in force with seed 7: outage on GET /Users for 1m (until 12:01:00 UTC); status 429 /Groups",
		"no faults in force: requests are forwarded unchanged",
	}
	if got := strings.Join(s.said, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("said\n%s", got)
	}
}

// TestSwitchWrong sends orders that are wrong: each is a 400 with a sentence, and changes nothing.
func TestSwitchWrong(t *testing.T) {
	t.Parallel()
	s := newStage(t, "")
	s.want(t, http.MethodPut, ControlPath, "- outage on GET", 200, "outage")
	for _, c := range []struct{ body, want string }{
		{`["500=2"]`, `fault "500=2": "2" is not a rate from 0 to 1`},
		{`["outag"]`, "hint: "},
		{`["500=0.6", "429=0.6"]`, "the maximum is 1"},
		{`["stale=0.1:30s"]`, "a proxy knows no past state"},
		{`["token expires"]`, "hint: start the proxy with it in SCIMDRILL_TOKEN"},
		{`["defect CAS-01"]`, "only a target itself supports this"},
		{``, "the body is empty"},
	} {
		s.want(t, http.MethodPut, ControlPath, c.body, 400, c.want)
	}
	s.want(t, http.MethodPut, ControlPath, strings.Repeat("#", maxOrder+1), 413, "more than 65536 bytes")
	s.want(t, http.MethodGet, "/Users", "", 503, "")
	if len(s.said) != 2 {
		t.Errorf("said %q", s.said)
	}
}

// TestSwitchToken rejects the token of the clients for a while.
func TestSwitchToken(t *testing.T) {
	t.Parallel()
	s := newStage(t, "old")
	s.want(t, http.MethodPut, ControlPath, "token expires", 200, "token expires")
	bearer := func(token string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	}
	s.want(t, http.MethodGet, "/Users", "", 401, "", bearer("old"))
	s.want(t, http.MethodGet, "/Users", "", 200, "", bearer("new"))
}

// TestSwitchRepeats gives the same order twice: the same requests fail.
func TestSwitchRepeats(t *testing.T) {
	t.Parallel()
	s := newStage(t, "")
	draw := func(seed int) string {
		var fates []int
		s.want(t, http.MethodPut, ControlPath, fmt.Sprintf(`{"faults": ["500=0.5"], "seed": %d}`, seed), 200, "500=0.5")
		for i := range 40 {
			resp, err := http.Get(fmt.Sprintf("%s/Users/%d", s.URL, i))
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			fates = append(fates, resp.StatusCode)
		}
		return fmt.Sprint(fates)
	}
	if first, again, other := draw(3), draw(3), draw(4); first != again || first == other {
		t.Errorf("seed 3: %s\nagain:  %s\nseed 4: %s", first, again, other)
	}
}

// TestControlIsLocal refuses control from elsewhere (S8): other machines, other names, tunnels and proxies.
func TestControlIsLocal(t *testing.T) {
	t.Parallel()
	s := &stage{now: time.Now()}
	h := s.handler(t, "")
	for _, c := range []struct {
		name, remote, host, header string
		status                     int
	}{
		{"loopback", "127.0.0.1:5000", "127.0.0.1:8086", "", 200},
		{"loopback of IPv6", "[::1]:5000", "[::1]:8086", "", 200},
		{"IPv4 in IPv6", "[::ffff:127.0.0.1]:5000", "LOCALHOST.:8086", "", 200},
		{"another machine", "192.0.2.7:5000", "127.0.0.1:8086", "", 403},
		{"another machine of IPv6", "[2001:db8::7]:5000", "localhost", "", 403},
		{"another name", "127.0.0.1:5000", "drill.example", "", 403},
		{"another address", "127.0.0.1:5000", "192.0.2.1:8086", "", 403},
		{"no name", "127.0.0.1:5000", "", "", 403},
		{"a tunnel", "127.0.0.1:5000", "localhost:8086", "X-Forwarded-For", 403},
		{"a proxy", "127.0.0.1:5000", "localhost:8086", "Forwarded", 403},
	} {
		for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
			r := httptest.NewRequest(method, ControlPath, strings.NewReader("[]"))
			r.RemoteAddr, r.Host = c.remote, c.host
			if c.header != "" {
				r.Header.Set(c.header, "192.0.2.7")
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status || c.status == 403 && !strings.Contains(w.Body.String(), "for clients on this machine only; hint: ") {
				t.Errorf("%s, %s: %d %s, want %d", c.name, method, w.Code, w.Body, c.status)
			}
		}
	}
	if len(s.said) != 1+2*3 {
		t.Errorf("said %q", s.said)
	}
}
