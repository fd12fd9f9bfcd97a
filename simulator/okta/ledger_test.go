package okta_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/docs"
	"github.com/scimdrill/scimdrill/simulator/okta"
)

// TestLedger holds docs/why/clients.md to this package: tests and options that a row names exist, a test names
// its rule, and every option has a rule.
func TestLedger(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f.Name(), "_test.go") {
			data, err := os.ReadFile(f.Name())
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(data)
		}
	}
	var options []string
	for _, c := range okta.Choices() {
		options = append(options, c.Name)
		if r, ok := docs.LookupRule(c.Rule); !ok || r.Page != "clients" {
			t.Errorf("option %s: there is no rule %s", c.Name, c.Rule)
		}
	}
	named := regexp.MustCompile(`Test[A-Za-z]+`)
	for _, id := range docs.Rules() {
		r, _ := docs.LookupRule(id)
		if !strings.HasPrefix(id, "O-") {
			continue
		}
		if !strings.HasPrefix(r.Tests, "left out: ") && len(named.FindAllString(r.Tests, -1)) == 0 {
			t.Errorf("%s has neither a test nor a reason to be left out", id)
		}
		for _, test := range named.FindAllString(r.Tests, -1) {
			if !strings.Contains(tests.String(), "func "+test+"(") {
				t.Errorf("%s names %s, which does not exist", id, test)
			}
		}
		for option := range strings.SplitSeq(r.Option, ", ") {
			if option != "" && !strings.HasPrefix(option, "--") && !slices.Contains(options, option) {
				t.Errorf("%s names the option %s, which does not exist", id, option)
			}
		}
	}
}
