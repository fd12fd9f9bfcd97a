package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/target"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/schemacheck"
	"github.com/scimdrill/scimdrill/simulator/issuer"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"scimdrill": main})
}

// TestScripts runs testdata/*.txtar: the command line as a person types it.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "1")
			env.Defer(func() { matchSchema(t, env.WorkDir) })
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"target": scriptTarget, "oauthtarget": scriptOAuthTarget, "answer": scriptAnswer, "basictarget": scriptBasicTarget, "jwttarget": scriptJWTTarget,
			"filtertarget": scriptFilterTarget, "rsakey": scriptRSAKey, "federationtarget": scriptFederationTarget,
		},
	})
}

// matchSchema fails the test unless every report of the current schema below a folder matches it.
func matchSchema(t *testing.T, dir string) {
	schema, err := os.ReadFile(filepath.Join("..", "..", "reports", "report.schema.json"))
	if err != nil {
		t.Error(err)
	}
	err = filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != runs.ReportName {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(data, []byte(`"schemaVersion": "`+reports.SchemaVersion)) {
			return err
		}
		problems, err := schemacheck.Problems(schema, data)
		for _, problem := range problems {
			t.Errorf("%s: %s", path, problem)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// scriptTarget serves a fresh reference target, with the defects that are named, as
// $TARGET; its token is in SCIMDRILL_TOKEN. A second tenant has the token s3cr3t-another.
func scriptTarget(ts *testscript.TestScript, _ bool, defects []string) {
	t, err := target.NewTenants(target.Options{Seed: 1, Defects: defects, Now: time.Now},
		map[string]string{"contoso": "s3cr3t-token", "fabrikam": "s3cr3t-another"})
	ts.Check(err)
	scriptServe(ts, t)
	ts.Setenv("SCIMDRILL_TOKEN", "s3cr3t-token")
}

// scriptFilterTarget serves a fresh reference target whose users can be filtered by some attributes.
func scriptFilterTarget(ts *testscript.TestScript, _ bool, names []string) {
	t, err := target.New(target.Options{Seed: 1, Token: "s3cr3t-token", Filterable: names, Now: time.Now})
	ts.Check(err)
	scriptServe(ts, t)
	ts.Setenv("SCIMDRILL_TOKEN", "s3cr3t-token")
}

// scriptBasicTarget serves a fresh reference target that asks for a name and a password.
func scriptBasicTarget(ts *testscript.TestScript, _ bool, args []string) {
	t, err := target.New(target.Options{Seed: 1, Basic: &target.Basic{User: args[0], Password: args[1]}, Now: time.Now})
	ts.Check(err)
	scriptServe(ts, t)
}

// scriptOAuthTarget serves a fresh reference target that wants access tokens, which live as
// long as it is told, or an hour.
func scriptOAuthTarget(ts *testscript.TestScript, _ bool, args []string) {
	life := time.Duration(0)
	if len(args) > 0 {
		var err error
		life, err = time.ParseDuration(args[0])
		ts.Check(err)
	}
	t, err := target.New(target.Options{Seed: 1, OAuth: &target.OAuth{ClientID: "entra", ClientSecret: "s3cr3t-client", Life: life}, Now: time.Now})
	ts.Check(err)
	scriptServe(ts, t)
	ts.Setenv("SCIMDRILL_TOKEN", "")
}

// scriptJWTTarget serves a fresh reference target that takes tokens of our issuer, with the
// key of seed 1.
func scriptJWTTarget(ts *testscript.TestScript, _ bool, _ []string) {
	t, err := target.New(target.Options{Seed: 1, Now: time.Now, JWT: &target.JWT{Keys: scriptKeys(ts), Issuer: issuer.Name, Audience: issuer.Audience}})
	ts.Check(err)
	scriptServe(ts, t)
	ts.Setenv("SCIMDRILL_TOKEN", "")
}

// scriptFederationTarget serves a fresh reference target that takes assertions of our issuer
// for the secret of its client.
func scriptFederationTarget(ts *testscript.TestScript, _ bool, _ []string) {
	t, err := target.New(target.Options{Seed: 1, Now: time.Now, OAuth: &target.OAuth{
		ClientID: "entra", Assertions: &target.JWT{Keys: scriptKeys(ts), Issuer: issuer.Name, Audience: issuer.AssertionAudience()},
	}})
	ts.Check(err)
	scriptServe(ts, t)
	ts.Setenv("SCIMDRILL_TOKEN", "")
}

// scriptKeys serves the keys of our issuer, of seed 1.
func scriptKeys(ts *testscript.TestScript) string {
	key, err := issuer.FromSeed(1)
	ts.Check(err)
	i, err := issuer.New(key, "")
	ts.Check(err)
	keys := httptest.NewServer(i.Handler("http://keys.test"))
	ts.Defer(keys.Close)
	return keys.URL + issuer.KeysPath
}

// scriptRSAKey writes a key that nobody else has.
func scriptRSAKey(ts *testscript.TestScript, _ bool, args []string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	ts.Check(err)
	text := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o600))
}

// scriptAnswer serves one answer to everything as $TARGET: a status, and html or redirect.
func scriptAnswer(ts *testscript.TestScript, _ bool, args []string) {
	status, err := strconv.Atoi(args[0])
	ts.Check(err)
	scriptServe(ts, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if len(args) > 1 && args[1] == "html" {
			w.Header().Set("Content-Type", "text/html")
		}
		if len(args) > 1 && args[1] == "redirect" {
			w.Header().Set("Location", "https://login.example/")
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<!doctype html><title>Sign in</title>"))
	}))
}

func scriptServe(ts *testscript.TestScript, h http.Handler) {
	server := httptest.NewServer(h)
	ts.Defer(server.Close)
	ts.Setenv("TARGET", server.URL)
}

// result is what a command line came to.
type result struct {
	code           int
	stdout, stderr string
}

// invocation runs the command line in-process, with variables of its own.
type invocation struct {
	env     map[string]string
	stdin   string
	ctx     context.Context
	prepare func(*console.Process)
}

func (i invocation) run(t *testing.T, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	ctx := i.ctx
	if ctx == nil {
		ctx = t.Context()
	}
	seed := uint64(0)
	p := console.Process{
		Args: args, Stdin: strings.NewReader(i.stdin), Stdout: &stdout, Stderr: &stderr, Now: time.Now,
		Getenv:  func(name string) (string, bool) { v, ok := i.env[name]; return v, ok },
		Random:  func() uint64 { seed++; return seed * 0x9e3779b97f4a7 },
		Signals: func(ctx context.Context) (context.Context, context.CancelFunc) { return context.WithCancel(ctx) },
	}
	if i.prepare != nil {
		i.prepare(&p)
	}
	code := execute(ctx, p)
	return result{code: code, stdout: stdout.String(), stderr: stderr.String()}
}

// want fails the test unless the code is right and both streams hold the texts.
func (r result) want(t *testing.T, code int, texts ...string) {
	t.Helper()
	if r.code != code {
		t.Errorf("exit code %d, want %d\nstdout: %s\nstderr: %s", r.code, code, r.stdout, r.stderr)
	}
	for _, text := range texts {
		if !strings.Contains(r.stdout+r.stderr, text) {
			t.Errorf("the output lacks %q\nstdout: %s\nstderr: %s", text, r.stdout, r.stderr)
		}
	}
}

func writeTest(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// refuseDial is a network that must not be used.
func refuseDial(t *testing.T) func(context.Context, string, string) (net.Conn, error) {
	return func(_ context.Context, network, address string) (net.Conn, error) {
		t.Errorf("dialled %s %s", network, address)
		return nil, errors.New("no network here")
	}
}
