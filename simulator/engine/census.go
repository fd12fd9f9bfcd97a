package engine

import (
	"cmp"
	"slices"

	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

// Census says how many users of the directory have an account in the target, and why the others
// have none.
type Census struct {
	Users, Provisioned int
	Left               []LeftOut // the most frequent reason first
}

// LeftOut is a reason and how many users it keeps from an active account.
type LeftOut struct {
	Why   string
	Users int
}

// take counts an object.
func (c *Census) take(e *cycle.Entry, k known) {
	if e.Object.Kind != directory.User || e.Object.Presence == directory.Deleted {
		return
	}
	c.Users++
	why := absence(e, k)
	if why == "" {
		c.Provisioned++
		return
	}
	i := slices.IndexFunc(c.Left, func(l LeftOut) bool { return l.Why == why })
	if i < 0 {
		i = len(c.Left)
		c.Left = append(c.Left, LeftOut{Why: why})
	}
	c.Left[i].Users++
}

// sort puts the most frequent reason first.
func (c *Census) sort() {
	slices.SortFunc(c.Left, func(a, b LeftOut) int { return cmp.Or(b.Users-a.Users, cmp.Compare(a.Why, b.Why)) })
}

// known is what the run knows of an object besides its own state.
type known struct {
	waits   string // the error code of an escrow
	failed  string // the error code of the last failure
	foreign bool   // the target has it, and it was not adopted
}

// absence is why a user has no active account, or empty.
func absence(e *cycle.Entry, k known) string {
	switch {
	case e.Scope.InScope && !e.Scope.IsSoftDeleted && e.Linked:
		return ""
	case e.Skip.Reason == provlog.ReasonNoMatchingValue:
		return "without a matching value"
	case e.Decision == cycle.DecideFail:
		return "with a mapping that cannot be evaluated"
	case e.Decision == cycle.DecideNothing, e.Skip.Reason == provlog.ReasonOtherMapping:
		return "excluded by a filter of the mapping"
	case e.Object.Presence == directory.SoftDeleted:
		return "in the recycle bin"
	case !e.Object.Enabled():
		return "disabled"
	case !e.Scope.Assigned, slices.Contains(e.Scope.Causes, provlog.CauseUnassigned):
		return "not assigned"
	case !e.Scope.Passes && e.Object.Properties["userType"] == "Guest":
		return "excluded as guests by a scoping filter"
	case !e.Scope.Passes:
		return "excluded by a scoping filter"
	case !e.Scope.InScope:
		return "without a role that counts"
	case k.waits != "":
		return failure(k.waits) + " and waiting for a retry"
	case k.failed != "":
		return "given up after 28 days, " + failure(k.failed)
	case k.foreign:
		return "in the target before the run and not adopted"
	case !e.Mapping.Flow.Add:
		return "not created because the action Create is off"
	}
	return "not created"
}

// failure is an error code in the words of a reason; the codes of duplicates have names of their own.
func failure(code string) string {
	switch code {
	case provlog.CodeDuplicateSource:
		return "duplicate of another user in the directory"
	case provlog.CodeDuplicateTarget, provlog.CodeSeveralEntries:
		return "found more than once in the target"
	case provlog.CodeEntryConflict, provlog.CodeIncompatibleFiltering:
		return "rejected as a duplicate (409)"
	}
	return "failed with " + code
}
