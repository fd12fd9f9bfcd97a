package fact_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/conformance/fact"
)

// The words of an error are the same whatever path, filter or name it quotes.
func TestWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`User PATCH path emails[type eq "home"] is not supported`:                                     "user patch path is not supported",
		`User PATCH path emails[type eq "home" and value eq "a@b.test"].primary is not supported`:     "user patch path is not supported",
		`Filter 'emails[type eq "work"].value' does not match any values for 'add' op of operation 1`: "filter does not match any values for op",
		`[body.displayName] Invalid input: expected string, received null`:                            "body.displayname invalid input expected string received null",
		`members[`: "members",
	} {
		if got := fact.WordsOf(text); got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}
