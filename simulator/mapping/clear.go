package mapping

import (
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Clearing is what is sent when a value of the source becomes null (W-C6). The service is
// known to send nothing; the other ways are those of samples and test tools.
type Clearing uint8

// The ways to clear a value in the target.
const (
	ClearNothing Clearing = iota // E-120, W-55
	ClearEmpty                   // a Replace with an empty string
	ClearNull                    // a Replace with null
	ClearRemove                  // a Remove
)

// cleared is the change that takes a single value out of the target whose source is null.
func (o *Object) cleared(v *Value, current map[string]any) (Change, bool) {
	a := v.Attribute
	if o.Clear == ClearNothing || !v.Absent() || a.Expr == nil || a.FlowType != syncschema.Always {
		return Change{}, false
	}
	old, ok := a.Path.Get(current)
	if !ok || isEmpty(old) {
		return Change{}, false
	}
	c := Change{Attribute: a, Op: Replace, Old: old, New: expression.Null()}
	switch o.Clear {
	case ClearEmpty:
		c.New = expression.String("")
	case ClearRemove:
		c.Op = Remove
	case ClearNothing, ClearNull:
	}
	return c, true
}
