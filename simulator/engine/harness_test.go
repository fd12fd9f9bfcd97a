package engine_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"testing"

	"github.com/scimdrill/scimdrill/simulator/engine"
)

// call is a request as a target saw it, with its path unescaped.
type call struct{ method, uri, body string }

// overheard tells of each request before next answers it.
func overheard(t *testing.T, tell func(call), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		uri, err := url.QueryUnescape(r.RequestURI)
		if err != nil {
			t.Error(err)
		}
		tell(call{r.Method, uri, string(body)})
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

// builtin is a built-in profile as a job takes it.
func builtin(t *testing.T, profile string) engine.App {
	t.Helper()
	app, _, err := engine.Builtin(profile)
	if err != nil {
		t.Fatal(err)
	}
	return app
}
