package diff

import (
	"slices"

	"github.com/scimdrill/scimdrill/simulator/recording"
)

// comparison is a comparison in progress.
type comparison struct {
	run, rec *side
	findings findings
	notes    []string
	pairs    []pair // of steps, in the order of the run
}

// Compare compares the requests of our engine with recorded ones.
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
		c.notes = append(c.notes, "The matching values are redacted; objects are identified by externalId.")
	}
	return &Result{Run: c.run.facts(), Recording: c.rec.facts(), Differences: c.findings.sorted(), Notes: c.notes}
}
