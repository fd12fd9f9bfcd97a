package diff

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// comparison is one under way.
type comparison struct {
	run, rec *side
	findings findings
	notes    []string
	pairs    []pair // of steps, in the order of the run
}

// Compare compares the requests of our engine with those that were recorded.
func Compare(run, rec []*recording.Request) *Result {
	hidden := slices.ContainsFunc(run, recording.Redacted) || slices.ContainsFunc(rec, recording.Redacted)
	c := &comparison{run: newSide(run, hidden), rec: newSide(rec, hidden)}
	c.compareObjects()
	c.compareProbes()
	c.compareFlags()
	c.compareHeaders()
	c.compareOrder()
	c.addNotes()
	if hidden {
		c.notes = append(c.notes, "What objects are matched by was redacted; they are told apart by externalId.")
	}
	return &Result{Run: c.run.facts(), Recording: c.rec.facts(), Differences: c.findings.sorted(), Notes: c.notes}
}
