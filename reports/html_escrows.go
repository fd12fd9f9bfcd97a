package reports

import (
	"slices"
	"time"
)

// escrowGroup contains the escrows with the same error.
type escrowGroup struct {
	Error   errorText
	Count   int
	Objects []escrowObject
}

// escrowObject is an object with all its escrows of one error.
type escrowObject struct {
	Type, Name  string
	Count       int
	Since       time.Time
	Attempts    int
	NextAttempt time.Time
}

// escrowGroups groups escrows by their error, the most frequent first.
func escrowGroups(escrows []Escrow) []escrowGroup {
	var groups []escrowGroup
	index := map[string]int{}
	for _, e := range escrows {
		i, known := index[e.Error]
		if !known {
			i = len(groups)
			index[e.Error] = i
			groups = append(groups, escrowGroup{Error: explain(e.Error, e.Failure)})
		}
		groups[i].add(e)
	}
	slices.SortStableFunc(groups, func(a, b escrowGroup) int { return b.Count - a.Count })
	return groups
}

func (g *escrowGroup) add(e Escrow) {
	g.Count++
	o := escrowObject{e.ObjectType, e.SourceName, 1, e.Since, e.Attempts, e.NextAttempt}
	if o.Name == "" {
		o.Name = e.SourceID
	}
	for i := range g.Objects {
		have := &g.Objects[i]
		if have.Type != o.Type || have.Name != o.Name {
			continue
		}
		have.Count++
		have.Attempts = max(have.Attempts, o.Attempts)
		if o.Since.Before(have.Since) {
			have.Since = o.Since
		}
		if !o.NextAttempt.IsZero() && (have.NextAttempt.IsZero() || o.NextAttempt.Before(have.NextAttempt)) {
			have.NextAttempt = o.NextAttempt
		}
		return
	}
	g.Objects = append(g.Objects, o)
}

// trouble is an expectation of the simulation that was not met.
type trouble struct {
	Expectation

	Link, LinkText string
}

func troubles(s *Simulation) []trouble {
	var list []trouble
	for i, e := range s.judged() {
		if e.Outcome != Failed && e.Outcome != Errored {
			continue
		}
		t := trouble{Expectation: e, Link: "expectations", LinkText: "all expectations"}
		for k, job := range jobViews(s) {
			switch first := k * len(job.ending("")); {
			case i == first+1 && len(job.Escrows) > 0:
				t.Link, t.LinkText = "escrows"+job.Suffix, "objects waiting for a retry"
			case i == first+2 && len(job.Quarantines) > 0:
				t.Link, t.LinkText = "quarantine"+job.Suffix, "the quarantine"
			}
		}
		if e.Title == endStateTitle && len(s.EndState.Differences) > 0 {
			t.Link, t.LinkText = "end-state", "all differences"
		}
		list = append(list, t)
	}
	return list
}
