package main

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// accessTokens reads the flags that say where access tokens come from (W-128, W-129).
func (f *targetFlags) accessTokens(a *console, e *endpoint) error {
	switch {
	case f.OAuthTokenURL == "":
		return usage("add --oauth-token-url URL", "--oauth-client-id is given without --oauth-token-url")
	case f.OAuthClientID == "" && f.OAuthFederation != "exchange":
		return usage("add --oauth-client-id ID", "--oauth-token-url is given without --oauth-client-id")
	case f.TokenFile != "" || f.BasicUser != "":
		return usage("leave one of them out", "--oauth-token-url excludes --token-file and --basic-user")
	}
	cfg, secrets, err := f.client(a)
	if err != nil {
		return err
	}
	if cfg.Federation != nil {
		if cfg.Federation.Assertion, err = f.assertions(); err != nil {
			return err
		}
		e.authorization, e.oauth, e.federated = exchange.AccessToken, cfg, true
		if e.external() && f.seeded() {
			a.say("note: anybody can make the key of a seed; before a system that others reach trusts it, use --issuer-key FILE")
		}
		return nil
	}
	refresh, err := a.secret(f.OAuthRefreshFile, "--oauth-refresh-token-file", "SCIMDRILL_OAUTH_REFRESH_TOKEN")
	if err != nil {
		return err
	}
	if refresh != "" {
		secrets, cfg.RefreshToken = append(secrets, refresh), refresh
		cfg.Keep = func(next string) error {
			if f.OAuthRefreshFile == "" {
				return errors.New("it came from SCIMDRILL_OAUTH_REFRESH_TOKEN; hint: give --oauth-refresh-token-file FILE")
			}
			return keepSecret(f.OAuthRefreshFile, next)
		}
	}
	e.authorization, e.oauth = exchange.AccessToken, cfg
	e.secrets = append(e.secrets, secrets...)
	return nil
}

// credentialFlags are the flags that say how to be let in, for a command to type next.
func (f *targetFlags) credentialFlags() string {
	var b strings.Builder
	for _, flag := range []struct{ name, value string }{
		{"--token-file", f.TokenFile},
		{"--basic-user", f.BasicUser},
		{"--basic-password-file", f.BasicPasswordFile},
		{"--oauth-token-url", f.OAuthTokenURL},
		{"--oauth-client-id", f.OAuthClientID},
		{"--oauth-client-secret-file", f.OAuthSecretFile},
		{"--oauth-scope", f.OAuthScope},
		{"--oauth-federation", f.OAuthFederation},
		{"--oauth-audience", f.OAuthAudience},
		{"--oauth-refresh-token-file", f.OAuthRefreshFile},
		{"--issuer-audience", f.IssuerAudience},
	} {
		if flag.value != "" {
			b.WriteString(" " + flag.name + " " + layout.Quote(flag.value))
		}
	}
	if f.IssuerKey != "" && f.IssuerKey != "1" {
		b.WriteString(" --issuer-key " + layout.Quote(f.IssuerKey))
	}
	if f.Anonymous {
		b.WriteString(" --anonymous")
	}
	if f.OAuthInBody {
		b.WriteString(" --oauth-in-body")
	}
	return b.String()
}

// authorized lets a sender get access tokens where the endpoint wants them. What is wrong
// with the tokens is said once; record may be nil.
func (e *endpoint) authorized(a *console, s *exchange.Sender, record func(*exchange.Exchange)) *exchange.Sender {
	switch {
	case e.issuer != nil:
		s.Authorize(issuer.NewSource(e.issuer, e.redact.Add, a.now).Authorization)
	case e.oauth != nil:
		s.Authorize(scimclient.NewOAuth(*e.oauth, scimclient.OAuthDeps{
			Sender: exchange.NewSender(e.client, e.limits, a.now), Record: record, Redact: e.redact, Now: a.now,
			Note: func(text string) { a.say("note: %s", text) },
		}).Authorization)
	}
	return s
}
