package expression

import (
	"fmt"
	"math"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// maxText is the longest text, in bytes, that an evaluation may build.
const maxText = 1 << 20

// arguments gives a function its arguments, evaluated when it asks for them.
type arguments struct {
	run  *run
	call *callNode
}

func (a arguments) count() int { return len(a.call.arguments) }

func (a arguments) given(i int) bool { return a.call.argument(i) != nil }

// value returns an argument as it is, null if it was not given.
func (a arguments) value(i int) Value {
	if n := a.call.argument(i); n != nil {
		return a.run.eval(n)
	}
	return Null()
}

// single returns an argument that must not hold several values.
func (a arguments) single(i int) Value {
	v := a.value(i)
	if v.kind != KindList {
		return v
	}
	switch len(v.list) {
	case 0:
		return Null()
	case 1:
		return v.list[0]
	}
	a.fail("%s has %d values, but the function expects one; select one with Item, or combine them with Join", a.name(i), len(v.list))
	return Null()
}

// text returns an argument as text; false if it is null.
func (a arguments) text(i int) (string, bool) {
	v := a.single(i)
	return v.Text(), v.kind != KindNull
}

// integer returns an argument as a whole number; a missing or null one is an error.
func (a arguments) integer(i int) int64 { return a.whole(i, a.single(i)) }

// whole returns a value of an argument as a whole number.
func (a arguments) whole(i int, v Value) int64 {
	n, ok := v.number()
	if !ok || !n.whole {
		a.fail("%s is not a whole number: %s", a.name(i), a.show(v))
		return 0
	}
	return int64(n.bits)
}

// position returns an argument as a number of characters, cut to a range that
// no text exceeds.
func (a arguments) position(i int) int {
	return int(max(-1, min(a.integer(i), math.MaxInt32)))
}

func (a arguments) name(i int) string {
	return a.call.function.parameter(i, a.count()).Name
}

// show prints a value in a message, without giving away a redacted one.
func (a arguments) show(v Value) string {
	if a.run.redacted {
		return redactedText
	}
	return chars.Shorten(v.String())
}

// fail records the first error of the run.
func (a arguments) fail(format string, args ...any) Value {
	if a.run.err == nil {
		a.run.err = &Error{Pos: a.call.pos, Msg: a.call.name + ": " + fmt.Sprintf(format, args...), Source: a.run.source}
	}
	return Null()
}

// built returns a text, or fails if it is too long.
func (a arguments) built(s string) Value {
	if len(s) > maxText {
		return a.fail("the result exceeds %d bytes", maxText)
	}
	return String(s)
}
