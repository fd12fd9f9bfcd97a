package expression

import (
	"encoding/json"
	"strings"
)

// AppRole is an app role that a user holds in an application (E-145): what the
// role functions make of [appRoleAssignments].
type AppRole struct {
	ID          string
	Value       string
	DisplayName string
}

// roleAttribute is the source attribute behind which Env.AppRoles stands.
const roleAttribute = "appRoleAssignments"

// Role returns a role as a value. As text it is the role's value.
func Role(r AppRole) Value {
	return Value{kind: KindRole, text: r.Value, list: []Value{String(r.ID), String(r.DisplayName)}}
}

// Role returns the app role that a value is, or that SingleAppRoleAssignment took
// it from.
func (v Value) Role() (AppRole, bool) {
	if v.kind != KindRole && (v.kind != KindString || len(v.list) == 0) {
		return AppRole{}, false
	}
	return AppRole{ID: v.list[0].text, Value: v.text, DisplayName: v.list[1].text}, true
}

// JSON returns the role as the service packs it into the text of a PATCH (E-146, W-66).
func (r AppRole) JSON() string {
	type wire struct {
		ID          string `json:"id"`
		Value       string `json:"value"`
		DisplayName string `json:"displayName"`
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(wire(r)); err != nil { // three texts always have a JSON form
		return r.Value
	}
	return strings.TrimSuffix(b.String(), "\n")
}

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

// singleRole is SingleAppRoleAssignment (E-200): of several roles the first.
func singleRole(a arguments) Value {
	roles := a.roles()
	if len(roles) == 0 {
		return Null()
	}
	if len(roles) > 1 {
		a.run.warn("SingleAppRoleAssignment takes the first of several app roles; the service does not say which it takes (E-146)")
	}
	first := roles[0]
	first.kind = KindString
	return first
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
		c.warn("%s is documented for [%s] only (%s)", n.name, roleAttribute, n.function.Rule)
	}
	return nil
}
