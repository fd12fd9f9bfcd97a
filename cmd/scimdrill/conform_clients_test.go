package main

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

// TestClientForms: the known requests of other clients run alone, and a client of which nothing is
// known is refused with a sentence.
func TestClientForms(t *testing.T) {
	t.Parallel()
	tgt, err := target.New(target.Options{Seed: 1, Token: testToken, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(tgt)
	t.Cleanup(server.Close)
	r := invocation{env: withToken()}.run(t, "conform", "--target", server.URL, "--client-forms", "google,jumpcloud,authentik,ping",
		"--format", "text,json", "--out", t.TempDir())
	if r.code != 0 || !strings.Contains(r.stdout, "Known requests of JumpCloud") || strings.Contains(r.stdout, "warned:") {
		t.Errorf("exit %d: %s%s", r.code, r.stdout, r.stderr)
	}
	for name, want := range map[string]string{"keycloak": "Keycloak has no SCIM client of its own", "gogle": "did you mean google"} {
		if r := (invocation{}).run(t, "conform", "--target", server.URL, "--client-forms", name); r.code != 2 || !strings.Contains(r.stderr, want) {
			t.Errorf("%s: exit %d: %s", name, r.code, r.stderr)
		}
	}
}
