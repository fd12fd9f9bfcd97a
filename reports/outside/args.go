package outside

import (
	"fmt"
	"io"
)

// Args returns the arguments of a formatted print so that each of them is printed as by [Line],
// whatever its type and verb are.
func Args(args []any) []any {
	list := make([]any, len(args))
	for i, a := range args {
		switch a.(type) {
		case int, int64, uint64, float64, bool: // numbers also serve as width
			list[i] = a
		default:
			list[i] = argument{a}
		}
	}
	return list
}

// argument prints its value as one line of visible text.
type argument struct{ value any }

// Format is part of fmt.Formatter.
func (a argument) Format(f fmt.State, verb rune) {
	_, _ = io.WriteString(f, Line(fmt.Sprintf(fmt.FormatString(f, verb), a.value))) // memory of fmt
}
