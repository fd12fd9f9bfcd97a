package outside

import (
	"testing"
	"unicode"
)

// The quick test takes no character for a letter that the tables hide, or that counts as a mark.
func TestLetters(t *testing.T) {
	t.Parallel()
	letters := 0
	for r := rune(0x80); r <= unicode.MaxRune; r++ {
		text := string(r)
		if letter(text, 0) == 0 {
			continue
		}
		letters++
		if invisible(r) || unicode.In(r, unicode.Mn, unicode.Me) || letter(text, 0) != len(text) || letter([]byte("a"+text+"\x80"), 1) != len(text) {
			t.Errorf("%U is no letter", r)
		}
	}
	if letters < 30_000 {
		t.Errorf("only %d characters are quick", letters)
	}
	for _, text := range []string{"\xff", "\xc3", "\u00ad", "\u0301", "\u2028", "\uFFFD", "\U000E0001"} {
		if letter(text, 0) != 0 {
			t.Errorf("%q is no letter", text)
		}
	}
}
