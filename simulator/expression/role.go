package expression

// roles returns the roles of an argument; a plain text counts as the value of a role.
func (a arguments) roles() []Value {
	var out []Value
	for _, v := range a.value(0).List() {
		role, ok := v.Role()
		if !ok {
			role = AppRole{Value: v.Text(), DisplayName: v.Text()}
		}
		out = append(out, Role(role))
	}
	return out
}

// singleRole is SingleAppRoleAssignment (E-200): the display name of the role, and of
// several roles the first, or by option an error.
func singleRole(a arguments) Value {
	roles := a.roles()
	if len(roles) == 0 {
		return Null()
	}
	if len(roles) > 1 && a.run.env.OneRoleOnly {
		return a.fail("No more than one app role assignment was expected, but this many where found: %d", len(roles))
	}
	if len(roles) > 1 {
		a.run.warn("SingleAppRoleAssignment returns the first of several app roles; the service does not document which one it returns (E-146)")
	}
	role, _ := roles[0].Role()
	single := Value{kind: KindString, text: role.DisplayName, list: []Value{String(role.ID), String(role.DisplayName), String(role.Value)}}
	if a.run.env.RoleValues || role.DisplayName == "" {
		single.text = role.Value
	}
	return single
}

// allRoles is AppRoleAssignmentsComplex (E-161): no roles give null.
func allRoles(a arguments) Value {
	roles := a.roles()
	if len(roles) == 0 {
		return Null()
	}
	return List(roles...)
}

// assertedRoles is AssertiveAppRoleAssignmentsComplex (E-162): no roles give an
// empty list, which takes every role away in the target.
func assertedRoles(a arguments) Value { return List(a.roles()...) }

// roleValues is AppRoleAssignments (E-209): the values of all roles as texts.
func roleValues(a arguments) Value {
	roles := a.roles()
	if len(roles) == 0 {
		return Null()
	}
	for i := range roles {
		roles[i] = String(roles[i].text)
	}
	return List(roles...)
}

// checkRole warns where the argument is not the attribute that holds the roles.
func checkRole(c *compiler, n *callNode) error {
	if attribute, ok := n.arguments[0].(*attributeNode); !ok || attribute.name != roleAttribute {
		c.warn("%s is documented only for [%s] (%s)", n.name, roleAttribute, n.function.Rule)
	}
	return nil
}
