package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
)

// TestBinary builds the program as make does and runs it as a person would.
func TestBinary(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds the program, which takes longer than a short run should")
	}
	if runtime.GOOS == "windows" {
		t.Skip("kill -9 and env -i are tested where they exist")
	}
	bin := filepath.Join(t.TempDir(), "scimdrill")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w -X main.version=v9.8.7", "-o", bin, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	t.Run("needs no Go and no environment", func(t *testing.T) {
		t.Parallel()
		url, _ := serveTarget(t, nil)
		out := filepath.Join(t.TempDir(), "out")
		code, text := runBinary(t, bin, nil, "conform", "--target", url, "--token-file", tokenFile(t), "--out", out)
		if code != reports.ExitOK || !strings.Contains(text, "CONFORMANT") {
			t.Errorf("exit code %d\n%s", code, text)
		}
		if code, text := runBinary(t, bin, nil, "version"); code != 0 || !strings.Contains(text, "scimdrill v9.8.7") {
			t.Errorf("exit code %d: %s", code, text)
		}
	})
	t.Run("cleanup after kill -9 leaves the target as it was", func(t *testing.T) {
		t.Parallel()
		killed(t, bin)
	})
	t.Run("SIGTERM stops the target with 0", func(t *testing.T) {
		t.Parallel()
		stopped := exec.CommandContext(t.Context(), bin, "target", "--listen", "127.0.0.1:0")
		if line := firstLine(t, stopped); !strings.HasPrefix(line, "http://127.0.0.1:") {
			t.Errorf("the first line is %q", line)
		}
		if err := stopped.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		if err := stopped.Wait(); err != nil {
			t.Errorf("after SIGTERM: %v", err)
		}
	})
	t.Run("SIGINT ends a run with 130 and reports", func(t *testing.T) {
		t.Parallel()
		signalled(t, bin)
	})
	for name, sig := range map[string]os.Signal{"SIGINT": os.Interrupt, "SIGTERM": syscall.SIGTERM} {
		t.Run(name+" ends a simulation with 130, all written, and the next run goes on", func(t *testing.T) {
			t.Parallel()
			stoppedSimulation(t, bin, sig)
		})
	}
}

func tokenFile(t *testing.T) string {
	return writeTest(t, filepath.Join(t.TempDir(), "token"), testToken+"\n")
}

// runBinary runs the program with nothing in its environment but what is given.
func runBinary(t *testing.T, bin string, env []string, args ...string) (code int, text string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), bin, args...)
	cmd.Env = append([]string{"PATH=/nonexistent"}, env...)
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

func firstLine(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// killed ends a conform run with kill -9 in its middle, at several places.
func killed(t *testing.T, bin string) {
	for _, after := range []int{1, 7, 40, 90} {
		var mu sync.Mutex
		writes, reached := -1, make(chan struct{}) // the first write is that of foreign
		hold := make(chan struct{})
		url, tgt := serveTarget(t, func(r *http.Request) {
			if r.Method != http.MethodPost {
				return
			}
			mu.Lock()
			writes++
			stop := writes == after
			mu.Unlock()
			if stop {
				close(reached)
				<-hold
			}
		})
		foreign(t, url, "somebody.else@example.test")
		out := filepath.Join(t.TempDir(), "out")
		cmd := exec.CommandContext(t.Context(), bin, "conform", "--target", url, "--token-file", tokenFile(t), "--out", out)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		select {
		case <-reached:
		case <-time.After(30 * time.Second):
			t.Fatal("the run never came so far")
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		close(hold)
		waitForQuiet(t, tgt.Counts)
		if code, text := runBinary(t, bin, nil, "cleanup", "--run", out, "--token-file", tokenFile(t)); code != 0 {
			t.Errorf("after %d writes: cleanup ends with %d: %s", after, code, text)
		}
		if users, groups, _ := tgt.Counts(); users != 1 || groups != 0 {
			t.Errorf("after %d writes: %d users and %d groups, want the one user who was there before", after, users, groups)
		}
		if _, err := os.Stat(filepath.Join(out, runs.ReportName)); err == nil {
			t.Errorf("after %d writes: a killed run has a report", after)
		}
	}
}

// waitForQuiet lets the request that was under way come to its end in the target.
func waitForQuiet(t *testing.T, counts func() (int, int, int)) {
	t.Helper()
	last, since := -1, time.Now()
	for time.Since(since) < 200*time.Millisecond {
		users, groups, _ := counts()
		if users+groups != last {
			last, since = users+groups, time.Now()
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// foreign puts a user into the target whom no run made, and gives its id.
func foreign(t *testing.T, url, userName string) string {
	t.Helper()
	path := stands(t, url, "/Users", `{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"`+userName+`"}`)
	return strings.TrimPrefix(path, "/Users/")
}

// stands puts an object into a collection of the target, and gives its path.
func stands(t *testing.T, url, collection, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+collection, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+testToken)
	req.Header.Set("Content-Type", "application/scim+json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		t.Fatalf("status %d", resp.StatusCode)
	}
	return strings.TrimPrefix(resp.Header.Get("Location"), url)
}

// signalled sends SIGINT in the middle of a run.
func signalled(t *testing.T, bin string) {
	reached := make(chan struct{})
	var once sync.Once
	url, _ := serveTarget(t, func(r *http.Request) {
		if r.Method == http.MethodPatch {
			once.Do(func() { close(reached) })
			time.Sleep(20 * time.Millisecond) // a slow target, so that the run is still going on
		}
	})
	out := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithTimeout(t.Context(), 60*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, bin, "conform", "--target", url, "--token-file", tokenFile(t), "--out", out)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-reached
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != reports.ExitInterrupted {
		t.Errorf("exit code %d\n%s", code, text.String())
	}
	rep, err := reports.Read(filepath.Join(out, runs.ReportName))
	if err != nil {
		t.Fatal(err)
	}
	if !rep.Run.Interrupted || rep.Conformance == nil {
		t.Errorf("the report does not say that the run was interrupted: %+v", rep.Run)
	}
}
