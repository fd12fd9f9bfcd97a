package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// outsider is the body of a program that uses one promised package, and what it prints.
type outsider struct {
	imports string // besides the package
	body    string
	prints  string
}

// outsiders are programs of another module, by the promised package that each imports alone.
func outsiders() map[string]outsider {
	return map[string]outsider{
		"conformance": {body: `
			_, err := conformance.Select(conformance.Options{Checks: []string{"XXX-999"}})
			fmt.Println(err != nil, conformance.Known("USR-001"))`, prints: "true true"},
		"conformance/catalog": {body: `
			fmt.Println(catalog.ParseID("usr-001[title]"), len(catalog.Features()))`, prints: "USR-001 6"},
		"conformance/expect": {body: `
			file, err := expect.Parse("empty.json", expect.Write(nil, time.Time{}), func(string) bool { return true })
			fmt.Println(len(file.Entries), err)`, imports: `"time"`, prints: "0 <nil>"},
		"conformance/fact":      {body: `fmt.Println(fact.RouteOf("/Users/42?attributes=title"))`, prints: "/Users/{id}"},
		"conformance/invariant": {body: `fmt.Println(invariant.New() != nil)`, prints: "true"},
		"fixtures/people":       {body: `fmt.Println(len(people.Forms()))`, prints: "2"},
		"conformance/survey":    {body: `fmt.Println((&survey.Survey{}).Lacks(survey.Resource{Name: "User"}, "title") == nil)`, prints: "true"},
		"conformance/session": {body: `
			server := httptest.NewServer(http.NotFoundHandler())
			defer server.Close()
			response, err := session.New(session.Config{BaseURL: server.URL}).Begin("MINE-001").Send(context.Background(), "GET", "/Users/1", nil, nil)
			fmt.Println(response.Status, err)`, imports: `"context"; "net/http"; "net/http/httptest"`, prints: "404 <nil>"},
		"conformance/suites": {body: `
			finding := suites.Finding{ID: "USR-001"}
			check, known := suites.Lookup(finding.ID)
			fmt.Println(suites.EntryName, known, check.ID)`, prints: "scimdrill true USR-001"},
		"fixtures/target": {body: `
			t, err := target.New(target.Options{Seed: 1, Now: time.Now})
			if err != nil { panic(err) }
			w := httptest.NewRecorder()
			t.ServeHTTP(w, httptest.NewRequest("GET", "/ServiceProviderConfig", nil))
			fmt.Println(w.Code)`, imports: `"net/http/httptest"; "time"`, prints: "200"},
		"fixtures/target/schema": {body: `fmt.Println(schema.Same("userName", "USERNAME"))`, prints: "true"},
		"reports":                {body: `fmt.Println(reports.Summarize([]reports.Check{{Outcome: reports.Passed}}).Passed)`, prints: "1"},
		"reports/exchange": {body: `
			server := httptest.NewServer(http.NotFoundHandler())
			defer server.Close()
			sender := exchange.NewSender(nil, exchange.Limits{}, nil)
			fmt.Println(sender.Send(context.Background(), exchange.Request{Method: "GET", URL: server.URL}).Status)`, imports: `"context"; "net/http"; "net/http/httptest"`, prints: "404"},
		"reports/journal": {body: `
			entries, err := journal.Read("missing.jsonl")
			fmt.Println(len(entries), err != nil)`, prints: "0 true"},
		"reports/severity": {body: `fmt.Println(severity.Blocks.Rank() > severity.Access.Rank())`, prints: "true"},
		"simulator": {body: `
			server := httptest.NewServer(http.NotFoundHandler())
			defer server.Close()
			folder, err := os.MkdirTemp("", "outside")
			if err != nil { panic(err) }
			defer os.RemoveAll(folder)
			tenant := strings.NewReader("{\"@odata.type\":\"#microsoft.graph.user\",\"id\":\"u1\",\"userPrincipalName\":\"ada@x.example\"}")
			result, err := simulator.Run(context.Background(), simulator.Config{TenantURL: server.URL, Tenant: tenant, Cycles: 1, Out: folder})
			if err != nil { panic(err) }
			fmt.Println(len(result.Cycles), result.Status)`, imports: `"context"; "net/http"; "net/http/httptest"; "os"; "strings"`, prints: "1 Quarantine"},
		"simulator/clock": {body: `
			c := clock.NewVirtual(time.Unix(0, 0))
			err := c.WaitUntil(context.Background(), time.Unix(60, 0))
			fmt.Println(c.Now().Unix(), err)`, imports: `"context"; "time"`, prints: "60 <nil>"},
		"simulator/expression": {body: `
			e, err := expression.Parse("ToUpper(\"ada\")")
			if err != nil { panic(err) }
			v, err := e.Eval(nil)
			fmt.Println(v, err)`, prints: `"ADA" <nil>`},
	}
}

// TestPromiseHoldsOutside builds and runs, in a module of its own, a program for each promised
// package that imports this package alone of the module.
func TestPromiseHoldsOutside(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	outsideModule(t, folder)
	programs := outsiders()
	for _, name := range promised() {
		p, ok := programs[name]
		if !ok {
			t.Errorf("no program imports %s", name)
			continue
		}
		source := fmt.Sprintf("package main\n\nimport (\n\"fmt\"; %s\n%q\n)\n\nfunc main() {%s\n}\n", p.imports, module+"/"+name, p.body)
		where := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(where, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(where, "main.go"), []byte(source), 0o644); err != nil { //nolint:gosec // a file of the test
			t.Fatal(err)
		}
	}
	bin := t.TempDir()
	buildOutside(t, folder, bin)
	for name, p := range programs {
		out, err := exec.CommandContext(t.Context(), filepath.Join(bin, path.Base(name))).CombinedOutput() //nolint:gosec // built a line above
		if got := strings.TrimSpace(string(out)); err != nil || got != p.prints {
			t.Errorf("%s: the program prints %q, %v; want %q", name, got, err, p.prints)
		}
	}
}

// outsideModule makes a module that requires this one as it is in the working tree.
func outsideModule(t *testing.T, folder string) {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "go.mod" {
			text = bytes.Replace(text, []byte("module "+module), []byte("module outside.example"), 1)
			text = fmt.Appendf(text, "\nrequire %s v0.0.0\n\nreplace %s => %s\n", module, module, root)
		}
		if err := os.WriteFile(filepath.Join(folder, name), text, 0o644); err != nil { //nolint:gosec // a file of the test
			t.Fatal(err)
		}
	}
}

// buildOutside builds the programs of another module, without a network.
func buildOutside(t *testing.T, folder, bin string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", "build", "-o", bin, "./...")
	c.Dir = folder
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOWORK=off")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
}
