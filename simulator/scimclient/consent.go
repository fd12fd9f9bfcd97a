package scimclient

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
)

// Consent is one authorization-code grant: an administrator signs in at the application and
// gives access, which is a refresh token in the end (W-129, RFC 6749 section 4.1).
type Consent struct {
	tokens   *OAuth
	cfg      oauth2.Config
	state    string
	verifier string // of PKCE (RFC 7636)
}

// NewConsent asks for nothing yet. redirect is where the browser comes back to.
func NewConsent(authorizeURL, redirect string, cfg OAuthConfig, d OAuthDeps) *Consent {
	c := &Consent{tokens: NewOAuth(cfg, d), state: rand.Text(), verifier: oauth2.GenerateVerifier()}
	c.cfg = oauth2.Config{
		ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, RedirectURL: redirect, Scopes: strings.Fields(cfg.Scope),
		Endpoint: oauth2.Endpoint{AuthURL: authorizeURL, TokenURL: cfg.TokenURL, AuthStyle: cfg.style()},
	}
	d.Redact.Add(c.verifier)
	return c
}

// URL is the page where the administrator signs in.
func (c *Consent) URL() string {
	return c.cfg.AuthCodeURL(c.state, oauth2.S256ChallengeOption(c.verifier))
}

// What the browser can come back with instead of a code.
var (
	// ErrDenied is an administrator, or an application, that gives no access.
	ErrDenied = errors.New("access was not given")
	// ErrState is an answer to somebody else's request.
	ErrState = errors.New("the answer has another state than the request, so it belongs to none of ours")
)

// Finish takes what the browser came back with and returns the refresh token. An answer
// with another state belongs to no request of ours, and is refused without a request.
func (c *Consent) Finish(ctx context.Context, answer url.Values) (refresh string, err error) {
	redact := c.tokens.deps.Redact
	switch {
	case subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(c.state)) != 1:
		return "", ErrState
	case answer.Get("error") != "":
		return "", fmt.Errorf("%w: %s", ErrDenied, redact.Text(answer.Get("error")))
	case answer.Get("code") == "":
		return "", errors.New("the answer has no code")
	}
	redact.Add(answer.Get("code"))
	token, err := c.cfg.Exchange(c.tokens.client(ctx), answer.Get("code"), oauth2.VerifierOption(c.verifier))
	if err != nil {
		return "", c.tokens.explain(err)
	}
	redact.Add(token.AccessToken)
	redact.Add(token.RefreshToken)
	c.tokens.note(lifeOf(token))
	if token.RefreshToken == "" {
		return "", errors.New("the token endpoint gave no refresh token, and without one access ends with the first access token")
	}
	return token.RefreshToken, nil
}
