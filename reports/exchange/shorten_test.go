package exchange_test

import (
	"testing"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

func TestShorten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"ada", 3, "ada"},
		{"ada", 2, "ad…"},
		{"zoë", 3, "zo…"}, // no half of a character
		{"", 0, ""},
	} {
		if got := exchange.Shorten(c.text, c.most); got != c.want {
			t.Errorf("Shorten(%q, %d) = %q, want %q", c.text, c.most, got, c.want)
		}
	}
	if got := exchange.NewRedactor("s3cret-token").Text(exchange.Shorten("the token is s3cret-token", 20)); got != "the token is "+exchange.Redacted+"…" {
		t.Errorf("the beginning of a secret is left: %q", got)
	}
}
