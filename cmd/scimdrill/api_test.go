package main

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// promised are the packages that the README promises to others.
func promised() []string {
	return []string{
		"conformance", "conformance/catalog", "conformance/expect", "conformance/fact", "conformance/session", "conformance/suites",
		"conformance/survey", "conformance/invariant", "fixtures/people",
		"fixtures/target", "fixtures/target/schema", "reports", "reports/exchange", "reports/journal", "reports/severity",
		"simulator", "simulator/clock", "simulator/expression",
	}
}

// TestPromisedAPI holds what `go doc -all` says of the promised packages, from their first
// constant on: a change of it is a change of the promise, and belongs into the CHANGELOG.
func TestPromisedAPI(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, stability, _ := strings.Cut(string(readme), "## Stability")
	for _, name := range promised() {
		if !strings.Contains(stability, "`"+name+"`") {
			t.Errorf("the README does not promise %s", name)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			golden := filepath.Join("testdata", "api", strings.ReplaceAll(name, "/", "_")+".txt")
			got := document(t, name)
			if *update {
				if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil { //nolint:gosec // a file of the repository
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("what others build on has changed; if that is meant, run `make golden` and say so in the CHANGELOG (-want +got):\n%s", diff)
			}
		})
	}
}

// document is the documentation of a package without its introduction.
func document(t *testing.T, name string) string {
	t.Helper()
	c := exec.CommandContext(t.Context(), "go", "doc", "-all", "./"+name) //nolint:gosec // a name of the table above
	c.Dir = filepath.Join("..", "..")
	var stderr strings.Builder
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go doc %s: %v: %s", name, err, stderr.String())
	}
	text := string(out)
	for _, heading := range []string{"\nCONSTANTS\n", "\nVARIABLES\n", "\nFUNCTIONS\n", "\nTYPES\n"} {
		if at := strings.Index(text, heading); at >= 0 {
			return text[at+1:]
		}
	}
	t.Fatalf("go doc %s shows nothing that is exported: %s", name, text)
	return ""
}
