package main

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestTLS meets a server that speaks an old version of TLS only.
func TestTLS(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		rule    string
		highest uint16
		refused bool
	}{
		{"W-138 E-308 TLS 1.1 is refused", tls.VersionTLS11, true},
		{"W-138 E-308 TLS 1.2 is enough", tls.VersionTLS12, false},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/scim+json")
				_, _ = w.Write([]byte(`{"totalResults":0,"Resources":[]}`))
			}))
			server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tt.highest}
			server.StartTLS()
			t.Cleanup(server.Close)
			r := invocation{}.run(t, "connect", "--target", server.URL, "--insecure-skip-verify")
			if refused := r.code == 3 && strings.Contains(r.stderr, "TLS handshake failed"); refused != tt.refused {
				t.Errorf("exit %d: %s", r.code, r.stderr)
			}
		})
	}
}
