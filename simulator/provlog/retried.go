package provlog

import (
	"strconv"
	"time"
)

// Retrial is an operation that failed before and is tried again, as facts (E-315, A-52).
type Retrial struct {
	// Num is how often it was tried again before.
	Num int
	// First is the time of the first failure, and Due the time from which it may be tried again.
	First, Due time.Time
	// ID is the object in the source.
	ID string
	// Action is what the operation is for.
	Action Action
}

// Retried is the only step of a retry before its export: the service names the operation that
// it kept, and neither imports, scopes nor matches the object again in its log.
func (s *Subject) Retried(r *Retrial) Step {
	modification := "Update"
	switch r.Action {
	case Create:
		modification = "Add"
	case Delete:
		modification = "Delete"
	case Update, Disable, StagedDelete, Other:
	}
	return Step{
		Name: EntryEscrowRetry, Type: Import, Status: Success,
		Description: "We are retrying an operation that previously failed.\r\nIdentifier: " + s.ID + "\r\nObject type: " + s.Kind + "\r\nDirectory: " + s.Source,
		Details: Details{
			{Key: "CountProcessed", Value: strconv.Itoa(r.Num)},
			{Key: "CreationTime", Value: ticks(r.First)},
			{Key: "Identifier", Value: r.ID},
			{Key: "ModificationType", Value: modification},
			{Key: "NextAttempt", Value: r.Due.UTC().Format("1/2/2006 3:04:05 PM")},
			{Key: "Origin", Value: "Source"},
			{Key: "TypeName", Value: "EscrowedEntryDefault"},
		},
	}
}

// ticks is an instant with seven digits behind the second, as .NET prints it (E-239).
func ticks(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.0000000Z") }
