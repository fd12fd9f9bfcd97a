package main

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// leakable are the secrets of a run, each in its own place.
func leakable() map[string]string {
	return map[string]string{
		"token": `T0k3n/of+"the"<run>`, "header": "H3ader-of-the-gateway", "query": "Qu3ry%2Fkey-7", "bare": "b4reword-in-query",
		"path": "p4th0123456789abcdefghij", "client": "Cl1ent&secret=7", "query of the token endpoint": "t0kenurl-key",
	}
}

// repeated are the six encodings of a secret (S7).
func repeated(secret string) []string {
	var percent, unicode strings.Builder
	for _, c := range []byte(secret) {
		fmt.Fprintf(&percent, "%%%02x", c)
		fmt.Fprintf(&unicode, `\u%04x`, c)
	}
	inJSON, _ := json.Marshal(secret)
	return []string{
		secret, percent.String(), url.QueryEscape(secret), url.PathEscape(secret), unicode.String(), strings.Trim(string(inJSON), `"`),
		base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte("admin:" + secret)),
		hex.EncodeToString([]byte(secret)), strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&#34;", "&", "&amp;").Replace(secret),
	}
}

// echo is a target that repeats all that it knows and all that it was sent, in headers, redirects,
// errors, names and documents, except the secrets that the commands do not know.
func echo(t *testing.T, unknown ...string) *httptest.Server {
	t.Helper()
	secrets := leakable()
	inner, err := target.New(target.Options{Seed: 1, Now: time.Now, OAuth: &target.OAuth{ClientID: "entra", ClientSecret: secrets["client"]}})
	if err != nil {
		t.Fatal(err)
	}
	open, err := target.New(target.Options{Seed: 1, Now: time.Now, Token: secrets["token"]})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for name, secret := range secrets {
		if !slices.Contains(unknown, name) {
			all = append(all, repeated(secret)...)
		}
	}
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i, text := range append(slices.Clone(all), r.Header.Get("Authorization"), r.RequestURI) {
			w.Header().Set(fmt.Sprintf("X-Echo-%d", i), text)
		}
		w.Header().Set("Link", "<http://"+r.Host+r.RequestURI+`>; rel="next"`)
		w.Header().Set("Www-Authenticate", `Bearer error_description="not with `+secrets["header"]+`"`)
		n := requests.Add(1)
		body, _ := json.Marshal(map[string]any{"detail": "not " + strings.Join(all, " ") + " " + r.RequestURI, "status": "400"})
		switch {
		case strings.HasSuffix(r.URL.Path, "/oauth/token"):
			r.URL.Path = "/oauth/token"
			inner.ServeHTTP(w, r)
		case n%7 == 0:
			w.WriteHeader(http.StatusBadRequest)
			_, _ = w.Write(body)
		case n%11 == 0:
			http.Redirect(w, r, "http://"+r.Host+r.RequestURI+"&again", http.StatusTemporaryRedirect)
		case n%13 == 0:
			w.Header().Set("Content-Length", "100000") // and no more comes
			_, _ = io.WriteString(w, "cut in "+secrets["token"][:10])
		default:
			r.URL.Path = strings.TrimPrefix(r.URL.Path, "/s/"+secrets["path"])
			if strings.HasPrefix(r.Header.Get("Authorization"), "Bearer "+secrets["token"]) {
				open.ServeHTTP(w, r)
				return
			}
			inner.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
}

// TestNoSecretLeaves runs the commands that talk to a target with secrets everywhere, and looks for
// every secret in every encoding in every byte that they write (S7, F6).
func TestNoSecretLeaves(t *testing.T) {
	t.Parallel()
	secrets := leakable()
	const query = "query of the token endpoint"
	server, other := echo(t, "client", query), echo(t, "token")
	rest := "/s/" + secrets["path"] + "?aadOptscim062020&key=" + secrets["query"] + "&" + secrets["bare"]
	dir := t.TempDir()
	tenant := writeTest(t, filepath.Join(dir, "tenant.jsonl"), `{"@odata.type":"#microsoft.graph.user","id":"u1","userPrincipalName":"ada@contoso.example",`+
		`"displayName":"Ada","mailNickname":"ada","accountEnabled":true}`)
	bearer := map[string]string{"SCIMDRILL_TOKEN": secrets["token"]}
	oauth := map[string]string{"SCIMDRILL_OAUTH_CLIENT_SECRET": secrets["client"]}
	tokenURL := other.URL + "/oauth/token?k=" + secrets[query]
	const formats = "text,json,junit,html,markdown"
	commands := map[string]struct {
		env  map[string]string
		args []string
	}{
		"connect":  {bearer, []string{"connect"}},
		"simulate": {bearer, []string{"simulate", "--generate", "users=5,groups=1", "--cycles", "2", "--transcript", "all", "--format", formats}},
		"state":    {bearer, []string{"simulate", "--tenant", tenant, "--cycles", "2", "--state", filepath.Join(dir, "state")}},
		"plan":     {bearer, []string{"simulate", "--plan", "--tenant", tenant, "--transcript", "all"}},
		"ondemand": {bearer, []string{"ondemand", "--user", "ada@contoso.example", "--tenant", tenant}},
		"conform":  {bearer, []string{"conform", "--check", "USR-001", "--check", "MEM-001", "--check", "HTP-013", "--keep", "--format", formats}},
		"oauth":    {oauth, []string{"simulate", "--oauth-token-url", tokenURL, "--oauth-client-id", "entra", "--tenant", tenant, "--transcript", "all"}},
		"broken":   {oauth, []string{"connect", "--oauth-token-url", strings.Replace(tokenURL, "oauth/token", "nothing", 1), "--oauth-client-id", "entra"}},
	}
	for name, c := range commands {
		address := server.URL + rest
		if c.env["SCIMDRILL_TOKEN"] == "" {
			address = other.URL + rest
		}
		args := append(c.args, "--target", address, "--header", "X-Gateway="+secrets["header"], "--out", filepath.Join(dir, name))
		if name != "connect" && name != "broken" {
			args = append(args, "--seed", "7")
		}
		r := invocation{env: c.env}.run(t, args...)
		nothingOf(t, name, r.stdout+r.stderr)
		if name == "connect" {
			r.want(t, r.code, "note: --target contains a secret, and other users of this machine can read command lines", "key=$SCIMDRILL_QUERY_KEY")
		}
	}
	r := invocation{env: bearer}.run(t, "cleanup", "--run", filepath.Join(dir, "conform"))
	r.want(t, 2, "names $SCIMDRILL_", "which is not set")
	named := map[string]string{
		"SCIMDRILL_TOKEN": secrets["token"], "SCIMDRILL_PATH": secrets["path"], "SCIMDRILL_QUERY_KEY": secrets["query"], "SCIMDRILL_QUERY": secrets["bare"],
		"SCIMDRILL_HEADER": "X-Gateway=" + secrets["header"],
	}
	r = invocation{env: named}.run(t, "cleanup", "--run", filepath.Join(dir, "conform"))
	if r.code == 2 { // the echo breaks some of its responses, so another run may be needed
		t.Errorf("cleanup does not read the variables: %s", r.stderr)
	}
	nothingOf(t, "cleanup", r.stdout+r.stderr)
	r = invocation{}.run(t, "report", "render", filepath.Join(dir, "conform"), "--share", "--format", "html,markdown", "--out", filepath.Join(dir, "shared"))
	r.want(t, 0)
	files := 0
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		nothingOf(t, path, string(text))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if files < 35 {
		t.Errorf("only %d files were written", files)
	}
	run, err := os.ReadFile(filepath.Join(dir, "simulate", "run.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"key=$SCIMDRILL_QUERY_KEY", "$SCIMDRILL_QUERY", "X-Gateway=$SCIMDRILL_HEADER_X_GATEWAY", "/s/$SCIMDRILL_PATH"} {
		if text := strings.ReplaceAll(string(run), `\u0026`, "&"); !strings.Contains(text, want) {
			t.Errorf("run.json does not name %s: %s", want, text)
		}
	}
}

// nothingOf fails where a text holds a secret in any encoding, or ten characters of it.
func nothingOf(t *testing.T, where, text string) {
	t.Helper()
	for name, secret := range leakable() {
		for _, bad := range append(repeated(secret), secret[:10]) {
			if i := strings.Index(text, bad); i >= 0 {
				t.Errorf("%s holds %s as %q: %s", where, name, bad, text[max(0, i-200):min(len(text), i+60)])
			}
		}
	}
}

// A crash of the program itself tells no secret either, also if the cause names one.
func TestPanicIsRedacted(t *testing.T) {
	t.Parallel()
	const token = "t0ken-in-a-panic"
	r := invocation{env: map[string]string{"SCIMDRILL_TOKEN": token}, prepare: func(p *console.Process) {
		p.Random = func() uint64 { panic("cannot go on with " + token) }
	}}.run(t, "connect", "--target", "http://127.0.0.1:1")
	r.want(t, 3, "scimdrill: internal error: cannot go on with REDACTED", "hint: please report this")
	if strings.Contains(r.stdout+r.stderr, token) {
		t.Errorf("the token is in %s", r.stderr)
	}
}
