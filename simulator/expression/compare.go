package expression

import (
	"cmp"
	"strings"
)

// truth reads a value as a condition: True, or a number that is not zero. Null and
// any other text are false.
func truth(v Value) bool {
	if n, ok := v.number(); ok {
		return n.float() != 0
	}
	return strings.EqualFold(v.Text(), "True")
}

// compare applies an operator (E-156): as numbers if one side is a number and
// the other can be read as one, else as texts, with regard to letter case; null counts
// as the empty text.
func compare(operator string, left, right Value) bool {
	order := strings.Compare(left.Text(), right.Text())
	if left.kind == KindNumber || right.kind == KindNumber {
		l, lok := left.number()
		r, rok := right.number()
		if lok && rok {
			order = compareNumbers(l, r)
		}
	}
	switch operator {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "<":
		return order < 0
	default: // "<="
		return order <= 0
	}
}

func compareNumbers(l, r Value) int {
	if l.whole && r.whole {
		return cmp.Compare(int64(l.bits), int64(r.bits))
	}
	return cmp.Compare(l.float(), r.float())
}
