package resource

import (
	"encoding/json"
	"math/big"
	"strings"
	"time"
)

// same compares two single values as their types say: numbers by value, instants by time,
// telephone numbers by digits (RFC 7643 section 4.1.2), references by their last segment.
func (c *comparison) same(at string, want, got any) bool {
	if want == nil || got == nil {
		return want == nil && got == nil
	}
	if a, b := number(want), number(got); a != nil && b != nil {
		return a.Cmp(b) == 0
	}
	a, text := want.(string)
	b, other := got.(string)
	if !text || !other {
		return raw(want) == raw(got)
	}
	switch {
	case a == b:
		return true
	case strings.Contains(strings.ToLower(at), "phonenumbers"):
		return digits(a) != "" && digits(a) == digits(b)
	case strings.HasSuffix(at, "$ref"):
		return a[strings.LastIndex(a, "/")+1:] == b[strings.LastIndex(b, "/")+1:]
	case c.rules.Loose != nil && c.rules.Loose(at):
		return strings.EqualFold(a, b)
	}
	x, first := instant(a)
	y, second := instant(b)
	return first && second && x.Equal(y)
}

// number returns a JSON number, or nil for another value.
func number(v any) *big.Float {
	switch v := v.(type) {
	case json.Number:
		f, _, err := big.ParseFloat(v.String(), 10, 128, big.ToNearestEven)
		if err == nil {
			return f
		}
	case float64:
		return big.NewFloat(v)
	case int:
		return new(big.Float).SetInt64(int64(v))
	}
	return nil
}

func instant(s string) (time.Time, bool) {
	t, err := time.Parse(time.RFC3339Nano, s)
	return t, err == nil
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
