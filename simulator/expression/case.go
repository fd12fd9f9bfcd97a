package expression

import (
	"strings"
	"unicode"
)

// toLower is ToLower (E-203).
func toLower(a arguments) Value {
	return a.changeCase(lowerInvariant, unicode.ToLower, unicode.TurkishCase.ToLower)
}

// toUpper is ToUpper (E-203).
func toUpper(a arguments) Value {
	return a.changeCase(upperInvariant, unicode.ToUpper, unicode.TurkishCase.ToUpper)
}

// changeCase maps letters one by one, as .NET does: ß has no capital. Of all
// cultures only Turkish and Azeri have letters of their own.
func (a arguments) changeCase(invariant, plain, turkish func(rune) rune) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	culture, _ := a.text(1)
	if culture == "" {
		return a.built(mapRunes(s, invariant))
	}
	if !wellFormedCulture(culture) {
		return a.fail("%s is not the name of a culture, such as en-US", shorten(quote(culture)))
	}
	language, _, _ := strings.Cut(strings.ToLower(culture), "-")
	if language == "tr" || language == "az" {
		return a.built(mapRunes(s, turkish))
	}
	return a.built(mapRunes(s, plain))
}

// wellFormedCulture checks the form of an RFC 4646 tag, not whether it exists.
func wellFormedCulture(s string) bool {
	for i, subtag := range strings.Split(s, "-") {
		if subtag == "" || len(subtag) > 8 || i == 0 && len(subtag) < 2 {
			return false
		}
		for _, r := range subtag {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
			if !letter && (i == 0 || r < '0' || r > '9') {
				return false
			}
		}
	}
	return true
}

// The dotted and the dotless i, which the invariant culture leaves alone.
const (
	capitalDottedI = 'İ'
	smallDotlessI  = 'ı'
)

func lowerInvariant(r rune) rune {
	if r == capitalDottedI {
		return r
	}
	return unicode.ToLower(r)
}

func upperInvariant(r rune) rune {
	if r == smallDotlessI {
		return r
	}
	return unicode.ToUpper(r)
}

func mapRunes(s string, mapping func(rune) rune) string { return strings.Map(mapping, s) }

// properCase is PCase (E-194).
func properCase(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	s = mapRunes(s, lowerInvariant)
	if !a.given(1) {
		return a.built(titleCase(s))
	}
	separators, _ := a.text(1)
	start := true
	return a.built(mapRunes(s, func(r rune) rune {
		first := start
		start = strings.ContainsRune(separators, r)
		if first && !start {
			return upperInvariant(r)
		}
		return r
	}))
}

// titleCase writes the first letter of each word as a capital. A word begins with a
// letter and goes on to the next separator; an apostrophe in it is no separator,
// and a letter behind a digit begins a word unless one has begun before, as in .NET.
func titleCase(lower string) string {
	inWord := false
	return mapRunes(lower, func(r rune) rune {
		switch {
		case inWord:
			inWord = r == '\'' || !separatesWords(r)
		case unicode.IsLetter(r):
			inWord = true
			return unicode.ToTitle(r)
		}
		return r
	})
}

// separatesWords knows the categories of .NET's ToTitleCase.
func separatesWords(r rune) bool {
	return unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.P, unicode.S)
}
