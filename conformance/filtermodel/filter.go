package filtermodel

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Filter is a filter with its meaning.
type Filter struct {
	text   string
	answer func(resource map[string]any, letters func(path string) Letters) Answer
}

// String returns the filter as a client sends it.
func (f Filter) String() string { return f.text }

// Selects says whether the filter selects a resource. letters says how the endpoint compares
// the letter case of an attribute.
func (f Filter) Selects(resource map[string]any, letters func(path string) Letters) Answer {
	return f.answer(resource, letters)
}

// Spelled returns the filter with another text of the same meaning.
func (f Filter) Spelled(text string) Filter { return Filter{text, f.answer} }

// Compare is a comparison such as `title eq "Tour"`. The value is a string, a Boolean, a number
// or nil for null.
func Compare(path, op string, value any) Filter {
	return Filter{path + " " + op + " " + literal(value), func(resource map[string]any, letters func(string) Letters) Answer {
		return compare(values(resource, path), op, value, letters(path))
	}}
}

// Present is `title pr`.
func Present(path string) Filter {
	return Filter{path + " pr", func(resource map[string]any, _ func(string) Letters) Answer {
		if len(values(resource, path)) == 0 {
			return No
		}
		return Yes
	}}
}

// Element is a value path: one element of the list must satisfy the filter.
func Element(list string, inner Filter) Filter {
	return Filter{list + "[" + inner.text + "]", func(resource map[string]any, letters func(string) Letters) Answer {
		elements, best := values(resource, list), No
		if len(elements) == 0 {
			return Missing
		}
		for _, v := range elements {
			if element, ok := v.(map[string]any); ok {
				best = max(best, inner.answer(element, func(sub string) Letters { return letters(list + "." + sub) }))
			}
		}
		return best
	}}
}

// Not is `not (…)`.
func Not(f Filter) Filter {
	return Filter{"not (" + f.text + ")", func(resource map[string]any, letters func(string) Letters) Answer {
		switch f.answer(resource, letters) {
		case Yes:
			return No
		case No:
			return Yes
		case Missing, Open:
		}
		return Open
	}}
}

// And is `… and …`. It writes no parentheses; see Group.
func And(a, b Filter) Filter {
	return Filter{a.text + " and " + b.text, func(resource map[string]any, letters func(string) Letters) Answer {
		return min(a.answer(resource, letters), b.answer(resource, letters))
	}}
}

// Or is `… or …`. It writes no parentheses; see Group.
func Or(a, b Filter) Filter {
	return Filter{a.text + " or " + b.text, func(resource map[string]any, letters func(string) Letters) Answer {
		return max(a.answer(resource, letters), b.answer(resource, letters))
	}}
}

// Group puts a filter into parentheses.
func Group(f Filter) Filter { return f.Spelled("(" + f.text + ")") }

// literal writes a value as JSON, with non-ASCII letters, &, < and > as they are.
func literal(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return "null"
	}
	return strings.TrimSuffix(b.String(), "\n")
}
