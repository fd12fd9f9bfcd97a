package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "bring the columns of variants and checks in docs/why/requirements.md up to date")

const twoRequirements = `## Query

| id | requirement | source | level | variants | tests | checks |
| --- | --- | --- | --- | --- | --- | --- |
| R-99 | pages | 7644 | M | – | – | – |
| R-131 | no target | 7644 | M | stale | – | – |
`

// Only tests of the target count, and a second ledger is read from the same run.
const ranThere = `{"Action":"pass","Package":"x/fixtures/target","Test":"TestPages/R-99_pages"}
{"Action":"pass","Package":"x/conformance","Test":"TestOthers/R-131_no_target"}
`

func TestRequirements(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "requirements.md")
	if err := os.WriteFile(path, []byte(twoRequirements), 0o644); err != nil {
		t.Fatal(err)
	}
	ran, err := covered(strings.NewReader(ranThere))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	good, err := requirements(&out, path, true, ran.target)
	if err != nil || good || !strings.Contains(out.String(), "1 covered    0 left out    1 open\nopen: R-131\n") {
		t.Errorf("good %v, error %v:\n%s", good, err, &out)
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| R-99 | pages | 7644 | M | – | target.TestPages | QRY-009, QRY-016, QRY-057, QRY-058, QRY-059, QRY-060, QRY-061 |",
		"| R-131 | no target | 7644 | M | replace-no-target | – | ATT-021 |",
	} {
		if !strings.Contains(string(written), want) {
			t.Errorf("the ledger lacks %q:\n%s", want, written)
		}
	}
}

// TestRequirementsAreThere holds the ledger to having each requirement once, with the variants
// and checks that there are.
func TestRequirementsAreThere(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/why/requirements.md")
	if err != nil {
		t.Fatal(err)
	}
	l, err := parseLedger(string(text))
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for i, r := range l.rules {
		got, want = append(got, r.id), append(want, fmt.Sprintf("R-%d", i+1))
	}
	if !slices.Equal(got, want) || len(got) != 202 {
		t.Errorf("%d requirements, want R-1 to R-202 in order", len(got))
	}
	if os.Getenv("SCIMDRILL_LEDGER") == "write" { // make ledger is about to bring it up to date
		return
	}
	l.name(variantsColumn, variants())
	l.name(checksColumn, checks())
	now := strings.Join(l.lines, "\n")
	if *update {
		if err := os.WriteFile("../../docs/why/requirements.md", []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if now != string(text) {
		t.Error("docs/why/requirements.md does not name the variants and checks that there are; run `make golden`")
	}
}
