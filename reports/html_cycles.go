package reports

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// maxCycleRows is the maximum number of rows in the table of cycles.
const maxCycleRows = 200

// cycleRow is a row of the table of cycles: one cycle, or several consecutive quiet cycles.
type cycleRow struct {
	Name   string
	Kind   string
	Began  time.Time
	State  string
	Quiet  bool
	Counts CycleCounts
	Events []string
}

// cycleRows folds quiet cycles, and all cycles beyond maxCycleRows.
func cycleRows(cycles []Cycle) []cycleRow {
	var rows []cycleRow
	for from := 0; from < len(cycles); {
		to := from + 1
		for quiet(cycles[from]) && to < len(cycles) && quiet(cycles[to]) {
			to++
		}
		if len(rows) == maxCycleRows-1 {
			to = len(cycles)
		}
		rows = append(rows, foldCycles(cycles[from:to]))
		from = to
	}
	return rows
}

func quiet(c Cycle) bool {
	return c.Kind != CycleInitial && c.State == CycleSucceeded && c.Counts.Writes() == 0 && c.Counts.Failed == 0 && len(c.Events) == 0
}

func foldCycles(cycles []Cycle) cycleRow {
	first, last := cycles[0], cycles[len(cycles)-1]
	row := cycleRow{
		Name: strconv.Itoa(first.Number), Kind: first.Kind, Began: first.Began, State: first.State,
		Quiet: quiet(first), Counts: first.Counts, Events: first.Events,
	}
	if len(cycles) == 1 {
		return row
	}
	row.Name = fmt.Sprintf("%d–%d", first.Number, last.Number)
	for _, c := range cycles[1:] {
		row.Counts = row.Counts.plus(c.Counts)
		row.State = worse(row.State, c.State)
		row.Quiet = row.Quiet && quiet(c)
		row.Events = append(slices.Clip(row.Events), c.Events...)
	}
	return row
}

// worse returns the more urgent of two states.
func worse(a, b string) string {
	rank := func(state string) int {
		switch tone(state) {
		case "failed":
			return 3
		case "warned":
			return 2
		case "passed":
			return 0
		default:
			return 1
		}
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}
