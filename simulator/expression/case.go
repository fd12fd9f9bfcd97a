package expression

import "github.com/scimdrill/scimdrill/simulator/expression/internal/chars"

// toLower is ToLower (E-203).
func toLower(a arguments) Value { return a.changeCase(chars.Lower) }

// toUpper is ToUpper (E-203).
func toUpper(a arguments) Value { return a.changeCase(chars.Upper) }

func (a arguments) changeCase(change func(s, culture string) string) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	culture, _ := a.text(1)
	if culture != "" && !chars.IsCulture(culture) {
		return a.fail("%s is not a culture name such as en-US", chars.Shorten(chars.Quote(culture)))
	}
	return a.built(change(s, culture))
}

// properCase is PCase (E-194).
func properCase(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	if !a.given(1) {
		return a.built(chars.Title(s))
	}
	separators, _ := a.text(1)
	return a.built(chars.Capitalize(s, separators))
}

// normalizeDiacritics is NormalizeDiacritics (E-190).
func normalizeDiacritics(a arguments) Value {
	s, ok := a.text(0)
	if !ok {
		return Null()
	}
	plain := chars.StripDiacritics(s, a.run.env.AllMarks)
	if plain == s {
		return String(s)
	}
	return a.built(plain)
}
