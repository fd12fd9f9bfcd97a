package expression

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// maxText is the longest text, in bytes, that an evaluation may build.
const maxText = 1 << 20

// Env is what an expression is evaluated over. Every field may be left out; what
// needs it then fails, except that no Attribute means that all attributes are null.
type Env struct {
	// Attribute returns the value of a source attribute, null if it is absent.
	Attribute func(name string) Value
	// Now is the clock of Now (E-192).
	Now func() time.Time
	// Random is the source of Guid and RandomString (E-177, E-195).
	Random *rand.Rand
	// AppRoles returns the app roles of the user, by the time of their assignment;
	// it stands behind [appRoleAssignments] (E-145). Without it, Attribute is asked.
	AppRoles func() []AppRole
	// DefaultDomain is the tenant's default verified domain (E-175).
	DefaultDomain string
	// LenientIIF evaluates IIF also where an attribute of its condition is null or empty.
	LenientIIF bool
	// Unchanged tells whether a source attribute is the same as before. If it is set, the
	// known defect of Switch is reproduced: with a default, over attributes that are all
	// unchanged, it gives a null that clears the target (E-179, A-8).
	Unchanged func(attribute string) bool
	// Warn receives what a person should know about a result, such as an IIF that gave null.
	Warn func(message string)
}

// Eval computes the value of the expression. Every error is an *Error that
// points to the function that failed; the value is null then.
func (e *Expression) Eval(env *Env) (Value, error) {
	if env == nil {
		env = &Env{}
	}
	r := run{env: env, source: e.source}
	v := r.eval(e.root)
	if r.err != nil {
		return Null(), r.err
	}
	v.redacted = v.redacted || r.redacted
	return v, nil
}

// run is one evaluation. Its first error ends it: functions go on with nulls, and
// the result is thrown away.
type run struct {
	env      *Env
	source   string
	err      *Error
	redacted bool  // a part of the value passed through Redact
	part     *Part // where Explain collects, else nil
}

func (r *run) eval(n node) Value {
	switch {
	case r.err != nil:
		return Null()
	case r.part != nil:
		return r.explain(n)
	}
	return r.compute(n)
}

func (r *run) compute(n node) Value {
	switch n := n.(type) {
	case *attributeNode:
		return r.attribute(n.name)
	case *constantNode:
		return n.value
	case *callNode:
		return n.function.call(arguments{run: r, call: n})
	case *comparisonNode:
		return Boolean(compare(n.operator, r.eval(n.left), r.eval(n.right)))
	default:
		return Null()
	}
}

func (r *run) attribute(name string) Value {
	if name == roleAttribute && r.env.AppRoles != nil {
		roles := FromAny(r.env.AppRoles())
		if roles.IsEmpty() {
			return Null()
		}
		return roles
	}
	if r.env.Attribute == nil {
		return Null()
	}
	return r.env.Attribute(name)
}

func (r *run) warn(message string) {
	if r.env.Warn != nil {
		r.env.Warn(message)
	}
}

// arguments gives a function its arguments, evaluated when it asks for them.
type arguments struct {
	run  *run
	call *callNode
}

// argument returns an argument of a call; nil if it is empty or missing.
func (n *callNode) argument(i int) node {
	if i < len(n.arguments) {
		return n.arguments[i]
	}
	return nil
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
	a.fail("%s has %d values where one is expected; take one with Item, or put them together with Join", a.name(i), len(v.list))
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
	return shorten(v.String())
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
		return a.fail("the result is longer than %d bytes", maxText)
	}
	return String(s)
}
