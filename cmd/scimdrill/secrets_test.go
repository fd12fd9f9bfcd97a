package main

import (
	"encoding/base64"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/fixtures/target"
)

const knownSecret = `s3cr3t+of/"all"<runs>=`

// TestNoSecretInAnyFile lets a target say the secret aloud in headers and errors, and looks
// for it in everything that the commands write, for every kind of credentials.
func TestNoSecretInAnyFile(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"bearer", "basic", "oauth", "second"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			address := chatter(t, kind)
			env, flags := map[string]string{"SCIMDRILL_TOKEN": knownSecret}, []string{}
			switch kind {
			case "basic":
				env, flags = map[string]string{"SCIMDRILL_BASIC_PASSWORD": knownSecret}, []string{"--basic-user", "admin"}
			case "oauth":
				env = map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": knownSecret}
				flags = []string{"--oauth-token-url", address + "/oauth/token", "--oauth-client-id", "entra"}
			case "second": // of another tenant
				env["SCIMDRILL_TOKEN"], env["SCIMDRILL_SECOND_TOKEN"] = "the-first", knownSecret
			}
			all := append(flags, "--target", address, "--seed", "7", "--format", "text,json,junit,html,markdown")
			dir := t.TempDir()
			for name, args := range map[string][]string{
				"simulate": append([]string{"simulate", "--generate", "users=4,groups=1", "--cycles", "2", "--transcript", "all", "--state", filepath.Join(dir, "state")},
					all...),
				"conform": append([]string{"conform", "--check", "USR-001", "--check", "MEM-001", "--check", "HTP-013"}, all...),
			} {
				if kind == "second" && name == "simulate" { // it is not told
					continue
				}
				r := invocation{env: env}.run(t, append(args, "--out", filepath.Join(dir, name))...)
				silent(t, name+" on its streams", r.stdout+r.stderr)
			}
			files := 0
			if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				files++
				text, err := os.ReadFile(path)
				silent(t, path, string(text))
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if files < 15 && kind != "second" || files < 7 {
				t.Errorf("only %d files were written", files)
			}
		})
	}
}

// silent fails where a text holds the secret in any spelling.
func silent(t *testing.T, where, text string) {
	t.Helper()
	for _, bad := range []string{
		knownSecret, url.QueryEscape(knownSecret), url.PathEscape(knownSecret), `s3cr3t+of/\"all\"<runs>=`, `s3cr3t+of/\"all\"\u003cruns\u003e=`,
		base64.StdEncoding.EncodeToString([]byte(knownSecret)), base64.StdEncoding.EncodeToString([]byte("admin:" + knownSecret)),
		base64.StdEncoding.EncodeToString([]byte("entra:" + url.QueryEscape(knownSecret))),
	} {
		if strings.Contains(text, bad) {
			i := strings.Index(text, bad) // with what stands around it
			t.Errorf("%s holds the secret as %q: %s", where, bad, text[max(0, i-300):min(len(text), i+100)])
		}
	}
}

// chatter is a target that repeats the credentials it was given, in a header, in the body of
// an error and in the name of a resource.
func chatter(t *testing.T, kind string) string {
	t.Helper()
	o := target.Options{Seed: 1, Now: time.Now}
	if kind == "oauth" {
		o.OAuth = &target.OAuth{ClientID: "entra", ClientSecret: knownSecret}
	}
	inner, err := target.New(o)
	if err != nil {
		t.Fatal(err)
	}
	var n atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Echo", r.Header.Get("Authorization")+" "+knownSecret)
		if n.Add(1)%7 == 0 && r.URL.Path != "/oauth/token" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"detail":"not with `+strings.ReplaceAll(knownSecret, `"`, `\"`)+` and `+r.Header.Get("Authorization")+`"}`)
			return
		}
		inner.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestRedactedNames gives a header and an attribute by --redact: their values are in no file
// and on no stream, whichever command talks to the target.
func TestRedactedNames(t *testing.T) {
	t.Parallel()
	const header, value = "key-of-the-gateway", "Department-of-Secrets"
	tenant := filepath.Join(t.TempDir(), "tenant.jsonl")
	line := `{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@contoso.example","displayName":"Ada","mailNickname":"ada",` +
		`"accountEnabled":true,"department":"` + value + `"}`
	if err := os.WriteFile(tenant, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{
		"simulate": {"simulate", "--cycles", "1", "--transcript", "all"},
		"plan":     {"simulate", "--plan", "--transcript", "all"},
		"ondemand": {"ondemand", "--user", "ada@contoso.example"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": knownSecret}}.run(t, append(args,
				"--target", chatter(t, "bearer"), "--tenant", tenant, "--header", "X-Gateway="+header, "--redact", "X-Gateway,department", "--seed", "7", "--out", dir)...)
			var all, har strings.Builder
			all.WriteString(r.stdout + r.stderr)
			files, err := filepath.Glob(filepath.Join(dir, "*.*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range files {
				text, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				all.Write(text)
				if strings.HasSuffix(file, ".har") {
					har.Write(text)
				}
			}
			if !strings.Contains(har.String(), "X-Gateway") {
				t.Error("no request with the header was written down, so this proves nothing")
			}
			whole := all.String()
			for _, hidden := range []string{header, value} {
				if i := strings.Index(whole, hidden); i >= 0 {
					t.Errorf("%s is there: %s", hidden, whole[max(0, i-300):i+100])
				}
			}
			silent(t, name, whole)
		})
	}
}

// TestRedactedScenario hides an attribute in the log of a scenario on its own target.
func TestRedactedScenario(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	invocation{}.run(t, "simulate", "--scenario", "quarantine-28-days", "--redact", "userName", "--seed", "7", "--out", dir)
	text, err := os.ReadFile(filepath.Join(dir, "provisioning-log.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	const shown, hidden = `"displayName":"userName","oldValue":null,"newValue":`, `"[Redact]"`
	if n := strings.Count(string(text), shown); n == 0 || n != strings.Count(string(text), shown+hidden) {
		t.Errorf("%d creations show a userName, %d of them hidden", n, strings.Count(string(text), shown+hidden))
	}
}
