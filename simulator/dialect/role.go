package dialect

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/expression"
	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// roleElement is a role as it stands in a POST (W-46 to W-48).
func roleElement(shape mapping.RoleShape, r expression.AppRole, value string) map[string]any {
	element := map[string]any{"primary": shape == mapping.SingleRole, "type": mapping.RoleType, "value": value}
	switch shape {
	case mapping.ComplexRoles:
		element["displayName"] = r.DisplayName
	case mapping.AssertiveRoles:
		element["display"] = r.DisplayName
	case mapping.SingleRole, mapping.NoRoles:
	}
	return element
}

// roleOperation is the operation that writes roles. Single and complex roles are added,
// without the flag packed as JSON in a string (W-66); assertive ones are replaced by the
// full list, in lower case (W-67). With the flag all look as in a POST (E-149).
func roleOperation(c mapping.Change, flag bool) members {
	op, packed := mapping.Add, !flag
	switch {
	case c.Attribute.Roles == mapping.AssertiveRoles && c.Op == mapping.Replace:
		op, packed = "replace", false
	case flag:
		op = "add"
	}
	elements := []any{}
	for _, v := range c.New.List() {
		role, ok := v.Role()
		switch {
		case !ok: // a default
			elements = append(elements, map[string]any{"value": v.Text()})
		case packed:
			elements = append(elements, map[string]any{"value": role.JSON()})
		default:
			elements = append(elements, roleElement(c.Attribute.Roles, role, v.Text()))
		}
	}
	return operation(op, scim.TargetPath{URN: c.Attribute.Path.URN, Attribute: c.Attribute.Path.Attribute}.String(), elements)
}

// withoutRepeats keeps the first of several changes that write the same single role:
// value, display and type of it may all be mapped (E-146).
func withoutRepeats(changes []mapping.Change) []mapping.Change {
	var out []mapping.Change
	for _, c := range changes {
		if c.Attribute.Roles == mapping.SingleRole && slices.ContainsFunc(out, func(o mapping.Change) bool {
			return o.Attribute.Roles == mapping.SingleRole && o.New.Equal(c.New)
		}) {
			continue
		}
		out = append(out, c)
	}
	return out
}
