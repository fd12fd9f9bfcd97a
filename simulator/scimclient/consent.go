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

// Consent is one authorization-code grant: an administrator signs in to the application and
// grants access, and the result is a refresh token (W-129, RFC 6749 section 4.1).
type Consent struct {
	tokens   *OAuth
	cfg      oauth2.Config
	state    string
	verifier string // of PKCE (RFC 7636)
}

// NewConsent sends no request. redirect is the URL to which the browser returns.
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

// Errors that the browser can return instead of a code.
var (
	// ErrDenied means that the administrator or the application denied access.
	ErrDenied = errors.New("access was denied")
	// ErrState means that the response belongs to another request.
	ErrState = errors.New("the state of the response does not match the request, so it belongs to another sign-in")
)

// Finish takes the parameters of the redirect and returns the refresh token. A response
// with another state belongs to another request, and fails without a token request.
func (c *Consent) Finish(ctx context.Context, answer url.Values) (refresh string, err error) {
	redact := c.tokens.deps.Redact
	switch {
	case subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(c.state)) != 1:
		return "", ErrState
	case answer.Get("error") != "":
		return "", fmt.Errorf("%w: %s", ErrDenied, redact.Text(answer.Get("error")))
	case answer.Get("code") == "":
		return "", errors.New("the response has no code")
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
		return "", errors.New("the token endpoint returned no refresh token; without one, access ends with the first access token")
	}
	return token.RefreshToken, nil
}
