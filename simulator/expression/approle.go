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
	role := AppRole{ID: v.list[0].text, Value: v.text, DisplayName: v.list[1].text}
	if len(v.list) > 2 { // SingleAppRoleAssignment, whose text is the display name
		role.Value = v.list[2].text
	}
	return role, true
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
