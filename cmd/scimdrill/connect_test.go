package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

const emptyAnswer = `{"schemas":["` + scim.ListURN + `"],"totalResults":0,"Resources":[]}`

// scimServer answers as a small but right endpoint under prefix.
func scimServer(prefix string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		path, ok := strings.CutPrefix(r.URL.Path, prefix)
		if !ok {
			http.NotFound(w, r)
			return
		}
		if r.Header.Get("Authorization") != "Bearer s3cr3t-token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "application/scim+json")
		switch path {
		case "/Users", "/Groups":
			fmt.Fprint(w, emptyAnswer)
		case "/ServiceProviderConfig":
			fmt.Fprint(w, `{"patch":{"supported":true},"filter":{"supported":true}}`)
		case "/ResourceTypes":
			fmt.Fprint(w, `{"Resources":[{"name":"User"},{"name":"Group"}]}`)
		case "/Schemas":
			fmt.Fprint(w, `{"Resources":[{"id":"`+scim.UserURN+`"},{"id":"`+scim.GroupURN+`"}]}`)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}
}

func TestConnect(t *testing.T) {
	t.Parallel()
	text := func(status int, media, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		}
	}
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		path    string
		token   string
		code    int
		texts   []string
	}{
		{
			"W-3 a right endpoint", scimServer("/scim/v2"), "/scim/v2", "s3cr3t-token", 0,
			[]string{"Test Connection would succeed", "next: scimdrill conform --target", "declare the missing " + scim.EnterpriseURN},
		},
		{"W-8 a trailing slash and a flag", scimServer("/scim/v2"), "/scim/v2/?aadOptscim062020", "s3cr3t-token", 0, []string{"Test Connection would succeed"}},
		{"W-7 a wrong token", scimServer(""), "", "wr0ng-token", 1, []string{"status 401", "fix: pass a valid token"}},
		{"another base path", scimServer("/scim/v2"), "/", "s3cr3t-token", 1, []string{"fix: use http", "/scim/v2 as --target"}},
		{"W-3 404 for nothing found", text(404, "application/json", "{}"), "", "", 1, []string{"status 404", "never 404"}},
		{"HTML instead of JSON", text(200, "text/html; charset=utf-8", "<!doctype html><title>Welcome</title>"), "", "", 1, []string{"HTML page"}},
		{"JSON that is no list", text(200, "application/json", `{"hello":"world"}`), "", "", 1, []string{"totalResults is missing"}},
		{
			"a filter that is not obeyed", text(200, "application/json", `{"schemas":["`+scim.ListURN+`"],"totalResults":3,"Resources":[{},{},{}]}`), "", "", 1,
			[]string{"3 entries, so the filter was ignored"},
		},
		{
			"no token needed", text(200, "application/json", emptyAnswer), "", "", 0,
			[]string{"without credentials the target also returns 200", "of the findings above will cause problems later"},
		},
		{
			"W-127 no secret, and a target that wants one", scimServer(""), "", "", 1,
			[]string{"status 401", "fix: no secret was given, so a token of https://scimdrill.test was sent", "`scimdrill issuer` serves its keys"},
		},
		{
			"a redirect", http.RedirectHandler("https://elsewhere.example/login", http.StatusFound).ServeHTTP, "", "", 1,
			[]string{"status 302", "https://elsewhere.example/login", "does not follow redirects"},
		},
		{"a server error", text(500, "text/plain", "boom"), "", "", 1, []string{"status 500"}},
		{"a body of 50 MB", func(w http.ResponseWriter, _ *http.Request) {
			chunk := strings.Repeat("a", 1<<20)
			for range 50 {
				fmt.Fprint(w, chunk)
			}
		}, "", "", 1, []string{"larger than the limit"}},
		{"an answer that never ends", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				fmt.Fprint(w, " ")
				_ = http.NewResponseController(w).Flush()
			}
		}, "", "", 1, []string{"did not complete its response"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.handler)
			t.Cleanup(server.Close)
			i := invocation{env: map[string]string{"SCIMDRILL_TOKEN": c.token}}
			r := i.run(t, "connect", "--target", server.URL+c.path, "--timeout", "2s")
			r.want(t, c.code, c.texts...)
			if strings.Contains(r.stdout+r.stderr, "-token") && c.token != "" && strings.Contains(r.stdout+r.stderr, c.token) {
				t.Errorf("the token came out: %s%s", r.stdout, r.stderr)
			}
		})
	}
}

// TestConnectWithoutGroups holds that Test Connection fails with the query for a group, and the other side (W-C17).
func TestConnectWithoutGroups(t *testing.T) {
	t.Parallel()
	right := scimServer("")
	for name, groups := range map[string]http.HandlerFunc{
		"status 404":           http.NotFound,
		"status 500":           func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"HTML page":            func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><title>Welcome</title>") },
		"totalResults is miss": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{}`) },
	} {
		t.Run("W-C17 "+name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/Groups" {
					groups(w, r)
					return
				}
				right(w, r)
			}))
			t.Cleanup(server.Close)
			i := invocation{env: map[string]string{"SCIMDRILL_TOKEN": "s3cr3t-token"}}
			i.run(t, "connect", "--target", server.URL).want(t, 1, "GET /Groups?filter", name, "return an empty list", "Test Connection would fail")
			i.run(t, "connect", "--target", server.URL, "--users-only").want(t, 0, "GET /Groups?filter", name, "Test Connection would succeed, but")
		})
	}
}

func TestConnectWithoutAnswer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	invocation{}.run(t, "connect", "--target", server.URL).want(t, 3, "nothing accepts connections", "hint: check that the target is running")
	out := filepath.Join(t.TempDir(), "out")
	invocation{}.run(t, "connect", "--target", server.URL, "--out", out).want(t, 3)
	run, err := runs.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	if run.ExitCode == nil || *run.ExitCode != 3 || run.Command != "connect" || run.Journal != "" {
		t.Errorf("run.json: %+v", run)
	}
}

// TestConnectSendsEntrasHeaders holds what Entra does not send: User-Agent (W-26) and Accept (W-25).
func TestConnectSendsEntrasHeaders(t *testing.T) {
	t.Parallel()
	queries := make(chan string, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, ok := r.Header["User-Agent"]; ok || r.Header.Get("Accept") != "" {
			t.Errorf("headers %v", r.Header)
		}
		if r.Method != http.MethodGet {
			t.Errorf("connect must only read, and sent %s", r.Method)
		}
		queries <- r.URL.Path + "?" + r.URL.RawQuery
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(server.Close)
	invocation{}.run(t, "connect", "--target", server.URL).want(t, 1)
	if first := <-queries; !strings.HasPrefix(first, "/Users?filter=userName+eq+%22") {
		t.Errorf("W-1: the first query is %s", first)
	}
}
