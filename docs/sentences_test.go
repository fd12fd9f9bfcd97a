package docs_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSentencesAreShort measures the sentences of the pages that people read from begin to end. Pages
// that are made from the program have the words of the program.
func TestSentencesAreShort(t *testing.T) {
	t.Parallel()
	const most = 30
	made := []string{"checks.md", "commands.md", "error-codes.md", "functions.md", "options.md", "variants.md"}
	pages := []string{"README.md", "trust.md", "../SECURITY.md", "../CODE_OF_CONDUCT.md", "../CONTRIBUTING.md"}
	for _, pattern := range []string{"guide/*.md", "guide/*/*.md", "reference/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	seen := 0
	for _, page := range pages {
		if slices.Contains(made, filepath.Base(page)) {
			continue
		}
		text := regexp.MustCompile(`(?m)^\s*\|.*$`).ReplaceAllString(read(t, page), "\n")
		for _, sentence := range sentences(regexp.MustCompile(`(?m)^ +(- |\d+\. )|^\d+\. `).ReplaceAllString(text, "\n\n")) {
			seen++
			if n := len(strings.Fields(sentence)); n > most {
				t.Errorf("%s: a sentence has %d words, more than %d: %s", page, n, most, sentence)
			}
		}
	}
	if seen < 500 {
		t.Errorf("only %d sentences were seen", seen)
	}
}
