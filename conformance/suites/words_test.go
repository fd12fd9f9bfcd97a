package suites_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
)

// TestChecksAreComplete holds each entry to what a report needs to say.
func TestChecksAreComplete(t *testing.T) {
	t.Parallel()
	id := regexp.MustCompile(`^(USR|QRY|ATT|MEM|HTP|SUR|MOD|VAL|GAL|IPS|LVR|OKT|ONL|FRM)-\d{3}$`)
	rule := regexp.MustCompile(`^[REWOLX]-\d+(, [REWOLX]-\d+)*$`)
	seen := map[catalog.ID]bool{}
	titles := map[string]catalog.ID{}
	for _, c := range suites.All() {
		if !id.MatchString(string(c.ID)) || seen[c.ID] {
			t.Errorf("%s: the id is of another form or there twice", c.ID)
		}
		seen[c.ID] = true
		if other, ok := titles[c.Title]; ok {
			t.Errorf("%s and %s have the same title", other, c.ID)
		}
		titles[c.Title] = c.ID
		if !rule.MatchString(c.Rule) {
			t.Errorf("%s: rule %q", c.ID, c.Rule)
		}
		if !strings.HasPrefix(c.Basis.URL, "https://") || c.Basis.Ref == "" {
			t.Errorf("%s: a basis without a link: %+v", c.ID, c.Basis)
		}
		for what, text := range map[string]string{"why": c.Why, "fix": c.Fix} {
			if !strings.HasSuffix(text, ".") || strings.Contains(text, "\n") {
				t.Errorf("%s: %s is no line that ends with a full stop: %q", c.ID, what, text)
			}
		}
		if _, ok := catalog.LookupCause(c.Cause); !ok {
			t.Errorf("%s: the cause %q has no words", c.ID, c.Cause)
		}
		if c.Level == catalog.Must && c.Basis.Kind != catalog.RFC {
			t.Errorf("%s: a MUST rests on %s", c.ID, c.Basis.Kind)
		}
	}
}

func TestCausesAreUsed(t *testing.T) {
	t.Parallel()
	keys := []string{}
	used := quoted(t)
	for _, cause := range catalog.Causes() {
		keys = append(keys, cause.Key)
		if cause.Title == "" || !strings.HasSuffix(cause.Fix, ".") {
			t.Errorf("%s: title %q, fix %q", cause.Key, cause.Title, cause.Fix)
		}
		taken := catalog.Base(cause.Key) != "" || cause.Key == "expectations" // of no check in particular
		if !taken && !strings.Contains(used, `"`+cause.Key+`"`) {
			t.Errorf("no check has the cause %s", cause.Key)
		}
	}
	if !slices.IsSorted(keys) {
		t.Errorf("the causes are not sorted: %v", keys)
	}
}

// quoted returns the source text of the checks and rules. A check may have several causes.
func quoted(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, dir := range []string{".", "../invariant"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}
