package mapping

import (
	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// The operations of a change. A value that became null is not removed (E-120, W-55), but by option.
const (
	Add     = "Add"
	Replace = "Replace"
	Remove  = "Remove"
)

// Change is one attribute whose value in the target differs from the mapped one.
type Change struct {
	Attribute *Attribute
	Op        string           // Add when the target has no value or an empty one, else Replace (W-51); Remove by option
	Old       any              // as the target returned it, nil when absent
	New       expression.Value // null only where the defect of Switch clears (E-179), or an option
}

// Diff compares mapped values with a resource in decoded JSON and gives the differences in
// the order of the mapping. Null never flows (E-120), nor does what is written only during
// creation (E-113) or a default beside a source (E-112, A-7).
func (o *Object) Diff(values []Value, current map[string]any) []Change {
	var changes []Change
	for i := range values {
		if values[i].FromDefault && values[i].Attribute.Expr != nil && !o.DefaultOnUpdate {
			continue
		}
		c, ok := values[i].change(current)
		if !ok {
			c, ok = o.cleared(&values[i], current)
		}
		if ok {
			changes = append(changes, c)
		}
	}
	return changes
}

func (v *Value) change(current map[string]any) (Change, bool) {
	a := v.Attribute
	if v.Value.IsNull() && !v.Value.Cleared() || a.FlowType == syncschema.ObjectAddOnly {
		return Change{}, false
	}
	old, ok := a.Path.Get(current)
	empty := !ok || isEmpty(old)
	if v.Value.Cleared() {
		return Change{Attribute: a, Op: Replace, Old: old, New: v.Value}, !empty && !a.Multivalued
	}
	if !empty && (v.FromDefault && a.Expr == nil || a.FlowType == syncschema.AttributeAddOnly) {
		return Change{}, false
	}
	c := Change{Attribute: a, Op: Replace, Old: old, New: v.Value}
	if empty {
		c.Op = Add
	}
	switch {
	case a.Roles == AssertiveRoles && a.FlowType != syncschema.MultiValueAddOnly && a.FlowType != syncschema.ValueAddOnly:
		return c.assertion()
	case a.Roles == SingleRole:
		return c, a.FlowAlways || !v.Value.IsEmpty() && !a.same(old, v.Value) && !a.hasRole(current, v.Value)
	case a.Multivalued:
		return c.additions()
	case empty:
		return c, !v.Value.IsEmpty()
	}
	return c, a.FlowAlways || !a.same(old, v.Value)
}

// additions keeps what the target lacks, or all values where they always flow; it is
// always an Add (W-65).
func (c Change) additions() (Change, bool) {
	elements := c.elements()
	wanted := c.New.List()
	missing := wanted[:0]
	for _, v := range wanted {
		if !v.IsEmpty() && (c.Attribute.FlowAlways || !c.Attribute.among(elements, v)) {
			missing = append(missing, v)
		}
	}
	c.Op = Add
	if !c.New.Redacted() { // a redacted list stays whole, because parts would lose the mark
		c.New = expression.List(missing...)
	}
	return c, len(missing) > 0
}

// assertion replaces all roles of the target if they are not just the mapped ones (E-148).
func (c Change) assertion() (Change, bool) {
	elements := c.elements()
	wanted := c.New.List()
	differs := c.Attribute.FlowAlways || len(elements) != len(wanted)
	for _, v := range wanted {
		differs = differs || !c.Attribute.among(elements, v)
	}
	c.Op = Replace
	return c, differs
}

// elements is the old value as a list.
func (c Change) elements() []any {
	elements, _ := c.Old.([]any)
	if elements == nil && c.Old != nil {
		elements = []any{c.Old}
	}
	return elements
}
