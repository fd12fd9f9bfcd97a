package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/serve"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/outside"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

type authorizeCommand struct {
	endpoint.OAuthFlags

	OAuthAuthorizeURL string        `name:"oauth-authorize-url" help:"Address of the sign-in page for administrators." placeholder:"URL" group:"Target"`
	Listen            string        `help:"Loopback address for the redirect of the browser." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	Redirect          string        `help:"Redirect address registered at the application, if it differs from --listen." placeholder:"URL"`
	Paste             bool          `help:"Do not listen. Read the final address of the browser from standard input."`
	Wait              time.Duration `type:"above-zero" help:"Longest wait for the administrator." default:"5m" placeholder:"TIME"`
	CAFile            string        `name:"ca-file" help:"Certificates (PEM) to trust in addition to the system's." placeholder:"FILE" group:"Target"`
	Timeout           time.Duration `type:"above-zero" help:"Longest wait for one response." default:"60s" group:"Target"`
}

// Help is the example of --help.
func (authorizeCommand) Help() string {
	return `Uses the OAuth 2.0 authorization code grant (RFC 6749, with PKCE). It prints the address of the
sign-in page and waits for the browser to return to a loopback address. It then writes the
refresh token to --oauth-refresh-token-file, which only you can read. The other commands read
the token from that file and replace it there when the server issues a new one.

Entra uses this grant for applications that already had it. New gallery applications use client
credentials.

On a machine without a browser, use --paste and enter the final address of the browser.

Example:

    export SCIMDRILL_OAUTH_CLIENT_SECRET=secret
    scimdrill target --oauth-client-id entra \
        --oauth-redirect http://127.0.0.1/callback &
    scimdrill authorize --oauth-client-id entra \
        --oauth-authorize-url http://127.0.0.1:8080/oauth/authorize \
        --oauth-token-url http://127.0.0.1:8080/oauth/token \
        --oauth-refresh-token-file refresh.token`
}

// Run performs one grant.
func (c *authorizeCommand) Run(ctx context.Context, a *console.Console) error {
	cfg, redact, err := c.open(a)
	if err != nil {
		return err
	}
	trust, err := (&endpoint.Flags{CAFile: c.CAFile}).Trust(a)
	if err != nil {
		return err
	}
	client, _ := endpoint.NewClient(a, trust)
	deps := scimclient.OAuthDeps{
		Sender: exchange.NewSender(client, exchange.Limits{Timeout: c.Timeout}, a.Now), Redact: redact, Now: a.Now,
		Note: func(text string) { a.Say("note: %s", text) },
	}
	ctx, cancel := context.WithTimeoutCause(ctx, c.Wait, errNobodyCame)
	defer cancel()
	var refresh string
	if c.Paste {
		refresh, err = c.pasted(ctx, a, cfg, deps)
	} else {
		refresh, err = c.listened(ctx, a, cfg, deps)
	}
	switch {
	case errors.Is(context.Cause(ctx), errNobodyCame):
		return exit.Broken("use --wait 10m to wait longer", "access was not granted: %w", errNobodyCame)
	case err != nil:
		return err
	}
	if err := console.KeepSecret(c.OAuthRefreshFile, refresh); err != nil {
		return exit.Unwritten(err)
	}
	a.Say("refresh token written to %s; use it with the other commands:", c.OAuthRefreshFile)
	f := endpoint.Flags{OAuthFlags: c.OAuthFlags}
	a.Say(" %s", f.CredentialFlags())
	return nil
}

var errNobodyCame = errors.New("nobody completed the sign-in in time")

// open checks the flags. Nothing is sent.
func (c *authorizeCommand) open(a *console.Console) (*scimclient.OAuthConfig, *exchange.Redactor, error) {
	for _, flag := range []struct{ name, value, example string }{
		{"--oauth-authorize-url", c.OAuthAuthorizeURL, "URL"},
		{"--oauth-token-url", c.OAuthTokenURL, "URL"},
		{"--oauth-client-id", c.OAuthClientID, "ID"},
		{"--oauth-refresh-token-file", c.OAuthRefreshFile, "FILE"},
	} {
		if flag.value == "" {
			return nil, nil, exit.Usage("add "+flag.name+" "+flag.example, "%s is missing", flag.name)
		}
	}
	if err := endpoint.TokenAddress("--oauth-authorize-url", c.OAuthAuthorizeURL); err != nil {
		return nil, nil, err
	}
	if c.Redirect != "" {
		if err := endpoint.TokenAddress("--redirect", c.Redirect); err != nil {
			return nil, nil, err
		}
	}
	if c.Paste && c.Redirect == "" {
		return nil, nil, exit.Usage("add --redirect URL, as registered at the application", "--paste needs the redirect address")
	}
	if host, _, err := net.SplitHostPort(c.Listen); err != nil || !endpoint.Loopback(host) {
		return nil, nil, exit.Usage("for example --listen 127.0.0.1:0", "--listen %q is not a loopback address with a port; codes are accepted only on loopback", c.Listen)
	}
	if info, err := os.Stat(filepath.Dir(c.OAuthRefreshFile)); err != nil || !info.IsDir() {
		return nil, nil, exit.Usage("create the folder first", "--oauth-refresh-token-file: folder %s not found", filepath.Dir(c.OAuthRefreshFile))
	}
	cfg, secrets, err := c.Client(a)
	if err != nil {
		return nil, nil, err
	}
	a.Redact = exchange.NewRedactor(append(secrets, exchange.NewAddress(c.OAuthAuthorizeURL).Secrets()...)...)
	return cfg, a.Redact, nil
}

// pasted reads where the browser came back to.
func (c *authorizeCommand) pasted(ctx context.Context, a *console.Console, cfg *scimclient.OAuthConfig, deps scimclient.OAuthDeps) (string, error) {
	consent := scimclient.NewConsent(c.OAuthAuthorizeURL, c.Redirect, *cfg, deps)
	a.Print("%s", consent.URL())
	a.Say("open this address, sign in, and paste the final address of the browser:")
	lines := make(chan string, 1)
	go func() { // ends with its one line, or with the process
		line, err := bufio.NewReader(io.LimitReader(a.Stdin, 64<<10)).ReadString('\n')
		if err == nil || line != "" {
			lines <- line
		}
		close(lines)
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case line := <-lines:
		u, err := url.Parse(strings.TrimSpace(line))
		if err != nil || u.RawQuery == "" {
			return "", exit.Usage("paste the address that begins with "+c.Redirect+"?", "the pasted text is not the redirect address")
		}
		refresh, err := consent.Finish(ctx, u.Query())
		return refresh, refusedConsent(err)
	}
}

// listened waits for the browser on loopback. What carries another state is not ours, and
// does not end the wait.
func (c *authorizeCommand) listened(ctx context.Context, a *console.Console, cfg *scimclient.OAuthConfig, deps scimclient.OAuthDeps) (string, error) {
	listener, err := (&serve.DoorFlags{}).Listen(ctx, a, c.Listen)
	if err != nil {
		return "", err
	}
	redirect := c.Redirect
	if redirect == "" {
		redirect = "http://" + listener.Addr().String() + "/callback"
	}
	consent := scimclient.NewConsent(c.OAuthAuthorizeURL, redirect, *cfg, deps)
	type outcome struct {
		refresh string
		err     error
	}
	done := make(chan outcome, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+callbackPath(redirect), func(w http.ResponseWriter, r *http.Request) {
		refresh, err := consent.Finish(ctx, r.URL.Query())
		comeBack(w, deps.Redact, err)
		if errors.Is(err, scimclient.ErrState) {
			a.Say("note: ignored a response with an unknown state")
			return
		}
		select {
		case done <- outcome{refresh, err}:
		default: // the first one counts
		}
	})
	door := serve.Door{Listen: c.Listen}
	if u, err := url.Parse(redirect); err == nil {
		door.Names = []string{u.Host} // a tunnel may lead here
	}
	defer serve.Meanwhile(ctx, listener, serve.New(a, door, mux))() // so that the browser gets its page
	a.Print("%s", consent.URL())
	a.Say("open this address in a browser and sign in; waiting for the redirect to %s", redirect)
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case o := <-done:
		return o.refresh, refusedConsent(o.err)
	}
}

// callbackPath is the path of the redirect address, which a tunnel may lead here.
func callbackPath(redirect string) string {
	if u, err := url.Parse(redirect); err == nil && u.Path != "" {
		return u.Path
	}
	return "/{$}"
}

// comeBack tells the administrator how it ended.
func comeBack(w http.ResponseWriter, redact *exchange.Redactor, err error) {
	status, title, text := http.StatusOK, "Access granted", "scimdrill received the authorization. You can close this window."
	if err != nil {
		status, title, text = http.StatusBadRequest, "Access not granted", redact.Text(err.Error())
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>%[1]s</title>
<style>:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}</style><h1>%[1]s</h1><p>%[2]s</p></html>
`, html.EscapeString(title), html.EscapeString(outside.Line(text))) // the browser went away
}

// refusedConsent says what to do about a grant that was not given.
func refusedConsent(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, scimclient.ErrDenied):
		return exit.Broken("sign in as an administrator and allow access; the Deny button sends access_denied", "%w", err)
	case errors.Is(err, scimclient.ErrState):
		return exit.Broken("use the address that this run printed, and only once", "%w", err)
	}
	return exit.Broken("run the command again, because a code is valid once and for a short time; check the client id, secret and redirect address", "no refresh token: %w", err)
}
