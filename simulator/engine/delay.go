package engine

import (
	"cmp"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// delayed moves assignments to the instant at which they reach the service (E-48).
func delayed(changes []directory.Change, delay time.Duration) []directory.Change {
	if delay == 0 {
		return changes
	}
	out := slices.Clone(changes)
	for i := range out {
		if out[i].Type == "appRoleAssignment" {
			out[i].At += delay
		}
	}
	slices.SortStableFunc(out, func(a, b directory.Change) int { return cmp.Compare(a.At, b.At) })
	return out
}
