package scimclient_test

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
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

func newConsent(t *testing.T, e *tokenEndpoint) (*scimclient.Consent, *exchange.Redactor, *[]string) {
	t.Helper()
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	redact, notes := exchange.NewRedactor("client-secret"), &[]string{}
	return scimclient.NewConsent("https://login.example/authorize?tenant=7", "http://127.0.0.1:5/callback", scimclient.OAuthConfig{
		TokenURL: server.URL, ClientID: "client", ClientSecret: "client-secret", Scope: "scim.read scim.write",
	}, scimclient.OAuthDeps{
		Sender: exchange.NewSender(server.Client(), exchange.Limits{}, time.Now), Redact: redact, Now: time.Now, Note: func(s string) { *notes = append(*notes, s) },
	}), redact, notes
}

func TestConsent(t *testing.T) {
	t.Parallel()
	e := &tokenEndpoint{status: 200, body: `{"access_token":"access-1","token_type":"Bearer","expires_in":1800,"refresh_token":"refresh-1"}`}
	c, redact, notes := newConsent(t, e)
	u, err := url.Parse(c.URL())
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	state, challenge := q.Get("state"), q.Get("code_challenge")
	q.Del("state")
	q.Del("code_challenge")
	if diff := cmp.Diff(url.Values{
		"tenant": {"7"}, "response_type": {"code"}, "client_id": {"client"}, "redirect_uri": {"http://127.0.0.1:5/callback"}, "scope": {"scim.read scim.write"},
		"code_challenge_method": {"S256"},
	}, q); diff != "" || u.Host != "login.example" || len(state) < 20 {
		t.Errorf("W-129 the page: %s state %q (-want +got):\n%s", u, state, diff)
	}
	refresh, err := c.Finish(t.Context(), url.Values{"state": {state}, "code": {"code-1"}})
	if err != nil || refresh != "refresh-1" {
		t.Fatalf("refresh %q, error %v", refresh, err)
	}
	verifier := e.form.Get("code_verifier")
	hash := sha256.Sum256([]byte(verifier))
	if base64.RawURLEncoding.EncodeToString(hash[:]) != challenge {
		t.Error("RFC 7636: the verifier does not fit the challenge")
	}
	e.form.Del("code_verifier")
	if diff := cmp.Diff(url.Values{"grant_type": {"authorization_code"}, "code": {"code-1"}, "redirect_uri": {"http://127.0.0.1:5/callback"}},
		e.form); diff != "" {
		t.Errorf("W-129 form (-want +got):\n%s", diff)
	}
	if text := redact.Text("code-1 access-1 refresh-1 " + verifier); strings.ContainsAny(text, "1") {
		t.Errorf("the redactor does not know all: %s", text)
	}
	if len(*notes) != 1 || !strings.Contains((*notes)[0], "lifetime is 30m0s") {
		t.Errorf("W-128 the life of the first access token is noted: %q", *notes)
	}
}

func TestConsentRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		answer url.Values // the state is added where there is none
		status int
		body   string
		is     error
		want   string
		asked  int
	}{
		{"another state", url.Values{"state": {"other"}, "code": {"c"}}, 200, "", scimclient.ErrState, "belongs to another sign-in", 0},
		{"RFC 6749 denied", url.Values{"error": {"access_denied"}}, 200, "", scimclient.ErrDenied, "access_denied", 0},
		{"no code", url.Values{}, 200, "", nil, "has no code", 0},
		{
			"RFC 6749 a code that is used or expired",
			url.Values{"code": {"c"}},
			http.StatusBadRequest, `{"error":"invalid_grant"}`, nil,
			"the token endpoint responded with 400 invalid_grant", 1,
		},
		{
			"no refresh token",
			url.Values{"code": {"c"}},
			200, `{"access_token":"access-1","token_type":"Bearer","expires_in":3600}`, nil, "returned no refresh token",
			1,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			e := &tokenEndpoint{status: tt.status, body: tt.body}
			c, _, _ := newConsent(t, e)
			if !tt.answer.Has("state") {
				u, err := url.Parse(c.URL())
				if err != nil {
					t.Fatal(err)
				}
				tt.answer.Set("state", u.Query().Get("state"))
			}
			refresh, err := c.Finish(t.Context(), tt.answer)
			if err == nil || refresh != "" || !strings.Contains(err.Error(), tt.want) || tt.is != nil && !errors.Is(err, tt.is) || e.asked != tt.asked {
				t.Errorf("refresh %q, error %v, asked %d times", refresh, err, e.asked)
			}
		})
	}
}
