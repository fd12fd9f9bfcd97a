package expression

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// Kind is the kind of a Value (E-159).
type Kind uint8

// The kinds of values.
const (
	KindNull Kind = iota
	KindString
	KindBoolean
	KindNumber
	KindList
	KindRole
)

// String returns the name of the kind, as messages print it.
func (k Kind) String() string {
	switch k {
	case KindNull:
		return "null"
	case KindString:
		return "string"
	case KindBoolean:
		return "Boolean"
	case KindNumber:
		return "number"
	case KindList:
		return "list"
	case KindRole:
		return "app role"
	default:
		return "Kind(" + strconv.Itoa(int(k)) + ")"
	}
}

// Value is what an attribute holds or an expression gives. The zero Value is null.
type Value struct {
	kind     Kind
	whole    bool // a number kept as int64 in bits
	redacted bool
	dropped  bool
	cleared  bool
	bits     uint64
	text     string
	list     []Value
}

// Null returns the value of an absent attribute.
func Null() Value { return Value{} }

// String returns a text.
func String(s string) Value { return Value{kind: KindString, text: s} }

// Boolean returns True or False.
func Boolean(b bool) Value {
	v := Value{kind: KindBoolean}
	if b {
		v.bits = 1
	}
	return v
}

// Integer returns a whole number.
func Integer(i int64) Value { return Value{kind: KindNumber, whole: true, bits: uint64(i)} }

// Number returns a number; one without a fraction becomes a whole number. There is
// no value for infinity and "not a number": they give null.
func Number(f float64) Value {
	const exact = 1 << 53
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return Null()
	case f == math.Trunc(f) && math.Abs(f) <= exact:
		return Integer(int64(f))
	default:
		return Value{kind: KindNumber, bits: math.Float64bits(f)}
	}
}

// List returns a multi-valued value. Nulls are left out.
func List(vs ...Value) Value {
	list := make([]Value, 0, len(vs))
	for _, v := range vs {
		if v.kind != KindNull {
			list = append(list, v)
		}
	}
	return Value{kind: KindList, list: list}
}

// Kind returns the kind of the value.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether there is no value.
func (v Value) IsNull() bool { return v.kind == KindNull }

// IsEmpty reports whether the value is null, the empty text, or a list without values.
func (v Value) IsEmpty() bool {
	switch v.kind {
	case KindNull:
		return true
	case KindString:
		return v.text == ""
	case KindList:
		return len(v.list) == 0
	default:
		return false
	}
}

// Redacted reports whether the value passed through Redact: it flows to the target,
// and logs show [Redact] in its place (E-196).
func (v Value) Redacted() bool { return v.redacted }

// Dropped reports whether IgnoreFlowIfNullOrEmpty took the attribute out of the
// flow (E-163). Such a value is null.
func (v Value) Dropped() bool { return v.dropped }

// Cleared reports whether the known defect of Switch made the value null, which is then
// written to the target (E-179). Such a value is null.
func (v Value) Cleared() bool { return v.cleared }

// Text returns the value as text: Booleans are True and False (E-159), null is
// empty, the values of a list are separated by commas.
func (v Value) Text() string {
	switch v.kind {
	case KindString, KindRole:
		return v.text
	case KindBoolean:
		if v.bits != 0 {
			return "True"
		}
		return "False"
	case KindNumber:
		if v.whole {
			return strconv.FormatInt(int64(v.bits), 10)
		}
		return strconv.FormatFloat(v.float(), 'f', -1, 64)
	case KindList:
		parts := make([]string, len(v.list))
		for i, element := range v.list {
			parts[i] = element.Text()
		}
		return strings.Join(parts, ",")
	default:
		return ""
	}
}

// List returns the values of a list, the value itself for one that is not a list,
// and nothing for null.
func (v Value) List() []Value {
	switch v.kind {
	case KindNull:
		return nil
	case KindList:
		return slices.Clone(v.list)
	default:
		return []Value{v}
	}
}

// Equal reports whether two values have the same kind and content.
func (v Value) Equal(w Value) bool {
	return v.kind == w.kind && v.whole == w.whole && v.bits == w.bits && v.text == w.text &&
		v.redacted == w.redacted && v.dropped == w.dropped && v.cleared == w.cleared && slices.EqualFunc(v.list, w.list, Value.Equal)
}

// String returns the value as messages show it: null, True, 7, "text", ["a", "b"],
// the JSON of an app role, and [Redact] for a redacted one.
func (v Value) String() string {
	switch {
	case v.redacted:
		return redactedText
	case v.kind == KindNull:
		return "null"
	case v.kind == KindString:
		return chars.Quote(v.text)
	case v.kind == KindRole:
		role, _ := v.Role()
		return role.JSON()
	case v.kind == KindList:
		parts := make([]string, len(v.list))
		for i, element := range v.list {
			parts[i] = element.String()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		return v.Text()
	}
}

// redactedText stands for a redacted value wherever a person reads (E-196).
const redactedText = "[Redact]"
