package reports

import (
	"cmp"
	"slices"
)

// Summary counts checks.
type Summary struct {
	Counts
	Levels []LevelCounts `json:"levels,omitempty"`
}

// LevelCounts counts the checks of one level.
type LevelCounts struct {
	Level string `json:"level"`
	Counts
}

// Counts counts checks by outcome.
type Counts struct {
	Total   int `json:"total"`
	Passed  int `json:"passed"`
	Warned  int `json:"warned"`
	Failed  int `json:"failed"`
	Skipped int `json:"skipped"`
	Errored int `json:"errored"`
	Blocked int `json:"blocked,omitempty"`
	// Known is the number of findings that an expectations file allows. They are part of Skipped.
	Known int `json:"known,omitempty"`
}

// Summarize counts checks by outcome and level. Levels are sorted by name.
func Summarize(checks []Check) Summary {
	var s Summary
	for _, c := range checks {
		s.add(c)
		i := slices.IndexFunc(s.Levels, func(l LevelCounts) bool { return l.Level == c.Level })
		if i < 0 {
			i = len(s.Levels)
			s.Levels = append(s.Levels, LevelCounts{Level: c.Level})
		}
		s.Levels[i].add(c)
	}
	slices.SortFunc(s.Levels, func(a, b LevelCounts) int { return cmp.Compare(a.Level, b.Level) })
	return s
}

func (c *Counts) add(check Check) {
	c.Total++
	if n := c.of(check.Outcome); n != nil {
		*n++
	}
	if check.Known() {
		c.Known++
	}
}

// of returns the count for one outcome, or nil.
func (c *Counts) of(o Outcome) *int {
	switch o {
	case Passed:
		return &c.Passed
	case Warned:
		return &c.Warned
	case Failed:
		return &c.Failed
	case Skipped:
		return &c.Skipped
	case Errored:
		return &c.Errored
	case Blocked:
		return &c.Blocked
	default:
		return nil
	}
}

// Of returns the count for one outcome.
func (c Counts) Of(o Outcome) int {
	if n := c.of(o); n != nil {
		return *n
	}
	return 0
}

// Findings returns the number of checks that need action: failed, warned and errored.
func (c Counts) Findings() int { return c.Failed + c.Warned + c.Errored }
