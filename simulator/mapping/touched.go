package mapping

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Touched gives the changes of an update that does not know what the target has: a Replace of
// every attribute that is mapped from one of the names. Null does not flow (E-120), nor
// does what is written only during creation or where the target has no value (E-113).
func (o *Object) Touched(values []Value, names []string) []Change {
	var changes []Change
	for _, v := range values {
		a := v.Attribute
		if a.Expr == nil || v.Value.IsNull() || v.FromDefault && !o.DefaultOnUpdate || a.FlowType != syncschema.Always {
			continue
		}
		if !a.FlowAlways && !slices.ContainsFunc(a.Expr.Attributes(), func(name string) bool { return slices.Contains(names, name) }) {
			continue
		}
		c := Change{Attribute: a, Op: Replace, New: v.Value}
		if a.Multivalued && a.Roles != AssertiveRoles {
			c.Op = Add // W-65
		}
		changes = append(changes, c)
	}
	return changes
}
