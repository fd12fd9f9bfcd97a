package filtermodel

import (
	"cmp"
	"strings"
	"time"
)

// compare says whether one of the values satisfies a comparison.
func compare(values []any, op string, want any, letters Letters) Answer {
	if want == nil {
		return null(values, op)
	}
	if len(values) == 0 {
		if op == "ne" {
			return Open
		}
		return Missing
	}
	if op == "ne" {
		if len(values) > 1 {
			return Open // whether one or every value must differ
		}
		switch compare(values, "eq", want, letters) {
		case Yes:
			return No
		case No:
			return Yes
		case Missing, Open:
		}
		return Open
	}
	best := No
	for _, v := range values {
		best = max(best, single(v, op, want, letters))
	}
	return best
}

// null is a comparison with null. RFC 7643 section 2.5 makes it equal to an absent attribute, but
// RFC 7644 does not say that a filter may ask for it: an endpoint may also find nothing.
func null(values []any, op string) Answer {
	if (len(values) == 0) == (op == "eq") {
		return Open
	}
	return No
}

func single(v any, op string, want any, letters Letters) Answer {
	switch w := want.(type) {
	case bool:
		if b, ok := v.(bool); ok && op == "eq" {
			return yes(b == w)
		}
		return Open
	case float64:
		if n, ok := v.(float64); ok {
			return order(cmp.Compare(n, w), op)
		}
		return Open
	case string:
		if s, ok := v.(string); ok {
			return text(s, op, w, letters)
		}
	}
	return Open
}

func yes(b bool) Answer {
	if b {
		return Yes
	}
	return No
}

// order is the answer for two values of which one is less.
func order(c int, op string) Answer {
	switch op {
	case "eq":
		return yes(c == 0)
	case "gt":
		return yes(c > 0)
	case "ge":
		return yes(c >= 0)
	case "lt":
		return yes(c < 0)
	case "le":
		return yes(c <= 0)
	}
	return Open
}

func text(s, op, want string, letters Letters) Answer {
	a, first := instant(s)
	b, second := instant(want)
	if first && second {
		return order(a.Compare(b), op)
	}
	var holds func(s, want string) bool
	switch op {
	case "eq":
		holds = func(s, want string) bool { return s == want }
	case "co":
		holds = strings.Contains
	case "sw":
		holds = strings.HasPrefix
	case "ew":
		holds = strings.HasSuffix
	default:
		return collated(s, op, want)
	}
	switch {
	case holds(s, want):
		return Yes
	case holds(strings.ToLower(s), strings.ToLower(want)):
		return letters.differ()
	}
	return No
}

// collated orders two strings. The rules of languages differ, except for lower-case ASCII letters
// and digits.
func collated(s, op, want string) Answer {
	plain := func(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }
	odd := func(r rune) bool { return !plain(r) }
	if strings.ContainsFunc(s, odd) || strings.ContainsFunc(want, odd) {
		return Open
	}
	return order(strings.Compare(s, want), op)
}

func instant(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, s)
	return t, err == nil
}
