package endstate

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// likeness is how much a value of the target is like the expected one.
type likeness uint8

const (
	unlike likeness = iota
	otherForm
	alike
)

// compare compares an expected text with a value of the target. Case does not count unless it is
// exact; Booleans and numbers count as their text; a complex value counts by its value.
func compare(path, want string, got any, exact bool) likeness {
	switch got := got.(type) {
	case string:
		return compareText(path, want, got, exact)
	case bool:
		return when(strings.EqualFold(want, strconv.FormatBool(got)))
	case float64:
		n, err := strconv.ParseFloat(want, 64)
		if err == nil && n == got {
			// A number drops leading zeros: "00123" is another value.
			return when(strconv.FormatFloat(n, 'f', -1, 64) == strings.TrimPrefix(want, "+") || strings.ContainsAny(want, ".eE"))
		}
		return when(got == 1 && strings.EqualFold(want, "true") || got == 0 && strings.EqualFold(want, "false"))
	case map[string]any:
		for _, name := range []string{"value", "Value"} {
			if inner, ok := got[name]; ok {
				return compare(path, want, inner, exact)
			}
		}
	case []any:
		if len(got) == 1 {
			return compare(path, want, got[0], exact)
		}
	}
	return unlike
}

func when(same bool) likeness {
	if same {
		return alike
	}
	return unlike
}

func compareText(path, want, got string, exact bool) likeness {
	switch {
	case want == got, !exact && strings.EqualFold(want, got), packed(want, got):
		return alike
	case strings.HasPrefix(strings.ToLower(path), "phonenumbers") && number(want) != "" && number(want) == number(got):
		return otherForm
	case sameLetters(want, got, exact):
		return otherForm
	}
	return unlike
}

// sameLetters reports whether two texts differ only in white space, or in how Unicode composes
// their letters.
func sameLetters(want, got string, exact bool) bool {
	plain := func(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }
	want, got = plain(want), plain(got)
	return want == got || !exact && strings.EqualFold(want, got)
}

// packed reports whether a text is a packed object with the value, as a role is sent (W-66).
func packed(want, got string) bool {
	if !strings.HasPrefix(got, "{") {
		return false
	}
	var object map[string]any
	if json.Unmarshal([]byte(got), &object) != nil {
		return false
	}
	value, _ := object["value"].(string)
	return value == want
}

// number keeps the digits of a phone number: the form of RFC 3966 is as good as any other.
func number(s string) string {
	s, _, _ = strings.Cut(strings.TrimPrefix(strings.ToLower(s), "tel:"), ";")
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || r == 'x' {
			return r
		}
		return -1
	}, s)
}

// isEmpty reports whether a value counts as absent.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// text is a value of the target in a report.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "a value that is no JSON"
	}
	return string(b)
}

// truth reads a Boolean in any form that targets use; known is false if there is none.
func truth(v any) (value, known bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case float64:
		return v != 0, true
	case string:
		b, err := strconv.ParseBool(strings.ToLower(v))
		return b, err == nil
	}
	return false, false
}

// referenceID reads a reference as an object with a value, as a bare id, or as a list of one (W-108).
func referenceID(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		for _, name := range []string{"value", "Value", "id"} {
			if s, ok := v[name].(string); ok {
				return s
			}
		}
	case []any:
		if len(v) == 1 {
			return referenceID(v[0])
		}
	}
	return ""
}
