package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// sessions is an application with sessions beside a target. A session outlives the access of its user
// by some time.
type sessions struct {
	target string
	lives  time.Duration
	mu     sync.Mutex
	gone   map[string]time.Time // when a user was first seen without access
}

// lets reports whether a user gets in now.
func (s *sessions) lets(ctx context.Context, t *testing.T, userName string) bool {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.target+"/Users?filter="+url.QueryEscape(`userName eq "`+userName+`"`), nil)
	if err != nil {
		t.Error(err)
		return false
	}
	r.Header.Set("Authorization", "Bearer "+testToken)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Error(err)
		return false
	}
	defer response.Body.Close()
	var list struct{ Resources []struct{ Active bool } }
	if err := json.NewDecoder(response.Body).Decode(&list); err != nil {
		t.Error(err)
	}
	if len(list.Resources) == 1 && list.Resources[0].Active {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone[userName].IsZero() {
		s.gone[userName] = time.Now()
	}
	return time.Since(s.gone[userName]) < s.lives
}

// TestLeaverProbe (EN) asks an application whether a leaver still gets in, by URL.
func TestLeaverProbe(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		lives  time.Duration
		within string
		code   int
		want   []string
	}{
		{"in time", 0, "5s", reports.ExitOK, []string{"✓ CONFORMANT", "2 of 2 checks passed"}},
		{"a session lives on", 400 * time.Millisecond, "250ms", reports.ExitFailed, []string{"LVR-001", "LVR-002", "--leaver-within 250ms"}},
		{"it never ends", time.Hour, "100ms", reports.ExitFailed, []string{"LVR-001", "LVR-002"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			service := operate(t, "127.0.0.1:0", func(*http.Request, int64) bool { return false })
			s := &sessions{target: service.url(), lives: c.lives, gone: map[string]time.Time{}}
			app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !s.lets(r.Context(), t, r.URL.Query().Get("user")) {
					w.WriteHeader(http.StatusForbidden)
				}
			}))
			t.Cleanup(app.Close)
			r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": testToken}}.run(t, "conform", "--target", service.url(), "--seed", "1",
				"--check", "LVR-001", "--check", "LVR-002", "--leaver-probe", app.URL+"/session?user={userName}", "--leaver-within", c.within,
				"--out", filepath.Join(t.TempDir(), "out"))
			r.want(t, c.code, c.want...)
		})
	}
}

// TestLeaverProbeCommand: a command learns who the person is, and nothing that sets flags.
func TestLeaverProbeCommand(t *testing.T) {
	t.Setenv("SCIMDRILL_TOKEN", testToken)
	service := operate(t, "127.0.0.1:0", func(*http.Request, int64) bool { return false })
	seen := filepath.Join(t.TempDir(), "environment")
	r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": testToken}}.run(t, "conform", "--target", service.url(), "--seed", "1",
		"--check", "LVR-001", "--leaver-probe", "env > '"+seen+"'", "--leaver-within", "50ms", "--out", filepath.Join(t.TempDir(), "out"))
	r.want(t, reports.ExitFailed, "LVR-001")
	text, err := os.ReadFile(seen)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "SCIMDRILL_LEAVER_USERNAME=") || strings.Contains(string(text), testToken) {
		t.Errorf("the command got\n%s", text)
	}
}
