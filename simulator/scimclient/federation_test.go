package scimclient_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/scimdrill/scimdrill/simulator/scimclient"
)

func TestFederation(t *testing.T) {
	t.Parallel()
	sign := func(time.Time) (string, error) { return "signed-assertion", nil }
	for _, tt := range []struct {
		rule string
		fed  scimclient.Federation
		want url.Values
	}{
		{"W-130 an assertion for the client secret, RFC 7523", scimclient.Federation{Assertion: sign}, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {"client"}, "scope": {"scim"},
			"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}, "client_assertion": {"signed-assertion"},
		}},
		{"W-130 an exchange, RFC 8693", scimclient.Federation{Assertion: sign, Exchange: true, Audience: "//iam.example/pool"}, url.Values{
			"grant_type": {"urn:ietf:params:oauth:grant-type:token-exchange"}, "subject_token": {"signed-assertion"}, "scope": {"scim"},
			"subject_token_type": {"urn:ietf:params:oauth:token-type:jwt"}, "audience": {"//iam.example/pool"},
			"requested_token_type": {"urn:ietf:params:oauth:token-type:access_token"},
		}},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			e := &tokenEndpoint{status: 200, body: `{"access_token":"at-1","token_type":"Bearer","expires_in":3600}`}
			b := newOAuth(t, e, scimclient.OAuthConfig{Scope: "scim", Federation: &tt.fed})
			header, err := b.Authorization(t.Context())
			if err != nil || header != "Bearer at-1" {
				t.Fatalf("header %q, error %v", header, err)
			}
			if diff := cmp.Diff(tt.want, e.form); diff != "" {
				t.Errorf("form (-want +got):\n%s", diff)
			}
			if e.header.Get("Authorization") != "" {
				t.Error("a header with credentials besides")
			}
			if text := b.redact.Text("x signed-assertion y"); strings.Contains(text, "signed") {
				t.Errorf("the redactor does not know the assertion: %s", text)
			}
		})
	}
	t.Run("W-130 what the token endpoint says of an assertion", func(t *testing.T) {
		t.Parallel()
		e := &tokenEndpoint{status: 401, body: `{"error":"invalid_client","error_description":"aud of signed-assertion is not api://x"}`}
		b := newOAuth(t, e, scimclient.OAuthConfig{Federation: &scimclient.Federation{Assertion: sign}})
		if _, err := b.Authorization(t.Context()); err == nil ||
			err.Error() != "the token endpoint responded with 401 invalid_client: aud of REDACTED is not api://x" {
			t.Errorf("error %v", err)
		}
	})
	t.Run("no key", func(t *testing.T) {
		t.Parallel()
		e := &tokenEndpoint{status: 200}
		b := newOAuth(t, e,
			scimclient.OAuthConfig{Federation: &scimclient.Federation{Assertion: func(time.Time) (string, error) { return "", errors.New("no key") }}})
		if _, err := b.Authorization(t.Context()); err == nil || !strings.Contains(err.Error(), "sign an assertion: no key") || e.asked != 0 {
			t.Errorf("error %v, asked %d times", err, e.asked)
		}
	})
}
