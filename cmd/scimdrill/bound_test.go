package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
)

// busyAfter is a target that hangs, or asks to come back later, for the requests that match.
func busyAfter(t *testing.T, match func(*http.Request) bool, status int) string {
	t.Helper()
	_, tgt := serveTarget(t, nil)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !match(r):
			tgt.ServeHTTP(w, r)
		case status == 0:
			_, _ = io.Copy(io.Discard, r.Body) // the server notices a closed connection only behind the body
			<-r.Context().Done()
		default:
			w.WriteHeader(status)
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return server.URL
}

func posts(r *http.Request) bool { return r.Method == http.MethodPost }

// byItself runs a command in a process of its own: in one process, the checks of one run wait for
// those of another.
func byItself(t *testing.T, args ...string) result {
	t.Helper()
	cmd := child(t.Context(), t, args...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return result{code: cmd.ProcessState.ExitCode(), stdout: string(out)}
}

// TestTimeoutTotal proves S5: a command ends at its bound with 3, says what it waited for, and
// reports what it knows.
func TestTimeoutTotal(t *testing.T) {
	t.Parallel()
	t.Run("conform reports what it judged", func(t *testing.T) {
		t.Parallel()
		out := filepath.Join(t.TempDir(), "out")
		r := byItself(t, "conform", "--target", busyAfter(t, posts, 0), "--out", out, "--timeout-total", "5s")
		r.want(t, reports.ExitBroken, "conform did not finish within 5s (--timeout-total): POST /Users was under way for ", "hint: ")
		rep, err := reports.Read(filepath.Join(out, runs.ReportName))
		if err != nil {
			t.Fatal(err)
		}
		notRun := 0
		for _, c := range rep.Conformance.Checks {
			if c.Outcome == reports.Errored && strings.HasPrefix(c.Actual, "not run: conform did not finish") {
				notRun++
			}
		}
		if notRun < 50 || rep.Run.Interrupted || len(rep.Target.Notes) != 1 || !strings.Contains(rep.Target.Notes[0], "ended early") {
			t.Errorf("%d checks not run, interrupted %v, notes %q", notRun, rep.Run.Interrupted, rep.Target.Notes)
		}
		if run, err := runs.Read(out); err != nil || *run.ExitCode != reports.ExitBroken {
			t.Errorf("run.json: %+v, %v", run, err)
		}
	})
	t.Run("a target that is busy for ever", func(t *testing.T) {
		t.Parallel()
		r := byItself(t, "conform", "--target", busyAfter(t, posts, 429), "--out", t.TempDir(), "--timeout-total", "5s")
		r.want(t, reports.ExitBroken, "(--timeout-total): POST /Users returned 429, and no request was under way")
	})
	t.Run("connect", func(t *testing.T) {
		t.Parallel()
		r := invocation{env: withToken()}.run(t, "connect", "--target", busyAfter(t, func(*http.Request) bool { return true }, 0), "--timeout-total", "300ms")
		r.want(t, reports.ExitBroken, "connect did not finish within 300ms (--timeout-total): GET /Users was under way")
	})
	t.Run("0 is no limit", func(t *testing.T) {
		t.Parallel()
		url, _ := serveTarget(t, nil)
		invocation{env: withToken()}.run(t, "connect", "--target", url, "--timeout-total", "0").want(t, reports.ExitOK)
	})
}

// TestTimeoutStalled proves S5: a simulation may take hours, but not without a usable response.
func TestTimeoutStalled(t *testing.T) {
	t.Parallel()
	args := []string{"simulate", "--generate", "users=5", "--seed", "7", "--cycles", "1"}
	t.Run("nothing but 503", func(t *testing.T) {
		t.Parallel()
		url := busyAfter(t, func(*http.Request) bool { time.Sleep(50 * time.Millisecond); return true }, 503)
		r := invocation{env: withToken()}.run(t, append(args, "--target", url, "--out", t.TempDir(), "--cycles", "500", "--timeout-stalled", "500ms")...)
		r.want(t, reports.ExitBroken, "simulate received no usable response for 500ms (--timeout-stalled): GET /Users")
	})
	t.Run("slow, but longer than the limit", func(t *testing.T) {
		t.Parallel()
		url, _ := serveTarget(t, func(*http.Request) { time.Sleep(100 * time.Millisecond) })
		r := invocation{env: withToken()}.run(t, append(args, "--target", url, "--out", t.TempDir(), "--timeout-stalled", "1s")...)
		r.want(t, reports.ExitOK)
	})
}
