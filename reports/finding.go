package reports

import (
	"cmp"
	"slices"
)

// findings returns the checks that need action, most urgent first. Checks of equal urgency keep
// their order.
func findings(checks []Check) []Check {
	var found []Check
	for _, c := range checks {
		if c.Outcome.Finding() {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b Check) int {
		return cmp.Compare(b.Outcome.row().rank, a.Outcome.row().rank)
	})
	return found
}
