package chars

import (
	"strings"
	"unicode"
)

// The dotted and the dotless i, which the invariant culture leaves alone.
const (
	capitalDottedI = 'İ'
	smallDotlessI  = 'ı'
)

// Lower maps letters one by one, as .NET does (E-203). Of all cultures only Turkish and
// Azeri have letters of their own; "" is the invariant culture.
func Lower(s, culture string) string {
	return strings.Map(mapping(culture, lowerInvariant, unicode.ToLower, unicode.TurkishCase.ToLower), s)
}

// Upper maps letters one by one, as .NET does: ß has no capital (E-203).
func Upper(s, culture string) string {
	return strings.Map(mapping(culture, upperInvariant, unicode.ToUpper, unicode.TurkishCase.ToUpper), s)
}

func mapping(culture string, invariant, plain, turkish func(rune) rune) func(rune) rune {
	if culture == "" {
		return invariant
	}
	language, _, _ := strings.Cut(strings.ToLower(culture), "-")
	if language == "tr" || language == "az" {
		return turkish
	}
	return plain
}

// IsCulture checks the form of an RFC 4646 tag, not whether it exists.
func IsCulture(s string) bool {
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

// Capitalize writes the first letter behind each of the separators as a capital, and the
// others in lower case (E-194).
func Capitalize(s, separators string) string {
	start := true
	return strings.Map(func(r rune) rune {
		first := start
		start = strings.ContainsRune(separators, r)
		if first && !start {
			return upperInvariant(r)
		}
		return r
	}, Lower(s, ""))
}

// Title writes the first letter of each word as a capital, and the others in lower case
// (E-194). A word begins with a letter and goes on to the next separator; an apostrophe in
// it is no separator, and a letter behind a digit begins a word unless one has begun
// before, as in .NET.
func Title(s string) string {
	inWord := false
	return strings.Map(func(r rune) rune {
		switch {
		case inWord:
			inWord = r == '\'' || !separatesWords(r)
		case unicode.IsLetter(r):
			inWord = true
			return unicode.ToTitle(r)
		}
		return r
	}, Lower(s, ""))
}

// separatesWords knows the categories of .NET's ToTitleCase.
func separatesWords(r rune) bool {
	return unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf, unicode.P, unicode.S)
}
