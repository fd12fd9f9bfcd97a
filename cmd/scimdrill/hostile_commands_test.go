package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// hostileCommand is a command that talks to a server it cannot trust.
type hostileCommand struct {
	name string
	// prepare runs before the server turns hostile; it may be nil.
	prepare func(t *testing.T, s *hostileServer, dir string)
	args    func(s *hostileServer, dir string) []string
	bounds  func(hostileLimits) []string
	env     []string
	// run starts the command and waits for its end.
	run func(t *testing.T, cmd *exec.Cmd, out *bytes.Buffer, started func(pid int))
}

func wholeBounds(l hostileLimits) []string {
	return []string{"--timeout", l.each, "--timeout-total", l.total.String()}
}

func lastingBounds(l hostileLimits) []string {
	return []string{"--timeout", l.each, "--timeout-stalled", l.total.String(), "--timeout-total", l.total.String()}
}

func plainRun(t *testing.T, cmd *exec.Cmd, out *bytes.Buffer, started func(pid int)) {
	t.Helper()
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started(cmd.Process.Pid)
	_ = cmd.Wait() // the exit code is looked at later
}

func hostileCommands() []hostileCommand {
	on := func(command string, more ...string) func(*hostileServer, string) []string {
		return func(s *hostileServer, dir string) []string {
			return append([]string{command, "--target", s.url, "--out", filepath.Join(dir, "out")}, more...)
		}
	}
	oauth := func(s *hostileServer, dir string) []string {
		return []string{"connect", "--target", s.url, "--oauth-token-url", s.url + "/token", "--oauth-client-id", "x"}
	}
	return []hostileCommand{
		{name: "connect", args: on("connect"), bounds: wholeBounds, run: plainRun},
		{name: "conform", args: on("conform", "--seed", "7"), bounds: wholeBounds, run: plainRun},
		{
			name: "simulate", bounds: lastingBounds, run: plainRun,
			args: on("simulate", "--seed", "7", "--generate", "users=40,groups=4", "--profile", "goto", "--cycles", "3", "--transcript", "all", "--parallel", "4"),
		},
		{name: "plan", args: on("simulate", "--plan", "--seed", "7", "--generate", "users=40,groups=4"), bounds: lastingBounds, run: plainRun},
		{
			name: "ondemand", bounds: wholeBounds, run: plainRun,
			args: func(s *hostileServer, dir string) []string {
				return on("ondemand", "--tenant", tenantFile(dir), "--user", "ada@contoso.test", "--scope", "all")(s, dir)
			},
		},
		{
			name: "cleanup", bounds: wholeBounds, run: plainRun,
			prepare: func(t *testing.T, s *hostileServer, dir string) {
				t.Helper()
				args := on("simulate", "--seed", "7", "--generate", "users=20,groups=2", "--profile", "goto", "--cycles", "1")(s, dir)
				if out, err := child(t.Context(), t, args...).CombinedOutput(); err != nil {
					t.Fatalf("%v\n%s", err, out)
				}
			},
			args: func(_ *hostileServer, dir string) []string {
				return []string{"cleanup", "--run", filepath.Join(dir, "out")}
			},
		},
		{name: "oauth", args: oauth, bounds: wholeBounds, run: plainRun, env: []string{"SCIMDRILL_TOKEN=", "SCIMDRILL_OAUTH_CLIENT_SECRET=s3cr3t"}},
		{
			name: "authorize", run: pasteRun, env: []string{"SCIMDRILL_OAUTH_CLIENT_SECRET=s3cr3t"},
			bounds: func(l hostileLimits) []string { return []string{"--timeout", l.each, "--wait", l.total.String()} },
			args: func(s *hostileServer, dir string) []string {
				return []string{
					"authorize", "--paste", "--redirect", "http://127.0.0.1:1/callback", "--oauth-client-id", "x", "--oauth-authorize-url", s.url + "/authorize",
					"--oauth-token-url", s.url + "/token", "--oauth-refresh-token-file", filepath.Join(dir, "refresh"),
				}
			},
		},
		{
			name: "record", args: on("record", "--listen", "127.0.0.1:0"), run: recordRun,
			bounds: func(l hostileLimits) []string { return []string{"--timeout", l.each} },
		},
	}
}

// tenantFile writes a directory of one person.
func tenantFile(dir string) string {
	path := filepath.Join(dir, "tenant.jsonl")
	_ = os.WriteFile(path, []byte(`{"@odata.type":"#microsoft.graph.user","id":"ada","displayName":"Ada","userPrincipalName":"ada@contoso.test"}`+"\n"), 0o600)
	return path
}

// pasteRun signs in: it reads the address of the sign-in page, and pastes where it leads back to.
func pasteRun(t *testing.T, cmd *exec.Cmd, out *bytes.Buffer, started func(pid int)) {
	t.Helper()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started(cmd.Process.Pid)
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	if u, err := url.Parse(strings.TrimSpace(line)); err == nil {
		_, _ = io.WriteString(stdin, "http://127.0.0.1:1/callback?code=c&state="+url.QueryEscape(u.Query().Get("state"))+"\n")
	}
	_ = cmd.Wait()
	out.WriteString(line)
}

// recordRun sends requests through the proxy, then stops it.
func recordRun(t *testing.T, cmd *exec.Cmd, out *bytes.Buffer, started func(pid int)) {
	t.Helper()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	started(cmd.Process.Pid)
	r := bufio.NewReader(stdout)
	line, _ := r.ReadString('\n')
	client := &http.Client{Timeout: 5 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, path := range []string{"/Users?count=1", "/Users/1", "/Groups?count=1"} {
		if resp, err := client.Get(strings.TrimSpace(line) + path); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
		if resp, err := client.Post(strings.TrimSpace(line)+path, "application/scim+json", strings.NewReader("{}")); err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
		}
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	rest, _ := io.ReadAll(r)
	_ = cmd.Wait()
	out.Write(rest)
}
