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

// Eight bytes at once say what each of them says.
func TestASCII(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for at := range 24 {
			text := []byte("abcdefghijklmnopqrstuvwxyz ~!")
			text[at] = byte(c)
			n := ascii(text)
			if !plain(text[:n], 1) {
				t.Errorf("%q: %d bytes are not visible ASCII", text, n)
			}
			if plain(text, 1) && c != 1 && c < 0x80 && n < 24 {
				t.Errorf("%q: only %d bytes are looked at quickly", text, n)
			}
		}
	}
}
