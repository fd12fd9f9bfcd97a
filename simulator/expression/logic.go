package expression

import "strings"

// iif is IIF (E-178). Where an attribute of the condition is null or empty the result is
// null; under IsPresent and its relatives the branch runs, as Microsoft's own mappings need it.
func iif(a arguments) Value {
	decides := a.call.compared
	if a.run.env.StrictIIF {
		decides = a.call.condition
	}
	if !a.run.env.LenientIIF {
		for _, name := range decides {
			if a.run.attribute(name).IsEmpty() {
				a.run.warn("IIF returns null because attribute [" + name + "] in its condition is null or empty (E-178); use Switch with \"\" as a key")
				return Null()
			}
		}
	}
	if truth(a.single(0)) {
		return a.value(1)
	}
	return a.value(2)
}

// cBool is CBool (E-165).
func cBool(a arguments) Value { return Boolean(truth(a.single(0))) }

// switchValue is Switch (E-179). Keys compare as texts with regard to letter case.
func switchValue(a arguments) Value {
	if a.run.env.Unchanged != nil && a.given(1) && a.unchanged(0) {
		a.run.warn("Switch returns null, and the target is cleared, because no attribute that it reads has changed: a known defect of the service (E-179)")
		return Value{cleared: true}
	}
	source, _ := a.text(0)
	for i := 2; i+1 < a.count(); i += 2 {
		if key, _ := a.text(i); key == source {
			return a.value(i + 1)
		}
	}
	return a.value(1)
}

// unchanged reports whether an argument reads attributes and none of them has changed.
func (a arguments) unchanged(i int) bool {
	read, changed := false, false
	walk(a.call.argument(i), func(n node) {
		if attribute, ok := n.(*attributeNode); ok {
			read, changed = true, changed || !a.run.env.Unchanged(attribute.name)
		}
	})
	return read && !changed
}

// coalesce is Coalesce (E-167). Only null is ignored, not the empty text.
func coalesce(a arguments) Value {
	for i := range a.count() {
		if v := a.value(i); !v.IsNull() {
			return v
		}
	}
	return Null()
}

// not is Not (E-191).
func not(a arguments) Value {
	s, _ := a.text(0)
	return Boolean(!strings.EqualFold(s, "True"))
}

// ignoreFlow is IgnoreFlowIfNullOrEmpty (E-163).
func ignoreFlow(a arguments) Value {
	v := a.value(0)
	if v.IsEmpty() {
		return Value{dropped: true}
	}
	return v
}

// isNull is IsNull (E-181).
func isNull(a arguments) Value { return Boolean(a.value(0).IsNull()) }

// isNullOrEmpty is IsNullOrEmpty (E-182).
func isNullOrEmpty(a arguments) Value { return Boolean(a.value(0).IsEmpty()) }

// isPresent is IsPresent (E-183), the inverse of IsNullOrEmpty.
func isPresent(a arguments) Value { return Boolean(!a.value(0).IsEmpty()) }

// isString is IsString (E-184): CStr would work, and the value is not null.
func isString(a arguments) Value {
	switch v := a.value(0); v.kind {
	case KindNull:
		return Boolean(false)
	case KindList:
		return Boolean(len(v.list) == 1)
	default:
		return Boolean(true)
	}
}

// bitAnd is BitAnd (E-164).
func bitAnd(a arguments) Value { return Integer(a.integer(0) & a.integer(1)) }
