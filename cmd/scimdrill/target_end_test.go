package main

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
)

// service is the reference target as somebody operates it: at an address, which it may leave.
type service struct {
	*http.Server

	listener net.Listener
	served   atomic.Int64
}

// operate listens at an address. over decides about each request, which is counted from 1: after
// true, the service is gone, without a response.
func operate(t *testing.T, address string, over func(r *http.Request, n int64) bool) *service {
	t.Helper()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	s := &service{listener: l}
	s.Server = &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if over(r, s.served.Add(1)) {
			_ = s.Close()
			panic(http.ErrAbortHandler)
		}
		tgt.ServeHTTP(w, r)
	})}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func (s *service) url() string { return "http://" + s.listener.Addr().String() }

// TestTargetStartsLate: --wait covers the time in which a service starts.
func TestTargetStartsLate(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(http.NotFoundHandler())
	address := closed.Listener.Addr().String()
	closed.Close()
	var started atomic.Bool
	timer := time.AfterFunc(5*time.Second, func() {
		started.Store(true)
		operate(t, address, func(*http.Request, int64) bool { return false })
	})
	defer timer.Stop()
	r := byItself(t, "conform", "--target", "http://"+address, "--wait", "30s", "--check", "USR-001", "--check", "QRY-001", "--out", t.TempDir())
	r.want(t, reports.ExitOK, "the target refuses connections; waiting up to 30s for it to start", "✓ CONFORMANT", "2 of 2 checks passed")
	if !started.Load() {
		t.Error("the run did not wait for the target")
	}
}

// TestTargetDies: a target that goes away is one finding, which names the request under way. What
// was judged before stays in the report.
func TestTargetDies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		over   func(r *http.Request, n int64) bool
		title  string
		judged int // at least
	}{
		"on its first POST":  {func(r *http.Request, _ int64) bool { return r.Method == http.MethodPost }, "while POST /Users was under way", 0},
		"after 200 requests": {func(_ *http.Request, n int64) bool { return n > 200 }, "the target went away after ", 5},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := t.TempDir()
			r := byItself(t, "conform", "--target", operate(t, "127.0.0.1:0", c.over).url(), "--out", out)
			r.want(t, reports.ExitBroken)
			text := strings.Join(strings.Fields(r.stdout), " ")
			if !strings.Contains(text, "! COULD NOT BE JUDGED · Blocks everything: the target went away") || !strings.Contains(text, c.title) {
				t.Errorf("the first line does not say it:\n%s", r.stdout)
			}
			if !strings.Contains(text, "fix look into the log of the service at the time of the request, start it again, and repeat the run") {
				t.Errorf("no advice:\n%s", r.stdout)
			}
			rep, err := reports.Read(filepath.Join(out, runs.ReportName))
			if err != nil {
				t.Fatal(err)
			}
			counts := rep.Conformance.Summary.Counts
			if len(rep.Conformance.Causes) != 1 || counts.Errored+counts.Failed > 0 || counts.Passed < c.judged || counts.Blocked < 100 {
				t.Errorf("%d causes, %+v:\n%s", len(rep.Conformance.Causes), counts, r.stdout)
			}
		})
	}
}

// TestTargetElsewhere: the right base path beside a wrong one is found, and the advice can be typed.
func TestTargetElsewhere(t *testing.T) {
	t.Parallel()
	inner := operate(t, "127.0.0.1:0", func(*http.Request, int64) bool { return false }).Handler
	mux := http.NewServeMux()
	mux.Handle("/api/scim/v2/", http.StripPrefix("/api/scim/v2", inner))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	for _, wrong := range []string{"/api", "/api/scim", "/api/scim/v2/Users", "/api/scim/v1"} {
		r := byItself(t, "conform", "--target", server.URL+wrong, "--check", "USR-001", "--out", t.TempDir())
		r.want(t, reports.ExitBroken)
		if text := strings.Join(strings.Fields(r.stdout), " "); !strings.Contains(text, "use "+server.URL+"/api/scim/v2 as --target") {
			t.Errorf("%s:\n%s", wrong, r.stdout)
		}
	}
}

// TestGitHubActions: a run there writes annotations and the summary of the job, and exit codes stay.
func TestGitHubActions(t *testing.T) {
	t.Parallel()
	summary := filepath.Join(t.TempDir(), "summary.md")
	url := spoiled(t, "CAS-05", nil)
	cmd := child(t.Context(), t, "conform", "--target", url, "--check", "QRY-002", "--check", "USR-001", "--format", "sarif", "--out", t.TempDir())
	cmd.Env = append(cmd.Env, "GITHUB_ACTIONS=true", "GITHUB_STEP_SUMMARY="+summary)
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != reports.ExitFailed {
		t.Errorf("exit code %d, %v", code, err)
	}
	if !strings.Contains(string(out), "::error title=scimdrill%3A ") {
		t.Errorf("no annotation:\n%s", out)
	}
	text, err := os.ReadFile(summary)
	if err != nil || !strings.HasPrefix(string(text), "## ✗ scimdrill: Not conformant") {
		t.Errorf("%v, summary:\n%s", err, text)
	}
}
