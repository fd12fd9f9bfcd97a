package scimclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// OAuthConfig describes the source of access tokens.
type OAuthConfig struct {
	TokenURL, ClientID, ClientSecret, Scope string
	// InBody sends id and secret in the body instead of a Basic header (W-128).
	InBody bool
	// RefreshToken requests tokens on behalf of the admin who gave consent with an
	// authorization code (W-129); if empty, the grant is client credentials.
	RefreshToken string
	// Federation authenticates the client by an assertion instead of ClientSecret.
	Federation *Federation
	// Keep receives a refresh token that replaced the last one, which may no longer be
	// valid; if nil, the new token is lost at the end of the run.
	Keep func(refresh string) error
}

// style is the way the client authenticates.
func (c *OAuthConfig) style() oauth2.AuthStyle {
	if c.InBody {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

// The token lifetime that the service requires (W-128).
const (
	shortestLife = time.Hour
	longestLife  = 6 * time.Hour
	// early is the time before expiry from which a token counts as expired.
	early = time.Minute
)

// OAuth keeps an access token and requests a new one shortly before it expires (E-22, W-128). It is
// safe for concurrent use.
type OAuth struct {
	cfg  OAuthConfig
	deps OAuthDeps

	mu      sync.Mutex
	header  string
	ends    time.Time // zero when the endpoint does not say
	refresh string
	noted   bool
}

// OAuthDeps are the collaborators of an OAuth.
type OAuthDeps struct {
	Sender *exchange.Sender
	// Record sees every exchange with the token endpoint; it may be nil.
	Record func(*exchange.Exchange)
	// Redact receives every token.
	Redact *exchange.Redactor
	// Now is the clock that the target's tokens live by.
	Now func() time.Time
	// Note receives problems of tokens that work; it may be nil.
	Note func(string)
}

// NewOAuth sends no request.
func NewOAuth(cfg OAuthConfig, d OAuthDeps) *OAuth {
	return &OAuth{cfg: cfg, deps: d, refresh: cfg.RefreshToken}
}

// Authorization is the header of a request that is sent now. The error describes the response of the
// token endpoint, without its address.
func (o *OAuth) Authorization(ctx context.Context) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := o.deps.Now()
	if o.header != "" && (o.ends.IsZero() || now.Before(o.ends.Add(-early))) {
		return o.header, nil
	}
	token, err := o.fetch(ctx)
	if err != nil {
		return "", err
	}
	o.deps.Redact.Add(token.AccessToken)
	o.deps.Redact.Add(token.RefreshToken)
	o.rotate(token.RefreshToken)
	life := lifeOf(token)
	o.header, o.ends = token.Type()+" "+token.AccessToken, time.Time{}
	if life > 0 {
		o.ends = now.Add(life)
	}
	o.note(life)
	return o.header, nil
}

// rotate adopts and saves the refresh token of a response.
func (o *OAuth) rotate(next string) {
	if o.refresh == "" || next == "" || next == o.refresh {
		return
	}
	o.refresh = next
	if o.cfg.Keep == nil {
		return
	}
	if err := o.cfg.Keep(next); err != nil && o.deps.Note != nil {
		o.deps.Note(fmt.Sprintf("the token endpoint replaced the refresh token, but the new one could not be saved, so the next run needs a new consent: %v", err))
	}
}

// client makes the OAuth library send its requests as exchanges.
func (o *OAuth) client(ctx context.Context) context.Context {
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{
		Transport:     tokenTransport{o.deps},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
}

// fetch sends one token request.
func (o *OAuth) fetch(ctx context.Context) (*oauth2.Token, error) {
	ctx = o.client(ctx)
	style := o.cfg.style()
	var source oauth2.TokenSource
	if o.cfg.Federation != nil {
		cfg, err := o.cfg.federated(o.deps)
		if err != nil {
			return nil, err
		}
		source = cfg.TokenSource(ctx)
	} else if o.refresh != "" {
		cfg := oauth2.Config{ClientID: o.cfg.ClientID, ClientSecret: o.cfg.ClientSecret, Endpoint: oauth2.Endpoint{TokenURL: o.cfg.TokenURL, AuthStyle: style}}
		source = cfg.TokenSource(ctx, &oauth2.Token{RefreshToken: o.refresh})
	} else {
		cfg := clientcredentials.Config{ClientID: o.cfg.ClientID, ClientSecret: o.cfg.ClientSecret, TokenURL: o.cfg.TokenURL, AuthStyle: style}
		if o.cfg.Scope != "" {
			cfg.Scopes = strings.Fields(o.cfg.Scope)
		}
		source = cfg.TokenSource(ctx)
	}
	token, err := source.Token()
	if err != nil {
		return nil, o.explain(err)
	}
	return token, nil
}

// lifeOf is expires_in, a number or a numeric string; 0 if it is missing.
func lifeOf(token *oauth2.Token) time.Duration {
	switch v := token.Extra("expires_in").(type) {
	case float64:
		return time.Duration(v) * time.Second
	case string:
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			return time.Duration(n) * time.Second
		}
	}
	return 0
}

// explain formats an error without addresses and secrets.
func (o *OAuth) explain(err error) error {
	var answer *oauth2.RetrieveError
	var failed *tokenFailure
	switch {
	case errors.As(err, &answer):
		text := fmt.Sprintf("the token endpoint responded with %d", answer.Response.StatusCode)
		if answer.ErrorCode != "" {
			text += " " + o.deps.Redact.Text(answer.ErrorCode)
		}
		if o.cfg.Federation != nil && answer.ErrorDescription != "" { // the problem with an assertion
			text += ": " + exchange.Shorten(o.deps.Redact.Text(answer.ErrorDescription), 200)
		}
		return errors.New(text)
	case errors.As(err, &failed):
		return fmt.Errorf("the token endpoint did not respond: %s", failed.class)
	}
	return errors.New("the token endpoint returned no access token")
}

// note reports once that a token's lifetime is outside the range of the service.
func (o *OAuth) note(life time.Duration) {
	if o.noted || o.deps.Note == nil {
		return
	}
	o.noted = true
	const wanted = "Entra requires a token lifetime from 60 minutes to 6 hours (W-128)"
	switch {
	case life <= 0:
		o.deps.Note("the token response has no lifetime (expires_in); " + wanted)
	case life < shortestLife || life > longestLife:
		o.deps.Note(fmt.Sprintf("the access token lifetime is %s; %s", life, wanted))
	}
}

// tokenTransport sends the requests of the OAuth library as exchanges, so that they are
// limited, recorded and classified like all others.
type tokenTransport struct{ deps OAuthDeps }

// tokenFailure means that the token endpoint did not respond.
type tokenFailure struct{ class exchange.Failure }

func (f *tokenFailure) Error() string { return string(f.class) }

// RoundTrip sends one request (W-128: Accept is application/json).
func (t tokenTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	header := r.Header.Clone()
	header.Set("Accept", "application/json")
	header["User-Agent"] = []string{""} // W-26
	x := t.deps.Sender.Send(r.Context(), exchange.Request{
		Label: "token", Method: r.Method, URL: r.URL.String(), Header: header, Body: body,
	})
	if t.deps.Record != nil {
		t.deps.Record(x)
	}
	if x.Failure != "" {
		return nil, &tokenFailure{x.Failure}
	}
	return &http.Response{
		StatusCode: x.Status, Proto: x.Proto, Header: x.ResponseHeader, Request: r,
		Body: io.NopCloser(bytes.NewReader(x.ResponseBody)), ContentLength: int64(len(x.ResponseBody)),
	}, nil
}
