package main

import (
	"bufio"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// consenting is a target where ada, an administrator, and ben, who is none, can sign in.
type consenting struct {
	url   string
	later atomic.Int64 // by how many seconds the target's clock is ahead
}

func newConsenting(t *testing.T) *consenting {
	t.Helper()
	c := &consenting{}
	handler, err := target.New(target.Options{
		Seed: 1, Now: func() time.Time { return time.Now().Add(time.Duration(c.later.Load()) * time.Second) },
		OAuth: &target.OAuth{
			ClientID: "entra", ClientSecret: "s3cr3t-client", Rotate: true, Redirects: []string{"http://127.0.0.1/callback", "https://registered.example/back"},
			Accounts: []target.Account{{Name: "ada", Password: "s3cr3t-password", Admin: true}, {Name: "ben", Password: "s3cr3t-password"}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	c.url = server.URL
	return c
}

// flags are those of every command that gets access tokens here.
func (c *consenting) flags(file string) []string {
	return []string{"--oauth-token-url", c.url + "/oauth/token", "--oauth-client-id", "entra", "--oauth-refresh-token-file", file}
}

// authorizing runs the command, and hands out the address that it prints.
func (c *consenting) authorizing(t *testing.T, file string, more ...string) (address string, end func() result) {
	t.Helper()
	read, write := io.Pipe()
	done := make(chan result, 1)
	i := invocation{env: map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client"}}
	i.prepare = func(p *console.Process) { p.Stdout = write }
	args := append(c.flags(file), "--oauth-authorize-url", c.url+"/oauth/authorize")
	go func() {
		r := i.run(t, append(append([]string{"authorize"}, args...), more...)...)
		_ = write.Close()
		done <- r
	}()
	address, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v: %+v", err, <-done)
	}
	return strings.TrimSpace(address), func() result { return <-done }
}

// browser signs in as a person does: it opens the page, fills the form that is on it, and
// goes where it is sent.
func browser(t *testing.T, address, name, decision string) (where *url.URL, page string) {
	t.Helper()
	send := func(r *http.Request) (where *url.URL, text string) {
		t.Helper()
		client := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if r.URL.Hostname() == "registered.example" {
				return http.ErrUseLastResponse
			}
			return nil
		}}
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		page, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		where = resp.Request.URL
		if back, err := resp.Location(); err == nil {
			where = back // to a host that is not there
		}
		return where, string(page)
	}
	get, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	_, text := send(get)
	form := url.Values{"name": {name}, "password": {"s3cr3t-password"}, "decision": {decision}}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`).FindAllStringSubmatch(text, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	post, err := http.NewRequestWithContext(t.Context(), http.MethodPost, get.URL.Scheme+"://"+get.URL.Host+"/oauth/authorize", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return send(post)
}

func TestAuthorize(t *testing.T) {
	t.Parallel()
	c := newConsenting(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "refresh.token")
	address, end := c.authorizing(t, file)
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != "entra" || len(q.Get("state")) < 20 || q.Get("code_challenge_method") != "S256" ||
		len(q.Get("code_challenge")) != 43 {
		t.Fatalf("address %s", address)
	}
	t.Run("an answer with another state is left alone", func(t *testing.T) {
		resp, err := http.Get(q.Get("redirect_uri") + "?code=stolen&state=other")
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != 400 {
			t.Errorf("status %d", resp.StatusCode)
		}
	})
	where, page := browser(t, address, "ada", "allow")
	if !strings.Contains(page, "Access granted") {
		t.Fatalf("the browser ended at %s: %s", where, page)
	}
	r := end()
	r.want(t, 0, "note: ignored a response with an unknown state", "refresh token written to "+file, "--oauth-refresh-token-file "+file)
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("only the user may read the file, and nothing else holds the token", func(t *testing.T) {
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, error %v", info.Mode(), err)
		}
		for _, bad := range []string{strings.TrimSpace(string(first)), "s3cr3t", where.Query().Get("code")} {
			if bad == "" || strings.Contains(r.stdout+r.stderr, bad) {
				t.Errorf("%q is in the output: %s%s", bad, r.stdout, r.stderr)
			}
		}
	})
	t.Run("W-129 cycles follow, and write the refresh token that replaces the first one", func(t *testing.T) {
		i := invocation{env: map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client"}}
		for n := range 2 {
			args := append(c.flags(file), "--target", c.url, "--generate", "users=3", "--cycles", "2", "--seed", "7", "--transcript", "all", "--out",
				filepath.Join(dir, "out"))
			i.run(t, append([]string{"simulate"}, args...)...).want(t, 0, "ALL EXPECTATIONS MET")
			next, err := os.ReadFile(file)
			if err != nil || string(next) == string(first) || len(next) < 40 {
				t.Fatalf("run %d: the file holds %q, error %v", n, next, err)
			}
			har, err := os.ReadFile(filepath.Join(dir, "out", "exchanges.har"))
			if err != nil || !strings.Contains(string(har), "grant_type=refresh_token") || strings.Contains(string(har), strings.TrimSpace(string(next))) ||
				strings.Contains(string(har), strings.TrimSpace(string(first))) {
				t.Errorf("exchanges.har, error %v", err)
			}
			first = next
		}
		i.env["SCIMDRILL_OAUTH_REFRESH_TOKEN"] = strings.TrimSpace(string(first))
		i.run(t, "connect", "--target", c.url, "--oauth-token-url", c.url+"/oauth/token", "--oauth-client-id", "entra").
			want(t, 0, "note: the token endpoint replaced the refresh token, but the new one could not be saved", "--oauth-refresh-token-file FILE")
	})
}

func TestAuthorizeRefused(t *testing.T) {
	t.Parallel()
	c := newConsenting(t)
	t.Run("RFC 6749 the administrator denies", func(t *testing.T) {
		t.Parallel()
		file := filepath.Join(t.TempDir(), "refresh.token")
		address, end := c.authorizing(t, file)
		if _, page := browser(t, address, "ada", "deny"); !strings.Contains(page, "access was denied: access_denied") {
			t.Errorf("page %s", page)
		}
		end().want(t, 3, "access was denied: access_denied", "hint: sign in as an administrator")
		if runs.FileExists(file) {
			t.Error("a file was written")
		}
	})
	t.Run("somebody without admin rights does not come back", func(t *testing.T) {
		t.Parallel()
		address, end := c.authorizing(t, filepath.Join(t.TempDir(), "refresh.token"), "--wait", "1s")
		if _, page := browser(t, address, "ben", "allow"); !strings.Contains(page, "This account is not an administrator") {
			t.Errorf("page %s", page)
		}
		end().want(t, 3, "nobody completed the sign-in in time", "hint: use --wait 10m to wait longer")
	})
}

// TestAuthorizePasted is the grant without a listener, where a test can come late.
func TestAuthorizePasted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		late int64 // seconds between page and code
		bend func(back *url.URL) string
		code int
		want []string
	}{
		{"W-129 pasted", 0, func(back *url.URL) string { return back.String() }, 0, []string{"refresh token written to"}},
		{
			"RFC 6749 an expired code", 61, func(back *url.URL) string { return back.String() }, 3,
			[]string{"the token endpoint responded with 400 invalid_grant", "because a code is valid once and for a short time"},
		},
		{
			"RFC 6749 another state", 0, func(*url.URL) string { return "https://registered.example/back?code=x&state=other" }, 3,
			[]string{"does not match the request"},
		},
		{"no code", 0, func(back *url.URL) string {
			return "https://registered.example/back?state=" + back.Query().Get("state")
		}, 3, []string{"the response has no code"}},
		{"not an address", 0, func(*url.URL) string { return "hello" }, 2, []string{"the pasted text is not the redirect address"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newConsenting(t)
			read, write := io.Pipe()
			typed, typing := io.Pipe()
			i := invocation{env: map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client"}}
			i.prepare = func(p *console.Process) { p.Stdout, p.Stdin = write, typed }
			done := make(chan result, 1)
			args := append(c.flags(filepath.Join(t.TempDir(), "refresh.token")), "--oauth-authorize-url", c.url+"/oauth/authorize", "--paste", "--redirect",
				"https://registered.example/back")
			go func() { done <- i.run(t, append([]string{"authorize"}, args...)...) }()
			address, err := bufio.NewReader(read).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			back, _ := browser(t, strings.TrimSpace(address), "ada", "allow")
			c.later.Store(tt.late)
			if _, err := io.WriteString(typing, tt.bend(back)+"\n"); err != nil {
				t.Fatal(err)
			}
			(<-done).want(t, tt.code, tt.want...)
		})
	}
}

func TestAuthorizeUsage(t *testing.T) {
	t.Parallel()
	good := []string{
		"--oauth-authorize-url", "http://127.0.0.1:1/a", "--oauth-token-url", "http://127.0.0.1:1/t", "--oauth-client-id", "entra", "--oauth-refresh-token-file",
		filepath.Join(t.TempDir(), "f"),
	}
	secret := map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": "s3cr3t-client"}
	for _, tt := range []struct {
		name string
		env  map[string]string
		args []string
		want string
	}{
		{"nothing", secret, nil, "hint: add --oauth-authorize-url URL"},
		{"no file", secret, good[:6], "hint: add --oauth-refresh-token-file FILE"},
		{"no secret", nil, good, "needs a client secret"},
		{"a page in clear elsewhere", secret, append([]string{"--oauth-authorize-url", "http://login.example/a"}, good[2:]...), "would be sent in clear text"},
		{"a listener for everybody", secret, append(good[:8:8], "--listen", "0.0.0.0:0"), "is not a loopback address"},
		{"paste without an address", secret, append(good[:8:8], "--paste"), "hint: add --redirect URL"},
		{"no time", secret, append(good[:8:8], "--wait", "0s"), "is not a duration above zero"},
		{"no folder", secret, append(good[:6:6], "--oauth-refresh-token-file", "/nowhere/at/all"), "folder /nowhere/at not found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			i := invocation{env: tt.env}
			i.prepare = func(p *console.Process) { p.Dial = refuseDial(t) }
			i.run(t, append([]string{"authorize"}, tt.args...)...).want(t, 2, tt.want)
		})
	}
}
