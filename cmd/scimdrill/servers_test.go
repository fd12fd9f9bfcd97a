package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/reports"
)

// ourServer is a command that serves.
type ourServer struct {
	name string
	args func(t *testing.T, target string) []string
	page string // a path that needs no credentials, and its status
	want string
}

// ourServers are all commands that serve, each in each of its forms.
func ourServers() []ourServer {
	refresh := func(t *testing.T) string { return filepath.Join(t.TempDir(), "refresh") }
	return []ourServer{
		{"target", func(*testing.T, string) []string { return []string{"target"} }, "/ServiceProviderConfig", "200"},
		{
			"target with tenants", func(*testing.T, string) []string {
				return []string{"target", "--tenant", "contoso", "--tenant", "fabrikam"}
			},
			"/ServiceProviderConfig", "200",
		},
		{"target with faults", func(*testing.T, string) []string {
			return []string{
				"target", "--fault", "429=0.1:1s", "--fault", "stale=0.1:1h", "--fault", "reset-after=0.05", "--fault", "truncated=0.05",
				"--fault", "corrupted=0.05",
			}
		}, "/ServiceProviderConfig", ""},
		{"target with a sign-in page", func(*testing.T, string) []string {
			return []string{"target", "--oauth-client-id", "entra", "--oauth-redirect", "http://127.0.0.1/callback"}
		}, "/oauth/authorize?response_type=code&client_id=entra&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback", "200"},
		{"target with Basic", func(*testing.T, string) []string { return []string{"target", "--basic-user", "ada"} }, "/ServiceProviderConfig", "200"},
		{"persona", func(*testing.T, string) []string { return []string{"target", "--persona", "goto"} }, "/persona/state", "200"},
		{"issuer", func(*testing.T, string) []string { return []string{"issuer"} }, "/discovery/keys", "200"},
		{"record", func(t *testing.T, target string) []string {
			return []string{"record", "--target", target, "--out", filepath.Join(t.TempDir(), "recording")}
		}, "/ServiceProviderConfig", "200"},
		{"fault", func(_ *testing.T, target string) []string { return []string{"fault", "--target", target} }, "/ServiceProviderConfig", "200"},
		{"authorize", func(t *testing.T, _ string) []string {
			return []string{
				"authorize", "--oauth-client-id", "entra", "--oauth-authorize-url", "http://127.0.0.1:1/authorize", "--oauth-token-url",
				"http://127.0.0.1:1/token",
				"--oauth-refresh-token-file", refresh(t),
			}
		}, "/callback?state=unknown&code=x", "400"},
	}
}

// start serves until the test ends, and returns the address and what the command says.
func (s *ourServer) start(t *testing.T, flags ...string) (address string, said func() string) {
	t.Helper()
	target, _ := serveTarget(t, nil)
	ctx, stop := context.WithCancel(t.Context())
	out, stdout := io.Pipe()
	text := &lockedText{}
	done := make(chan struct{})
	args := append(s.args(t, target), "--listen", "127.0.0.1:0")
	env := map[string]string{
		"SCIMDRILL_TOKEN": testToken, "SCIMDRILL_BASIC_PASSWORD": testToken, "SCIMDRILL_OAUTH_CLIENT_SECRET": testToken,
		"SCIMDRILL_SIGN_IN_PASSWORD": testToken,
		"SCIMDRILL_TOKEN_CONTOSO":    testToken, "SCIMDRILL_TOKEN_FABRIKAM": testToken + "2",
	}
	go func() {
		defer close(done)
		i := invocation{ctx: ctx, env: env, prepare: func(p *console.Process) { p.Stdout, p.Stderr = stdout, text }}
		i.run(t, append(args, flags...)...) //nolint:contextcheck // the context is in the invocation
		_ = stdout.Close()
	}()
	t.Cleanup(func() { stop(); <-done })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%s printed nothing; it says %s", s.name, text)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	address = strings.TrimSpace(line)
	if _, rest, ok := strings.Cut(address, "redirect_uri=http%3A%2F%2F"); ok {
		host, _, _ := strings.Cut(rest, "%2Fcallback")
		address = "http://" + strings.Replace(host, "%3A", ":", 1)
	}
	address, _, _ = strings.Cut(strings.TrimPrefix(address, "http://"), "/")
	return address, text.String
}

// talk sends the bytes of a request and returns the answer, to its end.
func talk(t *testing.T, address, text string) string {
	t.Helper()
	c, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(20 * time.Second))
	_, _ = io.WriteString(c, text)
	data, _ := io.ReadAll(c) // a reset ends it too
	return string(data)
}

// TestServersHost proves that no name of another site reaches a server (S8, F11: DNS rebinding), that no page of
// another site can write, read or frame, and that a person can add a name.
func TestServersHost(t *testing.T) {
	t.Parallel()
	for _, s := range ourServers() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			address, said := s.start(t)
			_, port, _ := net.SplitHostPort(address)
			get := func(host, header string) string {
				return talk(t, address, "GET "+s.page+" HTTP/1.1\r\n"+host+"Connection: close\r\n"+header+"\r\n")
			}
			for _, host := range []string{"localhost", "LOCALHOST.", "127.0.0.1", "127.0.0.1:" + port, "127.9.9.9", "[::1]", "[::1]:" + port, "localhost:1"} {
				if answer := get("Host: "+host+"\r\n", ""); s.want != "" && !strings.HasPrefix(answer, "HTTP/1.1 "+s.want) {
					t.Errorf("Host %s: %.100s", host, answer)
				}
			}
			for _, host := range []string{
				"evil.test", "evil.test:" + port, "localhost.evil.test", "127.0.0.1.evil.test", "evillocalhost", "0.0.0.0", "0.0.0.0:" + port, "[::]", "10.0.0.1",
				"[fe80::1]", "0x7f.1", "2130706433", "user@localhost", "localhost@evil.test", "localhost,evil.test", "", "[::ffff:10.0.0.1]", "xn--localhost",
				"127.1",
			} {
				if answer := get("Host: "+host+"\r\n", ""); !strings.HasPrefix(answer, "HTTP/1.1 421") && !strings.HasPrefix(answer, "HTTP/1.1 400") {
					t.Errorf("Host %q: %.100s", host, answer)
				}
			}
			for _, line := range []string{"GET http://evil.test" + s.page, "OPTIONS http://evil.test/", "CONNECT evil.test:443", "POST //evil.test/x"} {
				if answer := talk(t, address, line+" HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 4") {
					t.Errorf("%s: %.100s", line, answer)
				}
			}
			if s.name != "record" && !strings.Contains(said(), `rejected a request for the host "evil.test"`) {
				t.Errorf("nobody was told of the host: %s", said())
			}
			for _, header := range []string{
				"Origin: http://evil.test\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
				"Sec-Fetch-Site: same-site\r\n",
			} {
				for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
					answer := talk(t, address, method+" "+s.page+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: Bearer "+
						testToken+"\r\n"+header+"\r\n")
					if !strings.HasPrefix(answer, "HTTP/1.1 403") {
						t.Errorf("%s with %s: %.100s", method, header, answer)
					}
				}
				preflight := "OPTIONS " + s.page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccess-Control-Request-Method: PUT\r\n" + header + "\r\n"
				for _, answer := range []string{talk(t, address, preflight), get("Host: localhost\r\n", header)} {
					if strings.Contains(strings.ToLower(answer), "access-control-allow") {
						t.Errorf("another site may read: %s", answer)
					}
				}
			}
			if s.name == "record" || s.name == "fault" { // its answers are those of the target
				return
			}
			answer := strings.ToLower(get("Host: localhost\r\n", ""))
			for _, part := range []string{
				"x-content-type-options: nosniff", "content-security-policy: default-src 'none'", "frame-ancestors 'none'",
				"referrer-policy: no-referrer",
			} {
				if !strings.Contains(answer, part) && s.want != "" {
					t.Errorf("the answer lacks %s: %.600s", part, answer)
				}
			}
		})
	}
}

// TestServersName adds a name that clients use (S8).
func TestServersName(t *testing.T) {
	t.Parallel()
	for _, s := range ourServers() {
		if s.name == "authorize" {
			continue // the name is that of --redirect
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			address, _ := s.start(t, "--serve-host", "tunnel.example", "--serve-host", "Other.Example:8443")
			for _, host := range []string{"tunnel.example", "TUNNEL.example:443", "other.example"} {
				answer := talk(t, address, "GET "+s.page+" HTTP/1.1\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")
				if strings.HasPrefix(answer, "HTTP/1.1 421") {
					t.Errorf("Host %s: %.100s", host, answer)
				}
				if s.name == "persona" && !strings.HasPrefix(answer, "HTTP/1.1 401") {
					t.Errorf("F11: the page needs credentials where others can reach it: %.100s", answer)
				}
			}
		})
	}
}

// TestServersListen refuses every spelling of an address that is not loopback, unless it is exposed (S8, F11).
func TestServersListen(t *testing.T) {
	t.Parallel()
	for _, s := range ourServers() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			for _, address := range []string{"0.0.0.0:0", ":0", "[::]:0", "[::ffff:0.0.0.0]:0"} {
				args := append(s.args(t, "http://127.0.0.1:1"), "--listen", address)
				r := invocation{env: map[string]string{
					"SCIMDRILL_TOKEN": testToken, "SCIMDRILL_BASIC_PASSWORD": testToken, "SCIMDRILL_OAUTH_CLIENT_SECRET": testToken,
					"SCIMDRILL_SIGN_IN_PASSWORD": testToken,
				}}.run(t, args...)
				r.want(t, reports.ExitUsage, "loopback", "hint: ")
			}
		})
	}
}

// TestServersIdle opens 2,000 connections that send nothing; the servers go on (S8).
func TestServersIdle(t *testing.T) {
	for _, s := range ourServers() {
		if s.want == "" {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			address, _ := s.start(t)
			var open []net.Conn
			defer func() {
				for _, c := range open {
					_ = c.Close()
				}
			}()
			for i := range 2000 {
				c, err := (&net.Dialer{Timeout: 10 * time.Second}).DialContext(t.Context(), "tcp", address)
				if err != nil {
					t.Fatalf("connection %d: %v", i, err)
				}
				open = append(open, c)
				if i%2 == 0 {
					_, _ = io.WriteString(c, "GET ")
				}
			}
			if answer := talk(t, address, "GET "+s.page+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 "+
				s.want) {
				t.Errorf("beside 2,000 connections: %.100q", answer)
			}
		})
	}
}

// TestServersLimits exceeds the limits of a request (S8).
func TestServersLimits(t *testing.T) {
	t.Parallel()
	for _, s := range ourServers() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			address, _ := s.start(t)
			head := "POST /Users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + testToken +
				"\r\nContent-Type: application/scim+json\r\nConnection: close\r\n"
			if answer := talk(t, address, head+"X: "+strings.Repeat("x", 80<<10)+"\r\n\r\n"); !strings.HasPrefix(answer, "HTTP/1.1 431") && answer != "" {
				t.Errorf("a large header: %.100q", answer)
			}
			if answer := talk(t, address, head+"Content-Length: 9000000\r\n\r\n"+strings.Repeat(" ", 9_000_000)); !strings.HasPrefix(answer, "HTTP/1.1 4") &&
				answer != "" && s.want != "" {
				t.Errorf("a large body: %.100q", answer)
			}
		})
	}
}
