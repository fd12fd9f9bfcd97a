package push_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/simulator/okta"
	"github.com/scimdrill/scimdrill/simulator/onelogin"
)

// testsOf is the text of all tests of a package.
func testsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(data)
	}
	return b.String()
}

// TestLedger holds docs/why/clients.md to the clients: each rule has a test or a reason to be left out, tests and
// options that a row names exist, and every option has a rule.
func TestLedger(t *testing.T) {
	t.Parallel()
	options := map[string][]string{}
	for _, c := range okta.Choices() {
		options["O-"] = append(options["O-"], c.Name)
		ruled(t, c.Name, c.Rule)
	}
	for _, c := range onelogin.Choices() {
		options["L-"] = append(options["L-"], c.Name)
		ruled(t, c.Name, c.Rule)
	}
	named := regexp.MustCompile(`Test[A-Za-z]+`)
	seen := 0
	for prefix, dir := range map[string]string{"O-": "okta", "L-": "onelogin"} {
		tests := testsOf(t, dir)
		for _, id := range docs.Rules() {
			r, _ := docs.LookupRule(id)
			if !strings.HasPrefix(id, prefix) {
				continue
			}
			seen++
			names := named.FindAllString(r.Tests, -1)
			if !strings.HasPrefix(r.Tests, "left out: ") && len(names) == 0 {
				t.Errorf("%s has neither a test nor a reason to be left out", id)
			}
			for _, test := range names {
				if !strings.Contains(tests, "func "+test+"(") {
					t.Errorf("%s names %s, which does not exist", id, test)
				}
			}
			for option := range strings.SplitSeq(r.Option, ", ") {
				if option != "" && !strings.HasPrefix(option, "--") && !slices.Contains(options[prefix], option) {
					t.Errorf("%s names the option %s, which does not exist", id, option)
				}
			}
		}
	}
	if seen < 80 {
		t.Errorf("only %d rules were seen", seen)
	}
}

// ruled wants an option to have a rule of the ledger of clients.
func ruled(t *testing.T, name, rule string) {
	t.Helper()
	if r, ok := docs.LookupRule(rule); !ok || r.Page != "clients" {
		t.Errorf("option %s: there is no rule %s", name, rule)
	}
}
