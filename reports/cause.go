package reports

import (
	"cmp"
	"slices"
)

// Summarize counts checks by outcome and level. Levels are sorted by name.
func Summarize(checks []Check) Summary {
	var s Summary
	for _, c := range checks {
		s.add(c.Outcome)
		i := slices.IndexFunc(s.Levels, func(l LevelCounts) bool { return l.Level == c.Level })
		if i < 0 {
			i = len(s.Levels)
			s.Levels = append(s.Levels, LevelCounts{Level: c.Level})
		}
		s.Levels[i].add(c.Outcome)
	}
	slices.SortFunc(s.Levels, func(a, b LevelCounts) int { return cmp.Compare(a.Level, b.Level) })
	return s
}

func (c *Counts) add(o Outcome) {
	c.Total++
	switch o {
	case Passed:
		c.Passed++
	case Warned:
		c.Warned++
	case Failed:
		c.Failed++
	case Skipped:
		c.Skipped++
	case Errored:
		c.Errored++
	}
}

// Of returns the count for one outcome.
func (c Counts) Of(o Outcome) int {
	switch o {
	case Passed:
		return c.Passed
	case Warned:
		return c.Warned
	case Failed:
		return c.Failed
	case Skipped:
		return c.Skipped
	case Errored:
		return c.Errored
	default:
		return 0
	}
}

// Findings returns the number of checks that need action: failed, warned and errored.
func (c Counts) Findings() int { return c.Failed + c.Warned + c.Errored }

// GroupByCause groups the findings among checks by cause. The cause with the most findings
// of the most urgent outcome comes first. A finding without a cause key is its own cause.
// describe returns title and fix for a key. If it is nil or returns "", GroupByCause uses
// id, title and fix of the first check.
func GroupByCause(checks []Check, describe func(key string) (title, fix string)) []Cause {
	type group struct {
		cause        Cause
		rank, urgent int
	}
	var groups []*group
	for _, c := range checks {
		if !c.Outcome.Finding() {
			continue
		}
		key := cmp.Or(c.Cause, c.Key())
		i := slices.IndexFunc(groups, func(g *group) bool { return g.cause.Key == key })
		if i < 0 {
			i = len(groups)
			g := &group{cause: Cause{Key: key, Title: c.ID + ": " + c.Title}}
			if describe != nil {
				title, fix := describe(key)
				g.cause.Title, g.cause.Fix = cmp.Or(title, g.cause.Title), fix
			}
			groups = append(groups, g)
		}
		g, rank := groups[i], c.Outcome.row().rank
		g.cause.Checks = append(g.cause.Checks, c.Key())
		g.cause.Fix = cmp.Or(g.cause.Fix, c.Fix)
		switch {
		case rank > g.rank:
			g.rank, g.urgent = rank, 1
		case rank == g.rank:
			g.urgent++
		}
	}
	slices.SortStableFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.urgent, a.urgent), cmp.Compare(a.cause.Key, b.cause.Key))
	})
	causes := make([]Cause, len(groups))
	for i, g := range groups {
		causes[i] = g.cause
	}
	return causes
}
