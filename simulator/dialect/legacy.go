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
func (l legacy) CreateUser(values []mapping.Value) ([]byte, error) {
	body := map[string]any{
		"schemas": []any{scim.UserURN, scim.EnterpriseURN},
		"meta":    map[string]any{"resourceType": "User"},
	}
	if err := l.fill(body, values); err != nil {
		return nil, err
	}
	if _, ok := body["roles"]; !ok {
		body["roles"] = []any{}
	}
	markRoles(body["roles"])
	return appendObject(make([]byte, 0, bodySize), body, userRank), nil
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
	if err := l.fill(body, values); err != nil {
		return nil, err
	}
	return appendObject(make([]byte, 0, bodySize), body, groupRank), nil
}

// Patch writes one operation for each path, in the order of the changes (W-57).
func (l legacy) Patch(changes []mapping.Change) ([]byte, error) {
	return l.patch(changes, func(a *mapping.Attribute) string { return a.Name })
}

func (l legacy) patch(changes []mapping.Change, path func(*mapping.Attribute) string) ([]byte, error) {
	if len(changes) == 0 {
		return nil, errors.New("write PATCH: no change to write")
	}
	var operations []any
	for _, c := range withoutRepeats(changes) {
		if c.Attribute.Roles != mapping.NoRoles {
			operations = append(operations, roleOperation(c, false))
			continue
		}
		if c.Op == mapping.Remove {
			operations = append(operations, removal(c.Op, path(c.Attribute)))
			continue
		}
		value, err := l.patched(c)
		if err != nil {
			return nil, err
		}
		operations = append(operations, operation(l.op(c), path(c.Attribute), value))
	}
	return patchOp(operations...), nil
}

// op is the operation of a change (W-51). The option ReplaceUnflagged is the other side of
// W-C11; a list is always added to (W-65).
func (l legacy) op(c mapping.Change) string {
	if l.options.ReplaceUnflagged && !c.Attribute.Multivalued {
		return mapping.Replace
	}
	return c.Op
}

// AddMembers writes values alone, without $ref, display or type (W-69, A-10).
func (l legacy) AddMembers(ids []string) []byte {
	return patchOp(operation(mapping.Add, "members", l.references(ids)))
}

// RemoveMembers removes by a value and not by a filtered path (W-70).
func (l legacy) RemoveMembers(ids []string) []byte {
	return patchOp(operation(mapping.Remove, "members", l.references(ids)))
}

// ChecksReferences is false: the service knows what it wrote (W-18, W-20).
func (l legacy) ChecksReferences() bool { return l.options.CheckReferences }

// operation is an operation of a PATCH, its members in order (W-58).
func operation(op, path string, value any) members {
	return members{{"op", op}, {"path", path}, {"value", value}}
}

func removal(op, path string) members {
	return members{{"op", op}, {"path", path}}
}

func (l legacy) references(ids []string) []any {
	out := make([]any, len(ids))
	for i, id := range ids {
		out[i] = members{{"value", id}}
		if l.options.MemberRef == NullRef {
			out[i] = members{{"$ref", nil}, {"value", id}}
		}
	}
	return out
}

// patchOp is the body of a PATCH, schemas before Operations (W-49).
func patchOp(operations ...any) []byte {
	return appendMembers(make([]byte, 0, bodySize), members{{"schemas", []any{scim.PatchURN}}, {"Operations", operations}})
}
