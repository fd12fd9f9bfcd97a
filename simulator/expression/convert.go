package expression

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// FromAny returns the value of decoded JSON. An object, which the language cannot
// look into, becomes its JSON text.
func FromAny(v any) Value {
	switch v := v.(type) {
	case nil:
		return Null()
	case Value:
		return v
	case string:
		return String(v)
	case bool:
		return Boolean(v)
	case int:
		return Integer(int64(v))
	case int64:
		return Integer(v)
	case float64:
		return Number(v)
	case json.Number:
		if n, ok := parseNumber(v.String()); ok {
			return n
		}
		return String(v.String())
	case []string:
		list := make([]Value, len(v))
		for i, s := range v {
			list[i] = String(s)
		}
		return Value{kind: KindList, list: list}
	case AppRole:
		return Role(v)
	case []AppRole:
		list := make([]Value, len(v))
		for i, role := range v {
			list[i] = Role(role)
		}
		return Value{kind: KindList, list: list}
	case []any:
		list := make([]Value, len(v))
		for i, element := range v {
			list[i] = FromAny(element)
		}
		return List(list...)
	default:
		text, err := json.Marshal(v)
		if err != nil {
			return Null()
		}
		return String(string(text))
	}
}

// Any returns the value as JSON wants it: nil, string, bool, int64, float64, []any, or
// map[string]any for an app role.
func (v Value) Any() any {
	switch v.kind {
	case KindRole:
		return map[string]any{"id": v.list[0].text, "value": v.text, "displayName": v.list[1].text}
	case KindString:
		return v.text
	case KindBoolean:
		return v.bits != 0
	case KindNumber:
		if v.whole {
			return int64(v.bits)
		}
		return v.float()
	case KindList:
		list := make([]any, len(v.list))
		for i, element := range v.list {
			list[i] = element.Any()
		}
		return list
	default:
		return nil
	}
}

func (v Value) float() float64 {
	if v.whole {
		return float64(int64(v.bits))
	}
	return math.Float64frombits(v.bits)
}

// number returns the value as a number, if it is one or is a text that spells one:
// Graph keeps numeric constants as strings (E-111).
func (v Value) number() (Value, bool) {
	switch v.kind {
	case KindNumber:
		return v, true
	case KindString:
		return parseNumber(strings.TrimSpace(v.text))
	default:
		return Null(), false
	}
}

// parseNumber reads -12, 42568.75 or &HF7.
func parseNumber(s string) (Value, bool) {
	if digits, ok := strings.CutPrefix(s, "&H"); ok {
		i, err := strconv.ParseInt(digits, 16, 64)
		return Integer(i), err == nil && chars.IsHexDigit(digits[0])
	}
	for i := range len(s) {
		if !chars.IsDigit(s[i]) && !strings.ContainsRune(".-+eE", rune(s[i])) {
			return Null(), false
		}
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return Integer(i), true
	}
	f, err := strconv.ParseFloat(s, 64)
	v := Number(f)
	return v, err == nil && !v.IsNull()
}
