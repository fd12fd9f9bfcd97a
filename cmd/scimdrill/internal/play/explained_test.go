package play

import (
	"testing"

	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// TestExplanations asks that every id of the table exists.
func TestExplanations(t *testing.T) {
	t.Parallel()
	checks := map[string]bool{}
	for _, c := range suites.Checks() {
		checks[string(c.ID)] = true
	}
	defects := map[string]bool{}
	for _, d := range target.Catalog() {
		defects[d.ID] = true
	}
	for _, x := range explanations() {
		for _, id := range x.checks {
			if !checks[id] {
				t.Errorf("%s: there is no check %s", x.kind, id)
			}
		}
		for _, id := range x.known {
			if !defects[id] {
				t.Errorf("%s: there is no defect %s", x.kind, id)
			}
		}
	}
}

// TestParseVerify reads the values of --verify.
func TestParseVerify(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Verify{"": {}, "all": {}, "off": {Off: true}, "sample=200": {Sample: 200}, "sample 7": {Sample: 7}} {
		if got, err := ParseVerify(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"some", "sample", "sample=0", "sample=-1", "sample=x"} {
		if _, err := ParseVerify(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}
