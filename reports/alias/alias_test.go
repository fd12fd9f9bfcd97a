package alias_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/scimdrill/scimdrill/reports/alias"
)

// People keep recordings with their seed and compare them later, so these words must stay.
func TestSeedIsStable(t *testing.T) {
	t.Parallel()
	w := alias.New(alias.Seed("a seed of a recording"))
	for in, want := range map[string]string{
		"Zora@contoso.test":                    "Gunnermartinjpke@grahamdqmw.example",
		"ZORA Quill-Žofia":                     "GUNNERMARTINJPKE Blakemendezgsfy-Adellatownetryj",
		"+49 89 4711":                          "+31 27 0927",
		"8D7F0F9A-1111-4222-8333-444455556666": "8D7F0F9A-1111-4222-8333-444455556666",
	} {
		if got := w.Value(in); got != want {
			t.Errorf("Value(%q) = %q, want %q", in, got, want)
		}
	}
	if got, want := w.Known("Zora of quill and zora@mail.test has 4711"), "Gunnermartinjpke of blakemendezgsfy and gunnermartinjpke@nguyenxqqa.example has "+
		"0927"; got != want {
		t.Errorf("Known = %q, want %q", got, want)
	}
	if !w.Tells("zora-1") || !w.Tells("u@some.test") || w.Tells("u-7") || w.Tells("4711") {
		t.Error("Tells does not know what Value replaced")
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	made := map[string]string{}
	for name, key := range map[string]alias.Key{
		"secret 1": alias.Secret([32]byte{1}), "secret 2": alias.Secret([32]byte{2}), "no secret": alias.Secret([32]byte{}),
		"seed 1": alias.Seed("1"), "seed 2": alias.Seed("2"), "no seed": alias.Seed(""),
	} {
		tag := alias.New(key).Tag("User", "Ada Byron")
		if other, taken := made[tag]; taken || !strings.HasPrefix(tag, "User-") {
			t.Errorf("%s and %s both make %s", name, other, tag)
		}
		made[tag] = name
		w := alias.New(key)
		w.Value("somebody else before")
		if again := w.Tag("User", "ADA BYRON"); again != tag {
			t.Errorf("%s makes %s and %s", name, tag, again)
		}
	}
}

func ExampleWords() {
	words := alias.New(alias.Secret([32]byte{1})) // use 32 random bytes
	fmt.Println(words.Value("Ada.Byron@contoso.test"))
	fmt.Println(words.Tag("User", "Ada Byron"))
	// Output:
	// Daneduncanieah.Ardellagarretthvan@tuckerfdgw.example
	// User-imanidickinsonxokf
}
