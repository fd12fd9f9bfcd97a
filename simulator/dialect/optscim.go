package dialect

import (
	"errors"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// optscim is the form of a tenant URL with the flag aadOptscim062020 (W-74 to W-86, W-118).
// Creations look as without the flag.
type optscim struct{ legacy }

// Name is "optscim".
func (optscim) Name() string { return "optscim" }

// Patch writes one change with its path (W-75, W-79). Of several, those whose path holds a
// filter and lists come first, each with its path, and all others share one operation
// without a path (W-76 to W-78).
func (o optscim) Patch(changes []mapping.Change) ([]byte, error) {
	if len(changes) == 0 {
		return nil, errors.New("write PATCH: no change to write")
	}
	var operations []any
	var shared []mapping.Change
	changes = withoutRepeats(changes)
	for _, c := range changes {
		if c.Attribute.Roles != mapping.NoRoles {
			operations = append(operations, roleOperation(c, true))
			continue
		}
		if c.Op == mapping.Remove {
			operations = append(operations, removal("remove", c.Attribute.Name))
			continue
		}
		if len(changes) > 1 && !c.Attribute.Multivalued && c.Attribute.Path.FilterAttribute == "" {
			shared = append(shared, c)
			continue
		}
		value, err := typed(c)
		if err != nil {
			return nil, err
		}
		operations = append(operations, operation(o.op(c), c.Attribute.Name, value))
	}
	if len(shared) == 0 {
		return patchOp(operations...), nil
	}
	last, err := o.pathless(shared)
	if err != nil {
		return nil, err
	}
	return patchOp(append(operations, last)...), nil
}

// pathless is the operation whose value is an object of dotted names and URNs (W-77). It
// adds when the target has none of the attributes, else it replaces.
func (o optscim) pathless(changes []mapping.Change) (any, error) {
	op := "add"
	values := make(members, len(changes))
	for i, c := range changes {
		value, err := typed(c)
		if err != nil {
			return nil, err
		}
		if o.op(c) == "replace" {
			op = "replace"
		}
		values[i] = member{c.Attribute.Name, value}
	}
	return members{{"op", op}, {"value", values}}, nil
}

// op is the operation of a change in lower case (W-74). The option ReplaceAlways is the
// other side of W-C7; a list is always added to (W-65).
func (o optscim) op(c mapping.Change) string {
	if o.options.ReplaceAlways && !c.Attribute.Multivalued {
		return "replace"
	}
	return strings.ToLower(c.Op)
}

// AddMembers adds by the documents (W-83), or replaces with the new members alone, which
// one log shows (W-84).
func (o optscim) AddMembers(ids []string) []byte {
	op := "add"
	if o.options.MemberReplace {
		op = "replace"
	}
	return patchOp(operation(op, "members", o.references(ids)))
}

// RemoveMembers removes each member by a path with a filter and without a value (W-82).
func (optscim) RemoveMembers(ids []string) []byte {
	operations := make([]any, len(ids))
	for i, id := range ids {
		path := append(appendString([]byte("members[value eq "), id), ']')
		operations[i] = removal("remove", string(path))
	}
	return patchOp(operations...)
}

// typed is a value as it stands in a PATCH with the flag: a Boolean is a JSON Boolean
// (W-75), unless a mapping made something else of it.
func typed(c mapping.Change) (any, error) {
	if c.Attribute.Type == "Boolean" && !c.Attribute.Multivalued {
		if b, ok := boolean(c.New.Text()); ok {
			return b, nil
		}
	}
	return plain(c.Attribute, c.New)
}
