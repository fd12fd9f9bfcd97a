package dialect

import (
	"github.com/scimdrill/scimdrill/reports/nearest"
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
	// ClearsManagers says that a manager which is gone in the source is taken away (W-64, A-56).
	ClearsManagers() bool
	// ClearManager writes the PATCH that takes a manager away; targetID is the manager that the
	// target returned (W-64).
	ClearManager(path, targetID string) []byte
	// AddMembers writes the PATCH that adds members by their target ids (W-69).
	AddMembers(ids []string) []byte
	// RemoveMembers writes the PATCH that removes members by their target ids (W-70).
	RemoveMembers(ids []string) []byte
	// ChecksReferences says that a query asks whether a reference is there before it is
	// written (W-20, W-21).
	ChecksReferences() bool
}

// Options are documented choices inside a dialect; the zero value is the recommended one.
type Options struct {
	// ADSCIMGroup creates groups in the documented form: with Microsoft's second schema and
	// without an empty list of members (E-152, W-43).
	ADSCIMGroup bool
	// ReplaceAlways writes replace also where the target has no value, with the flag (W-C7).
	ReplaceAlways bool
	// MemberReplace adds members by a replace that names the new ones alone, with the flag (W-84, W-C8).
	MemberReplace bool
	// ReplaceUnflagged writes Replace also where the target has no value, without the flag (W-C11).
	ReplaceUnflagged bool
	// PatchBooleans writes Booleans of a PATCH without the flag as JSON Booleans (A-10, A-42, W-C1).
	PatchBooleans bool
	// PostStrings writes Booleans of a POST as the strings of the mapping (A-42, W-33).
	PostStrings bool
	// PostNulls writes null in a POST where a mapping gives no value (W-C16).
	PostNulls bool
	// MemberRef says whether "$ref": null stands beside the value of a member (A-10, W-C10).
	MemberRef MemberRef
	// ManagerForm is how the manager is written; customappsso has the list always (A-11, W-C5).
	ManagerForm ManagerForm
	// ManagerGone is how a manager is taken away (W-64).
	ManagerGone ManagerGone
	// CheckReferences asks by a query before a reference is written, in every dialect (E-136, A-11).
	CheckReferences bool
	// Base is the tenant URL without its query, for the URLs inside old references.
	Base string
}

// Names lists the dialects.
func Names() []string { return []string{"legacy", "optscim", "customappsso"} }

// New gives the dialect of a name.
func New(name string, o Options) (Dialect, error) {
	switch name {
	case "legacy":
		return legacy{o}, nil
	case "optscim":
		return optscim{legacy{o}}, nil
	case "customappsso":
		return customappsso{legacy{o}}, nil
	}
	return nil, nearest.Unknown("dialect", name, Names(), "")
}
