package reports

import (
	"cmp"
	"maps"
	"slices"
)

// Worst returns the run with the most findings of several runs of the same checks, with the checks
// whose outcomes differ between them.
func Worst(runs ...*Conformance) *Conformance {
	if len(runs) == 0 {
		return nil
	}
	worst := *slices.MaxFunc(runs, func(a, b *Conformance) int {
		return cmp.Or(cmp.Compare(a.Summary.Failed, b.Summary.Failed), cmp.Compare(a.Summary.Errored, b.Summary.Errored),
			cmp.Compare(a.Summary.Warned, b.Summary.Warned), cmp.Compare(a.Summary.Blocked, b.Summary.Blocked))
	})
	outcomes := map[string][]Outcome{}
	for i, run := range runs {
		for _, c := range run.Checks {
			if outcomes[c.Key()] == nil {
				outcomes[c.Key()] = slices.Repeat([]Outcome{Passed}, len(runs)) // a subject without a finding has no entry
			}
			outcomes[c.Key()][i] = c.Outcome
		}
	}
	worst.Unsteady = nil
	for _, key := range slices.Sorted(maps.Keys(outcomes)) {
		if list := outcomes[key]; len(slices.Compact(slices.Clone(list))) > 1 {
			worst.Unsteady = append(worst.Unsteady, Unsteady{Check: key, Outcomes: list})
		}
	}
	tables := make([][]Table, len(runs))
	for i, run := range runs {
		tables[i] = run.Tables
	}
	worst.Tables = worstTables(tables...)
	return &worst
}
