package suites_test

import (
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
	id := regexp.MustCompile(`^(USR|QRY|ATT|MEM|HTP|SUR)-\d{3}$`)
	rule := regexp.MustCompile(`^[REW]-\d+$`)
	seen := map[catalog.ID]bool{}
	titles := map[string]catalog.ID{}
	for _, c := range suites.Checks() {
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
	labels := []string{ // take the place of a check's own cause
		"expectations", "group-names-mixed", "members-lost", "members-removed-others", "patch-lists", "error-status", "refused-stored",
	}
	for _, cause := range catalog.Causes() {
		keys = append(keys, cause.Key)
		if cause.Title == "" || !strings.HasSuffix(cause.Fix, ".") {
			t.Errorf("%s: title %q, fix %q", cause.Key, cause.Title, cause.Fix)
		}
		taken := catalog.Base(cause.Key) != "" || slices.Contains(labels, cause.Key)
		if !taken && !slices.ContainsFunc(suites.Checks(), func(c catalog.Check) bool { return c.Cause == cause.Key }) {
			t.Errorf("no check has the cause %s", cause.Key)
		}
	}
	if !slices.IsSorted(keys) {
		t.Errorf("the causes are not sorted: %v", keys)
	}
}
