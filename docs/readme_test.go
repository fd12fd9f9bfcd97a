package docs_test

import (
	"regexp"
	"strings"
	"testing"
)

const readme = "../README.md"

// TestReadmeIsShort measures the README: lines, and words in a sentence.
func TestReadmeIsShort(t *testing.T) {
	t.Parallel()
	text := read(t, readme)
	if lines := strings.Count(text, "\n"); lines > 120 {
		t.Errorf("README.md has %d lines, more than 120", lines)
	}
	for _, sentence := range sentences(text) {
		if words := len(strings.Fields(sentence)); words > 25 {
			t.Errorf("a sentence of README.md has %d words, more than 25: %s", words, sentence)
		}
	}
}

// sentences are those of the paragraphs and list items of a page, without code blocks.
func sentences(text string) []string {
	text = fenced.ReplaceAllString(text, "\n\n")
	text = regexp.MustCompile(`\]\([^)]*\)`).ReplaceAllString(text, "]")
	var out []string
	for _, paragraph := range regexp.MustCompile(`\n\s*\n|\n- |\n#+ `).Split(text, -1) {
		paragraph = strings.Join(strings.Fields(paragraph), " ")
		out = append(out, regexp.MustCompile(`[.?!] `).Split(paragraph, -1)...)
	}
	return out
}

// TestReadmeTargets finds the make targets of the README in the Makefile.
func TestReadmeTargets(t *testing.T) {
	t.Parallel()
	makefile := read(t, "../Makefile")
	for _, block := range blocks(read(t, readme), "sh") {
		for _, m := range regexp.MustCompile(`(?m)^make (\S+)`).FindAllStringSubmatch(block, -1) {
			if !strings.Contains(makefile, "\n"+m[1]+":") {
				t.Errorf("make %s is not a target of the Makefile", m[1])
			}
		}
	}
}

// TestReadmeCommands types the commands of the README and compares their output.
func TestReadmeCommands(t *testing.T) {
	t.Parallel()
	typeCommands(t, readme, 8, 9999)
}
