package dialect

import (
	"strconv"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// ManagerForm is how the value of a manager looks (A-11, W-C5).
type ManagerForm uint8

// The forms of a manager.
const (
	ManagerID     ManagerForm = iota // the id as a bare string (W-63)
	ManagerList                      // at the path manager, a list of one reference with its URL (E-136)
	ManagerObject                    // an object with the id as its value, as the validator writes it (W-V11)
)

// ManagerGone is how a manager that is gone is taken out of the target (W-64). With the flag the
// service removes the manager that the target returned; the other forms are those of Microsoft's
// test tools and of RFC 7644.
type ManagerGone uint8

// The ways to take a manager away.
const (
	ManagerByDialect   ManagerGone = iota // with the flag ManagerFilter, else ManagerKept
	ManagerKept                           // nothing is sent
	ManagerFilter                         // a removal of the value, at the path manager
	ManagerFilterURN                      // the same, at the whole path
	ManagerEmpty                          // an empty string
	ManagerEmptyObject                    // an object with an empty value
	ManagerRemove                         // a removal of the path
)

// manager writes one of the forms; op is spelled as the dialect spells it.
func (o Options) manager(form ManagerForm, op, path, targetID string) []byte {
	switch form {
	case ManagerList:
		ref := members{{"$ref", o.Base + "/Users/" + targetID}, {"value", targetID}}
		return patchOp(operation(op, "manager", []any{ref}))
	case ManagerObject:
		return patchOp(operation(op, path, map[string]any{"value": targetID}))
	case ManagerID:
	}
	return patchOp(operation(op, path, targetID))
}

// clearManager takes a manager away; spell turns an operation into the dialect's case.
func (o Options) clearManager(path, targetID string, spell func(string) string) []byte {
	value := `[value eq ` + strconv.Quote(targetID) + `]`
	switch o.ManagerGone {
	case ManagerByDialect, ManagerFilter, ManagerKept:
		return patchOp(removal(spell(mapping.Remove), "manager"+value))
	case ManagerFilterURN:
		return patchOp(removal(spell(mapping.Remove), path+value))
	case ManagerEmptyObject:
		return patchOp(operation(spell(mapping.Replace), path, map[string]any{"value": ""}))
	case ManagerRemove:
		return patchOp(removal(spell(mapping.Remove), path))
	case ManagerEmpty:
	}
	return patchOp(operation(spell(mapping.Replace), path, ""))
}

// Manager writes the id as a bare string (W-63, A-11).
func (l legacy) Manager(op, path, targetID string) []byte {
	return l.options.manager(l.options.ManagerForm, op, path, targetID)
}

// ClearsManagers is false where no option says otherwise (W-64).
func (l legacy) ClearsManagers() bool { return l.options.ManagerGone > ManagerKept }

// ClearsManagers is true: the service removes a manager with the flag (W-64, A-56).
func (o optscim) ClearsManagers() bool { return o.options.ManagerGone != ManagerKept }

// ClearManager takes a manager away (W-64).
func (l legacy) ClearManager(path, targetID string) []byte {
	return l.options.clearManager(path, targetID, func(op string) string { return op })
}

// Manager writes the id as a bare string (W-80).
func (o optscim) Manager(op, path, targetID string) []byte {
	return o.legacy.Manager(strings.ToLower(op), path, targetID)
}

// ClearManager takes a manager away (W-64).
func (o optscim) ClearManager(path, targetID string) []byte {
	return o.options.clearManager(path, targetID, strings.ToLower)
}

// Manager writes a list of one reference with its URL (W-C5).
func (c customappsso) Manager(op, path, targetID string) []byte {
	return c.options.manager(ManagerList, op, path, targetID)
}
