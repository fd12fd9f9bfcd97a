package main

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
)

// secured serves an empty list over TLS with a certificate.
func secured(t *testing.T, c serve.Certificate, change func(*tls.Config)) (address, ca string) {
	t.Helper()
	pair, text, err := serve.SelfMade(c)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/scim+json")
		_, _ = io.WriteString(w, emptyAnswer)
	}))
	server.Config.ErrorLog = nil
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, Certificates: []tls.Certificate{pair}}
	if change != nil {
		change(server.TLS)
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, writeTest(t, filepath.Join(t.TempDir(), "ca.pem"), string(text))
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, tt := range []struct {
		name    string
		made    serve.Certificate
		change  func(*tls.Config)
		unknown bool // the authority is not given
		want    []string
	}{
		{"W-138 a good one", serve.Certificate{From: now}, nil, false, nil},
		{"W-138 an expired one", serve.Certificate{From: now.AddDate(0, -2, 0)}, nil, false, []string{"the certificate has expired", "hint: renew the certificate"}},
		{"W-138 one of next year", serve.Certificate{From: now.AddDate(1, 0, 0)}, nil, false, []string{"is not valid yet"}},
		{
			"W-138 one for another name",
			serve.Certificate{From: now, Names: []string{"scim.example"}, Only: true},
			nil, false,
			[]string{"for another host than the URL", "hint: the host of the tenant URL must be"},
		},
		{"W-138 an unknown authority", serve.Certificate{From: now}, nil, true, []string{"comes from an unknown authority", "--ca-file FILE adds one"}},
		{
			"W-138 E-308 TLS 1.1 only",
			serve.Certificate{From: now},
			func(c *tls.Config) { c.MaxVersion = tls.VersionTLS11 }, false,
			[]string{"does not support TLS 1.2 or newer", "hint: enable TLS 1.2"},
		},
		{"W-138 a certificate of the client is wanted", serve.Certificate{From: now}, func(c *tls.Config) {
			c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		}, false, []string{"aborted the handshake"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			address, ca := secured(t, tt.made, tt.change)
			args := []string{"--target", address}
			if !tt.unknown {
				args = append(args, "--ca-file", ca)
			}
			env := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "s3cr3t-token"}}
			r := env.run(t, append([]string{"connect"}, args...)...)
			if tt.want == nil {
				r.want(t, 0, "Test Connection would succeed")
				return
			}
			r.want(t, 3, append(tt.want, "the TLS handshake failed: ")...)
			port := address[strings.LastIndex(address, ":")+1:]
			if text := r.stderr[strings.Index(r.stderr, "handshake failed"):]; strings.Contains(text, port) || strings.Contains(text, "127.0.0.1") {
				t.Errorf("the reason holds an address: %s", text)
			}
			r = env.run(t,
				append(append([]string{"simulate"}, args...), "--generate", "users=2", "--cycles", "1", "--seed", "7", "--out", filepath.Join(t.TempDir(), "out"))...)
			if text := r.stdout + r.stderr; !strings.Contains(text, tt.want[0]) {
				t.Errorf("A-37: simulate ended with %d and does not say why: %s", r.code, text)
			}
		})
	}
	t.Run("no TLS at this port", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(http.NotFoundHandler())
		t.Cleanup(server.Close)
		invocation{}.run(t, "connect", "--target", strings.Replace(server.URL, "http:", "https:", 1), "--anonymous").
			want(t, 3, "the target does not support TLS on this port", "hint: use http://, or check the port")
	})
}

func TestHeaderLimit(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for range 1100 {
			w.Header().Add("X-Long", strings.Repeat("a", 1000))
		}
		_, _ = io.WriteString(w, emptyAnswer)
	}))
	t.Cleanup(server.Close)
	invocation{}.run(t, "connect", "--target", server.URL, "--anonymous").want(t, 3, "the response header is larger than the limit")
}

func TestTargetOverTLS(t *testing.T) {
	t.Parallel()
	env := map[string]string{"SCIMDRILL_TOKEN": "s3cr3t-token"}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	r, _ := startTarget(t, env, 1, "--seed", "1", "--tls-self", ca)
	t.Cleanup(func() { r.stop().want(t, 0) })
	address := r.url
	if !strings.HasPrefix(address, "https://127.0.0.1:") {
		t.Fatalf("address %s", address)
	}
	t.Run("the engine speaks with it", func(t *testing.T) {
		i := invocation{env: env}
		i.run(t, "connect", "--target", address, "--ca-file", ca).want(t, 0, "Test Connection would succeed")
		i.run(t, "simulate", "--target", address, "--ca-file", ca, "--generate", "users=5,groups=1", "--cycles", "2", "--out",
			filepath.Join(t.TempDir(), "out")).want(t, 0, "ALL EXPECTATIONS MET")
		i.run(t, "connect", "--target", address).want(t, 3, "unknown authority")
	})
	t.Run("HTTP/2 with those who ask for it", func(t *testing.T) {
		text, err := os.ReadFile(ca)
		if err != nil {
			t.Fatal(err)
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(text)
		client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
		defer client.CloseIdleConnections()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/Users?filter=userName+eq+%22nobody%22", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer s3cr3t-token")
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.Proto != "HTTP/2.0" || resp.StatusCode != 200 || !strings.Contains(string(body), `"totalResults":0`) {
			t.Errorf("%s %d %s, error %v", resp.Proto, resp.StatusCode, body, err)
		}
	})
}

func TestTLSFlags(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"--tls-cert", "a.pem"}, "--tls-cert and --tls-key must be used together"},
		{[]string{"--tls-self", filepath.Join(dir, "c"), "--tls-cert", "a.pem", "--tls-key", "b.pem"}, "--tls-self excludes"},
		{[]string{"--tls-cert", filepath.Join(dir, "none"), "--tls-key", filepath.Join(dir, "none")}, "`--tls-self FILE` creates one"},
		{[]string{"--tls-self", filepath.Join(dir, "no", "folder")}, "--tls-self: write"},
	} {
		invocation{}.run(t, append([]string{"target", "--listen", "127.0.0.1:0"}, tt.args...)...).want(t, 2, tt.want)
	}
}

func TestSecretLimit(t *testing.T) {
	t.Parallel()
	file := writeTest(t, filepath.Join(t.TempDir(), "token"), strings.Repeat("a", 64<<10+1))
	i := invocation{prepare: func(p *console.Process) { p.Dial = refuseDial(t) }}
	i.run(t, "connect", "--target", "http://127.0.0.1:1", "--token-file", file).want(t, 2, "is too long for a secret")
}

// TestLimitsAreHeld looks for the tests that docs/reference/limits.md names.
func TestLimitsAreHeld(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/reference/limits.md")
	if err != nil {
		t.Fatal(err)
	}
	dirs := map[string]string{
		"scimdrill": ".", "exchange": "../../reports/exchange", "reports": "../../reports", "scimclient": "../../simulator/scimclient",
		"engine": "../../simulator/engine", "yamlshape": "../../reports/yamlshape", "wholefile": "../../reports/wholefile", "serve": "internal/serve",
		"target": "../../fixtures/target", "session": "../../conformance/session",
	}
	named := regexp.MustCompile(`\b([a-z]+)\.(Test[A-Za-z0-9]+)\b`).FindAllStringSubmatch(string(text), -1)
	if len(named) < 12 {
		t.Fatalf("the table names %d tests", len(named))
	}
	for _, m := range named {
		found := false
		files, err := filepath.Glob(filepath.Join(dirs[m[1]], "*_test.go"))
		if m[1] == "scimdrill" {
			inner, _ := filepath.Glob(filepath.Join("internal", "*", "*_test.go"))
			files = append(files, inner...)
		}
		if err != nil || dirs[m[1]] == "" {
			t.Fatalf("%s: no such package, error %v", m[0], err)
		}
		for _, f := range files {
			code, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(code), "\nfunc "+m[2]+"(t *testing.T)")
		}
		if !found {
			t.Errorf("docs/reference/limits.md names %s, which does not exist", m[0])
		}
	}
}
