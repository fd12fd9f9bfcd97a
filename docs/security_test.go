package docs_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestSecurityTable finds the tests that SECURITY.md names for each row, in the files that it links.
func TestSecurityTable(t *testing.T) {
	t.Parallel()
	const rows = 12
	page := read(t, "../SECURITY.md")
	found := regexp.MustCompile(`(?m)^\| (S\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$`).FindAllStringSubmatch(page, -1)
	if len(found) != rows {
		t.Fatalf("SECURITY.md has %d rows, not %d", len(found), rows)
	}
	for i, m := range found {
		if want := fmt.Sprintf("S%d", i+1); m[1] != want {
			t.Errorf("row %d is %s, not %s", i+1, m[1], want)
		}
		tests := regexp.MustCompile("\\[`(\\w+)`\\]\\(([^)]+)\\)").FindAllStringSubmatch(m[3], -1)
		if len(tests) == 0 || strings.TrimSpace(m[4]) == "" {
			t.Errorf("%s names %d tests, and %q as untested", m[1], len(tests), m[4])
		}
		for _, test := range tests {
			if !regexp.MustCompile(`(?m)^func ` + test[1] + `\(`).MatchString(read(t, filepath.Join("..", filepath.FromSlash(test[2])))) {
				t.Errorf("%s: %s has no test %s", m[1], test[2], test[1])
			}
		}
	}
}

// TestIssueTemplate holds the template of a false verdict to what is needed to judge one.
func TestIssueTemplate(t *testing.T) {
	t.Parallel()
	text := read(t, "../.github/ISSUE_TEMPLATE/false-verdict.yml")
	var form struct {
		Name, Description string
		Body              []struct {
			Type, ID    string
			Validations struct{ Required bool }
		}
	}
	if err := yaml.Unmarshal([]byte(text), &form); err != nil {
		t.Fatal(err)
	}
	required := map[string]bool{}
	for _, field := range form.Body {
		required[field.ID] = field.Validations.Required
	}
	for _, id := range []string{"check", "repeat", "report", "why", "version"} {
		if !required[id] {
			t.Errorf("the field %s is missing, or not required", id)
		}
	}
	contains(t, text, "report render scimdrill-out --share", "shared/report.json", "--seed")
}
