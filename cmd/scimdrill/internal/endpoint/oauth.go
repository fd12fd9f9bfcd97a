package endpoint

import (
	"context"
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/issuer"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// accessTokens reads the flags that say where access tokens come from (W-128, W-129).
func (f *Flags) accessTokens(con *console.Console, e *Endpoint) error {
	switch {
	case f.OAuthTokenURL == "":
		return exit.Usage("add --oauth-token-url URL", "--oauth-client-id is given without --oauth-token-url")
	case f.OAuthClientID == "" && f.OAuthFederation != "exchange":
		return exit.Usage("add --oauth-client-id ID", "--oauth-token-url is given without --oauth-client-id")
	case f.TokenFile != "" || f.BasicUser != "":
		return exit.Usage("omit one of them", "--oauth-token-url excludes --token-file and --basic-user")
	}
	cfg, secrets, err := f.Client(con)
	if err != nil {
		return err
	}
	if cfg.Federation != nil {
		if cfg.Federation.Assertion, err = f.assertions(); err != nil {
			return err
		}
		e.Authorization, e.OAuth, e.federated = exchange.AccessToken, cfg, true
		e.Secrets = append(e.Secrets, secrets...)
		if e.External() && f.seeded() {
			con.Say("note: anyone can derive a key from its seed; use --issuer-key FILE before a system that others can reach trusts the key")
		}
		return nil
	}
	refresh, err := con.Secret(f.OAuthRefreshFile, "--oauth-refresh-token-file", "SCIMDRILL_OAUTH_REFRESH_TOKEN")
	if err != nil {
		return err
	}
	if refresh != "" {
		secrets, cfg.RefreshToken = append(secrets, refresh), refresh
		cfg.Keep = func(next string) error {
			if f.OAuthRefreshFile == "" {
				return errors.New("it came from SCIMDRILL_OAUTH_REFRESH_TOKEN; hint: use --oauth-refresh-token-file FILE")
			}
			return console.KeepSecret(f.OAuthRefreshFile, next)
		}
	}
	e.Authorization, e.OAuth = exchange.AccessToken, cfg
	e.Secrets = append(e.Secrets, secrets...)
	return nil
}

// CredentialFlags are the flags that say how to be let in, for a command to type next.
func (f *Flags) CredentialFlags() string {
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

// Authorized lets a sender get access tokens where the endpoint wants them. What is wrong
// with the tokens is said once; record may be nil.
func (e *Endpoint) Authorized(con *console.Console, s *exchange.Sender, record func(*exchange.Exchange)) *exchange.Sender {
	if authorize := e.Authorizer(con, record); authorize != nil {
		s.Authorize(authorize)
	}
	return s
}

// Authorizer gives the Authorization header where it is an access token that changes. It is nil
// where the header stays the same.
func (e *Endpoint) Authorizer(con *console.Console, record func(*exchange.Exchange)) func(context.Context) (string, error) {
	switch {
	case e.Issuer != nil:
		return issuer.NewSource(e.Issuer, e.Redact.Add, con.Now).Authorization
	case e.OAuth != nil:
		return scimclient.NewOAuth(*e.OAuth, scimclient.OAuthDeps{
			Sender: exchange.NewSender(e.Client, e.Limits, con.Now), Record: record, Redact: e.Redact, Now: con.Now,
			Note: func(text string) { con.Say("note: %s", text) },
		}).Authorization
	}
	return nil
}
