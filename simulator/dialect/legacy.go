package dialect

import (
	"errors"

	"github.com/scimdrill/scimdrill/simulator/mapping"
	"github.com/scimdrill/scimdrill/simulator/scim"
)

// legacy is the form of a tenant URL without a flag (W-56 to W-73).
type legacy struct{ options Options }

// Name is "legacy".
func (legacy) Name() string { return "legacy" }

// CreateUser lists both schemas always, and has roles and meta always (W-30, W-32).
func (legacy) CreateUser(values []mapping.Value) ([]byte, error) {
	body := map[string]any{
		"schemas": []any{scim.UserURN, scim.EnterpriseURN},
		"meta":    map[string]any{"resourceType": "User"},
	}
	if err := fill(body, values); err != nil {
		return nil, err
	}
	if _, ok := body["roles"]; !ok {
		body["roles"] = []any{}
	}
	markRoles(body["roles"])
	return appendObject(nil, body, userRank), nil
}

// CreateGroup creates a group empty; members follow (W-42, W-44).
func (l legacy) CreateGroup(values []mapping.Value) ([]byte, error) {
	body := map[string]any{
		"schemas": []any{scim.GroupURN},
		"meta":    map[string]any{"resourceType": "Group"},
	}
	if l.options.ADSCIMGroup {
		body["schemas"] = []any{scim.GroupURN, scim.ADSCIMGroupURN}
	} else {
		body["members"] = []any{}
	}
	if err := fill(body, values); err != nil {
		return nil, err
	}
	return appendObject(nil, body, groupRank), nil
}

// Patch writes one operation for each path, in the order of the changes (W-57).
func (l legacy) Patch(changes []mapping.Change) ([]byte, error) {
	return l.patch(changes, func(a *mapping.Attribute) string { return a.Name })
}

func (legacy) patch(changes []mapping.Change, path func(*mapping.Attribute) string) ([]byte, error) {
	if len(changes) == 0 {
		return nil, errors.New("write PATCH: there is no change")
	}
	var operations []any
	for _, c := range withoutRepeats(changes) {
		if c.Attribute.Roles != mapping.NoRoles {
			operations = append(operations, roleOperation(c, false))
			continue
		}
		value, err := patched(c)
		if err != nil {
			return nil, err
		}
		operations = append(operations, operation(c.Op, path(c.Attribute), value))
	}
	return patchOp(operations...), nil
}

// Manager writes the id as a bare string (W-63, A-11).
func (legacy) Manager(op, path, targetID string) []byte {
	return patchOp(operation(op, path, targetID))
}

// AddMembers writes values alone, without $ref, display or type (W-69, A-10).
func (legacy) AddMembers(ids []string) []byte {
	return patchOp(operation(mapping.Add, "members", references(ids)))
}

// RemoveMembers removes by a value and not by a filtered path (W-70).
func (legacy) RemoveMembers(ids []string) []byte {
	return patchOp(operation("Remove", "members", references(ids)))
}

// ChecksReferences is false: the service knows what it wrote (W-18, W-20).
func (legacy) ChecksReferences() bool { return false }

func operation(op, path string, value any) map[string]any {
	return map[string]any{"op": op, "path": path, "value": value}
}

func references(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = map[string]any{"value": id}
	}
	return out
}

func patchOp(operations ...any) []byte {
	body := map[string]any{"schemas": []any{scim.PatchURN}, "Operations": operations}
	return appendObject(nil, body, patchRank)
}
