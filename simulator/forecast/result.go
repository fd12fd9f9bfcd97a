package forecast

import "github.com/scimdrill/scimdrill/simulator/plan"

// The files of a plan, in Config.Out of the run. They have names of their own, so that a plan never
// looks like a run and never touches what a run left.
const (
	File          = "plan.json"
	LogFile       = "plan-log.jsonl"
	ExchangesFile = "plan-exchanges.har"
)

// Samples is how many entries of each group a Result holds.
const Samples = 10

// Result is a plan as it is shown: the document, and the first entries of each group.
// All entries are in File.
type Result struct {
	plan.Document

	Groups map[Group]*Sample
}

// Group is what entries are shown under: an action and "User" or "Group".
type Group struct {
	Action plan.Action
	Type   string
}

// Sample is how many entries a group has, and the first of them.
type Sample struct {
	Total   int
	Entries []plan.Entry
}

func (f *Result) add(e *plan.Entry) {
	f.Counts.Add(e)
	key := Group{e.Action, e.Object.Type}
	g := f.Groups[key]
	if g == nil {
		g = &Sample{}
		f.Groups[key] = g
	}
	g.Total++
	if len(g.Entries) < Samples {
		g.Entries = append(g.Entries, *e)
	}
}
