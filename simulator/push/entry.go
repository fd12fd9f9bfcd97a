package push

import (
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// Action is what a client does to an object of the target.
type Action string

// The actions of clients.
const (
	Create  Action = "Create"
	Update  Action = "Update"
	Disable Action = "Disable"
	Enable  Action = "Enable"
	Delete  Action = "Delete"
	Linked  Action = "Link"
	Read    Action = "Read"
	Nothing Action = "Other"
)

// The outcomes of an entry.
const (
	Success  = "SUCCESS"
	Failure  = "FAILURE"
	Deferred = "DEFERRED"
	Skipped  = "SKIPPED"
)

// Entry is what a client logs of one operation.
type Entry struct {
	At       time.Time
	Event    string // in the client's own words
	Action   Action
	Outcome  string
	Reason   string
	Kind     directory.Kind
	SourceID string
	Name     string
	Target   string
	Status   int
	// Changed are the target paths that were written, and Members the members that were added or removed.
	Changed        []string
	Added, Removed []string
}
