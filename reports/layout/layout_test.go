package layout_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/layout"
)

func TestFoldAndWrap(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		got, want []string
	}{
		{"fold breaks between words", layout.Fold("one two three", 8, 0), []string{"one two", "three"}},
		{"fold leaves an indent free", layout.Fold("one two three four", 10, 5), []string{"one two", "three", "four"}},
		{"fold keeps a long word", layout.Fold("see https://example.test/a", 8, 0), []string{"see", "https://example.test/a"}},
		{"fold of nothing is one line", layout.Fold("", 8, 0), []string{""}},
		{"wrap breaks a long word", layout.Wrap("a bcdefghij k", 4), []string{"a", "bcde", "fghi", "j k"}},
		{"wrap counts wide characters twice", layout.Wrap("組織組織", 4), []string{"組織", "組織"}},
		{"wrap escapes control characters", layout.Wrap("a\x1bb", 8), []string{`a\u001bb`}},
		{"fold escapes control characters", layout.Fold("a\x1bb c", 4, 0), []string{`a\u001bb`, "c"}},
		{"chop escapes control characters", layout.Chop("a\x1b", 7), []string{`a\u001b`}},
		{"labels are escaped", layout.Labelled("\x1b", "b", 80), []string{`\u001bb`}},
		{"wrap of nothing is no line", layout.Wrap(" ", 8), nil},
		{"labelled continues below the text", layout.Labelled("- ", "one two", 6), []string{"- one", "  two"}},
		{"hanging indents otherwise", layout.Hanging("", "    ", "one two", 7), []string{"one two"}},
		{"chop ignores words", layout.Chop("a b c", 2), []string{"a ", "b ", "c"}},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
	for in, want := range map[string]string{"plain": "plain", "": "''", "two words": "'two words'", "it's": `'it'\''s'`} {
		if got := layout.Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
	if got := layout.Cut("  a  long   line", 8); got != "  a  lo…" {
		t.Errorf("Cut gives %q", got)
	}
	if got := layout.Shorten("a \n "+strings.Repeat("b", 9), 5); got != "a bb…" {
		t.Errorf("Shorten gives %q", got)
	}
}
