package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
)

// F10: credentials never go to another machine over http, before any look-up.
func TestNoCredentialsInClearText(t *testing.T) {
	t.Parallel()
	bearer := map[string]string{"SCIMDRILL_TOKEN": "t0ken-of-clear-text"}
	basic := map[string]string{"SCIMDRILL_BASIC_PASSWORD": "p4ssword-of-clear-text"}
	oauth := map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "cl1ent-of-clear-text"}
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
	}{
		"bearer": {bearer, nil}, "basic": {basic, []string{"--basic-user", "admin"}}, "own token": {nil, nil},
		"oauth":  {oauth, []string{"--oauth-token-url", "https://login.test/token", "--oauth-client-id", "a"}},
		"header": {nil, []string{"--anonymous", "--header", "Authorization=Bearer x1y2z3"}}, "gateway": {nil, []string{"--anonymous", "--header", "X-Gw=k3y-of-it"}},
	} {
		for _, host := range []string{
			"scim.test", "10.0.0.1", "localhost.evil.test", "localhost.", "0x7f.1", "127.1", "2130706433", "[::ffff:127.0.0.1]", "[::]", "0.0.0.0",
			"127.0.0.1.evil.test", "[::1%25lo]",
		} {
			for _, command := range [][]string{{"connect"}, {"conform"}, {"simulate", "--generate", "users=1"}, {"ondemand", "--user", "a", "--generate", "users=1"}} {
				plain := strings.Trim(strings.ReplaceAll(host, "%25", "%"), "[]")
				args := append(append(command, c.args...), "--target", "http://"+host+"/scim", "--out", filepath.Join(t.TempDir(), "out"))
				if command[0] != "connect" {
					args = append(args, "--allow-host", plain)
				}
				r := invocation{env: c.env, prepare: func(p *console.Process) { p.Dial, p.Lookup = refuseDial(t), refuseLookup(t) }}.run(t, args...)
				if r.code != 2 || !strings.Contains(r.stderr, "this needs --insecure-http") {
					t.Errorf("%s, %s to %s: exit code %d: %s", name, command[0], host, r.code, r.stderr)
				}
			}
		}
	}
	r := invocation{}.run(t, "record", "--target", "http://scim.test/v2", "--allow-host", "scim.test", "--out", t.TempDir())
	r.want(t, 2, "this needs --insecure-http")
	r = invocation{env: oauth}.run(t, "authorize", "--oauth-authorize-url", "https://l.test/a", "--oauth-token-url", "https://l.test/t", "--oauth-client-id", "a",
		"--oauth-refresh-token-file", filepath.Join(t.TempDir(), "t"), "--redirect", "http://app.test/back")
	r.want(t, 2, "--redirect: ", "clear text")
}

func refuseLookup(t *testing.T) func(context.Context, string) ([]netip.Addr, error) {
	return func(_ context.Context, host string) ([]netip.Addr, error) {
		t.Errorf("looked up %s", host)
		return nil, errors.New("no resolver here")
	}
}

// F10: with the flag, or without credentials, http to another machine is allowed; the flag warns.
func TestClearTextOnRequest(t *testing.T) {
	t.Parallel()
	server, seen := seenHeaders(t)
	elsewhere := func(p *console.Process) {
		p.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
		}
	}
	r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "t0ken"}, prepare: elsewhere}.run(t, "connect", "--target", "http://scim.test", "--insecure-http")
	r.want(t, r.code, "WARNING: --insecure-http: the credentials are sent to scim.test in clear text")
	if seen.Load() == 0 {
		t.Error("nothing was sent")
	}
	invocation{prepare: elsewhere}.run(t, "connect", "--target", "http://scim.test", "--anonymous").want(t, 1)
}

// seenHeaders counts requests and redirects them to another scheme and host.
func seenHeaders(t *testing.T) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	seen := &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen.Add(1)
		http.Redirect(w, r, "http://other.test/", http.StatusTemporaryRedirect)
	}))
	t.Cleanup(server.Close)
	return server, seen
}

// F11: localhost is believed only if it leads to this machine, and it is looked up once.
func TestLocalhostElsewhere(t *testing.T) {
	t.Parallel()
	server, seen := seenHeaders(t)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	here, there, mapped := netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("203.0.113.5"), netip.MustParseAddr("::ffff:127.0.0.1")
	for name, c := range map[string]struct {
		found   []netip.Addr
		refused bool
	}{
		"elsewhere": {[]netip.Addr{there}, true}, "both": {[]netip.Addr{here, there}, true},
		"here": {[]netip.Addr{here}, false}, "mapped": {[]netip.Addr{mapped}, false},
	} {
		for _, host := range []string{"localhost", "LOCALHOST"} {
			seen.Store(0)
			lookups := 0
			r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "t0ken"}, prepare: func(p *console.Process) {
				p.Lookup = func(context.Context, string) ([]netip.Addr, error) {
					if lookups++; lookups > 1 { // rebinding: the second response leads elsewhere
						return []netip.Addr{there}, nil
					}
					return c.found, nil
				}
				p.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
					if address != "127.0.0.1:"+port {
						t.Errorf("dialled %s", address)
						return nil, errors.New("no such machine")
					}
					return (&net.Dialer{}).DialContext(ctx, network, address)
				}
			}}.run(t, "connect", "--target", "http://"+host+":"+port)
			if c.refused {
				r.want(t, 3, "leads to another machine, not to loopback, so nothing was sent", "hint: check the hosts file")
			}
			if sent := seen.Load() > 0; sent == c.refused {
				t.Errorf("%s, %s: sent %v: %s", name, host, sent, r.stderr)
			}
		}
	}
}
