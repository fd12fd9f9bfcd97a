package dialect

import (
	"fmt"

	"github.com/scimdrill/scimdrill/simulator/mapping"
)

// Dialect writes request bodies. Implementations are safe for concurrent use.
type Dialect interface {
	// Name is the name that New takes.
	Name() string
	// CreateUser writes the body of POST /Users from what mapping.Create kept (W-29 to W-41).
	CreateUser(values []mapping.Value) ([]byte, error)
	// CreateGroup writes the body of POST /Groups, without members (W-42 to W-45).
	CreateGroup(values []mapping.Value) ([]byte, error)
	// Patch writes the one PATCH that carries all changes of an object (W-50).
	Patch(changes []mapping.Change) ([]byte, error)
	// Manager writes the PATCH that sets a manager; op is Add or Replace, path the mapped
	// attribute, targetID the manager's id in the target (W-63).
	Manager(op, path, targetID string) []byte
	// AddMembers writes the PATCH that adds members by their target ids (W-69).
	AddMembers(ids []string) []byte
	// RemoveMembers writes the PATCH that removes members by their target ids (W-70).
	RemoveMembers(ids []string) []byte
}

// Options are documented choices inside a dialect; the zero value is the recommended one.
type Options struct {
	// ADSCIMGroup creates groups in the documented form: with Microsoft's second schema and
	// without an empty list of members (E-152, W-43).
	ADSCIMGroup bool
}

// New gives the dialect of a name.
func New(name string, o Options) (Dialect, error) {
	switch name {
	case "legacy":
		return legacy{o}, nil
	case "optscim", "customappsso":
		return nil, fmt.Errorf("the dialect %q is not built yet; use legacy", name)
	}
	return nil, fmt.Errorf("there is no dialect %q; known is legacy, and planned are optscim and customappsso", name)
}
