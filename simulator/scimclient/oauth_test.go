package scimclient_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

// tokenEndpoint answers with what it is given and keeps what it was asked.
type tokenEndpoint struct {
	status int
	body   string
	header http.Header
	form   url.Values
	asked  int
}

func (e *tokenEndpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.form, _ = url.ParseQuery(string(body))
	e.header, e.asked = r.Header, e.asked+1
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.status)
	_, _ = io.WriteString(w, e.body)
}

type oauthBench struct {
	*scimclient.OAuth

	now    time.Time
	notes  []string
	redact *exchange.Redactor
	seen   []*exchange.Exchange
}

func newOAuth(t *testing.T, e *tokenEndpoint, cfg scimclient.OAuthConfig) *oauthBench {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	b := &oauthBench{now: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), redact: exchange.NewRedactor("client-secret")}
	cfg.TokenURL, cfg.ClientID, cfg.ClientSecret = server.URL, "client", "client-secret"
	b.OAuth = scimclient.NewOAuth(cfg, scimclient.OAuthDeps{
		Sender: exchange.NewSender(server.Client(), exchange.Limits{}, time.Now), Redact: b.redact,
		Record: func(x *exchange.Exchange) { b.seen = append(b.seen, x) },
		Now:    func() time.Time { return b.now }, Note: func(text string) { b.notes = append(b.notes, text) },
	})
	return b
}

func TestOAuthRequests(t *testing.T) {
	t.Parallel()
	const answer = `{"access_token":"at-1","token_type":"bearer","expires_in":3600,"refresh_token":"rt-2"}`
	basic := "Basic Y2xpZW50OmNsaWVudC1zZWNyZXQ="
	for _, tt := range []struct {
		rule  string
		cfg   scimclient.OAuthConfig
		basic string
		want  url.Values
	}{
		{"W-128 client credentials by Basic", scimclient.OAuthConfig{}, basic, url.Values{"grant_type": {"client_credentials"}}},
		{
			"W-128 a scope",
			scimclient.OAuthConfig{Scope: "scim.read scim.write"},
			basic,
			url.Values{"grant_type": {"client_credentials"}, "scope": {"scim.read scim.write"}},
		},
		{
			"W-128 in the body",
			scimclient.OAuthConfig{InBody: true},
			"",
			url.Values{"grant_type": {"client_credentials"}, "client_id": {"client"}, "client_secret": {"client-secret"}},
		},
		{
			"W-129 a refresh token of an authorization code",
			scimclient.OAuthConfig{RefreshToken: "rt-1"},
			basic,
			url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"rt-1"}},
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			e := &tokenEndpoint{status: 200, body: answer}
			b := newOAuth(t, e, tt.cfg)
			header, err := b.Authorization(t.Context())
			if err != nil || header != "Bearer at-1" {
				t.Fatalf("header %q, error %v", header, err)
			}
			if diff := cmp.Diff(tt.want, e.form); diff != "" {
				t.Errorf("form (-want +got):\n%s", diff)
			}
			if e.header.Get("Authorization") != tt.basic || e.header.Get("Accept") != "application/json" || e.header.Get("User-Agent") != "" {
				t.Errorf("headers %v", e.header)
			}
			if text := b.redact.Text("at-1x Bearer at-1 rt-2"); strings.Contains(text, " at-1") || strings.Contains(text, "rt-2") {
				t.Errorf("the tokens are not known to the redactor: %s", text)
			}
			if len(b.seen) != 1 || len(b.notes) > 0 {
				t.Errorf("%d exchanges recorded, notes %q", len(b.seen), b.notes)
			}
			b.now = b.now.Add(2 * time.Hour)
			wanted := ""
			if tt.cfg.RefreshToken != "" {
				wanted = "rt-2" // the one that came with the last answer
			}
			if _, err := b.Authorization(t.Context()); err != nil || e.asked != 2 || e.form.Get("refresh_token") != wanted {
				t.Errorf("E-22: form of the second request %v, error %v", e.form, err)
			}
		})
	}
}

func TestOAuthLife(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule, expires string
		after         time.Duration
		asked         int
		note          string
	}{
		{"W-128 a token is kept", "3600", 58 * time.Minute, 1, ""},
		{"W-128 E-22 a token is renewed before it ends", "3600", 59*time.Minute + time.Second, 2, ""},
		{"W-128 six hours pass", "21600", time.Hour, 1, ""},
		{"W-128 a life below 60 minutes is noted", "1800", 0, 1, "lifetime is 30m0s"},
		{"W-128 a life above six hours is noted", "86400", 0, 1, "lifetime is 24h0m0s"},
		{"W-128 a life as a string", `"3600"`, 0, 1, ""},
		{"W-128 no life is noted, and the token kept", "0", 48 * time.Hour, 1, "has no lifetime"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			e := &tokenEndpoint{status: 200, body: `{"access_token":"token-of-the-test","token_type":"Bearer","expires_in":` + tt.expires + `}`}
			b := newOAuth(t, e, scimclient.OAuthConfig{})
			for range 2 {
				if _, err := b.Authorization(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			b.now = b.now.Add(tt.after)
			if _, err := b.Authorization(t.Context()); err != nil || e.asked != tt.asked {
				t.Errorf("asked %d times, want %d; error %v", e.asked, tt.asked, err)
			}
			if notes := strings.Join(b.notes, "\n"); (notes == "") != (tt.note == "") || !strings.Contains(notes, tt.note) || len(b.notes) > 1 {
				t.Errorf("notes %q, want one with %q", b.notes, tt.note)
			}
		})
	}
}

func TestOAuthFailures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule   string
		status int
		body   string
		want   string
	}{
		{
			"W-128 a refused client", 401, `{"error":"invalid_client","error_description":"client-secret is wrong"}`,
			"the token endpoint responded with 401 invalid_client",
		},
		{"W-128 any status that is no success", 503, `<html>`, "the token endpoint responded with 503"},
		{"a redirect is not followed", 302, ``, "the token endpoint responded with 302"},
		{"no token", 200, `{}`, "returned no access token"},
		{"no JSON", 200, `<html>`, "returned no access token"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			b := newOAuth(t, &tokenEndpoint{status: tt.status, body: tt.body}, scimclient.OAuthConfig{})
			header, err := b.Authorization(t.Context())
			if err == nil || header != "" || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "client-secret") {
				t.Errorf("header %q, error %v", header, err)
			}
		})
	}
	t.Run("nobody answers", func(t *testing.T) {
		t.Parallel()
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		o := scimclient.NewOAuth(scimclient.OAuthConfig{TokenURL: server.URL, ClientID: "client", ClientSecret: "client-secret"}, scimclient.OAuthDeps{
			Sender: exchange.NewSender(nil, exchange.Limits{}, time.Now), Redact: exchange.NewRedactor(), Now: time.Now,
		})
		if _, err := o.Authorization(t.Context()); err == nil || err.Error() != "the token endpoint did not respond: refused" {
			t.Errorf("error %v", err)
		}
	})
}
