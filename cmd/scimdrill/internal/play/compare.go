package play

import (
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
)

// maxDifferences is how many differences are printed; the file has all of them.
const maxDifferences = 20

// Compare holds the run against its plan: an expectation of the report.
func (p *Played) Compare() (*reports.Expectation, error) {
	expected, path := p.s.expected, filepath.Join(p.s.cfg.Out, planDifferences)
	if err := runs.RemoveIfThere(path); err != nil {
		return nil, exit.Unwritten(err)
	}
	if expected == nil {
		return nil, nil //nolint:nilnil // nothing was expected
	}
	list, err := p.s.watch.Unplanned(p.Result, expected)
	if err != nil {
		return nil, exit.Broken("", "compare with the plan: %w", err)
	}
	e := &reports.Expectation{
		Title: fmt.Sprintf("Cycle %d matches the plan", expected.Cycle.Number), Expected: entriesText(len(expected.Entries)) + " as planned",
		Actual: entriesText(len(expected.Entries)) + " as planned", Outcome: reports.Passed,
	}
	if len(list) == 0 {
		p.s.Say("as planned: cycle %d matches the plan, %s", expected.Cycle.Number, entriesText(len(expected.Entries)))
		return e, nil
	}
	e.Outcome, e.Actual = reports.Failed, console.Counted(len(list), "difference")+" in "+planDifferences
	for _, d := range list[:min(len(list), maxDifferences)] {
		p.s.Say("%s", d)
	}
	if more := len(list) - maxDifferences; more > 0 {
		p.s.Say("… and %d more in %s", more, path)
	}
	return e, runs.WriteJSON(path, list)
}

func entriesText(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return console.Grouped(int64(n)) + " entries"
}
