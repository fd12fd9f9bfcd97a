package reports

import (
	"cmp"
	"slices"
)

// Trend is how a check or a cause of a report differs from an earlier report.
type Trend string

// The trends, those that need action first.
const (
	// TrendWorse means that the outcome is more urgent than before, or that another cause appeared.
	TrendWorse Trend = "worse"
	// TrendNew means that a finding or a cause was not in the earlier report.
	TrendNew Trend = "new"
	// TrendBetter means that the outcome is less urgent than before.
	TrendBetter Trend = "better"
	// TrendGone means that a check or a cause is not in the later report.
	TrendGone Trend = "gone"
)

// Comparison is what changed between two reports.
type Comparison struct {
	Old, New *Report
	Checks   []CheckChange
	Causes   []CauseChange
	// Same is the number of checks with the same outcome.
	Same int
}

// CheckChange is a check that changed. Was or Is is "" if the check is not in that report.
type CheckChange struct {
	Trend   Trend
	Key     string
	Title   string
	Was, Is Outcome
	// OtherCause reports that the finding now has another cause.
	OtherCause bool
	// Known reports that an expectations file or a baseline allows what was found.
	Known bool

	id string // of the check, without its subject
}

// CauseChange is a cause that changed, with the number of its checks in each report.
type CauseChange struct {
	Trend   Trend
	Key     string
	Title   string
	Was, Is int
}

// Compare lists what changed from the old report to the new one, by check and by cause. A known
// finding counts as what was found, but it never makes a report worse.
func Compare(old, later *Report) *Comparison {
	c := &Comparison{Old: old, New: later}
	c.checks(section(old), section(later))
	c.causes(section(old), section(later))
	slices.SortStableFunc(c.Checks, func(a, b CheckChange) int {
		return cmp.Or(cmp.Compare(a.Trend.order(), b.Trend.order()), cmp.Compare(b.Is.row().rank, a.Is.row().rank), cmp.Compare(a.Key, b.Key))
	})
	slices.SortStableFunc(c.Causes, func(a, b CauseChange) int {
		return cmp.Or(cmp.Compare(a.Trend.order(), b.Trend.order()), cmp.Compare(b.Is, a.Is), cmp.Compare(a.Key, b.Key))
	})
	return c
}

// Worse reports whether anything is worse, or whether there is a new finding.
func (c *Comparison) Worse() bool {
	return slices.ContainsFunc(c.Checks, func(k CheckChange) bool { return k.Trend == TrendWorse || k.Trend == TrendNew })
}

// Count returns the number of checks with a change.
func (c *Comparison) Count(trend Trend) int {
	n := 0
	for _, k := range c.Checks {
		if k.Trend == trend {
			n++
		}
	}
	return n
}

// trends lists all trends, those that need action first.
func trends() []Trend { return []Trend{TrendWorse, TrendNew, TrendBetter, TrendGone} }

func (t Trend) order() int { return slices.Index(trends(), t) }

func section(r *Report) *Conformance {
	if r == nil || r.Conformance == nil {
		return &Conformance{}
	}
	return r.Conformance
}

// found returns the outcome, or what was found if it is known.
func (c Check) found() Outcome {
	if c.Known() {
		return c.Accepted.Found
	}
	return c.Outcome
}

func (c *Comparison) checks(old, later *Conformance) {
	before, after := entriesOf(old.Checks), entriesOf(later.Checks)
	for _, check := range later.Checks {
		was, there := before.like(check)
		if !there && check.Outcome == Passed && len(before.of[check.ID]) > 0 {
			continue // its subjects are listed
		}
		switch k, changed := changeOf(was, check, there); {
		case changed:
			c.Checks = append(c.Checks, k)
		case there:
			c.Same++
		}
	}
	for _, check := range old.Checks {
		if _, same := after.byKey[check.Key()]; same {
			continue
		}
		is, there := after.like(check)
		switch {
		case there:
			if k, changed := changeOf(check, is, true); changed {
				c.Checks = append(c.Checks, k)
			}
		case check.Subject == "" && len(after.of[check.ID]) > 0: // its subjects are listed
		default:
			c.Checks = append(c.Checks, CheckChange{Trend: TrendGone, Key: check.Key(), Title: check.Title, Was: check.found(), id: check.ID})
		}
	}
}

// entries are the checks of a report. A check that judges several subjects has one entry if all
// passed, and otherwise one for each subject that did not.
type entries struct {
	byKey map[string]Check
	of    map[string][]Check
}

func entriesOf(checks []Check) entries {
	e := entries{map[string]Check{}, map[string][]Check{}}
	for _, check := range checks {
		e.byKey[check.Key()] = check
		e.of[check.ID] = append(e.of[check.ID], check)
	}
	return e
}

// like returns the entry of a check. A subject without one has the outcome of its check, or passed
// if only others have one.
func (e entries) like(check Check) (Check, bool) {
	if same, there := e.byKey[check.Key()]; there {
		return same, true
	}
	if check.Subject == "" || len(e.of[check.ID]) == 0 {
		return Check{}, false
	}
	is := Check{ID: check.ID, Subject: check.Subject, Title: check.Title, Outcome: Passed}
	if whole, there := e.byKey[check.ID]; there {
		is.Outcome, is.Accepted, is.Cause = whole.Outcome, whole.Accepted, whole.Cause
	}
	return is, true
}

// changeOf compares a check with itself in the earlier report. There is false if it was not in it.
func changeOf(was, is Check, there bool) (CheckChange, bool) {
	k := CheckChange{Key: is.Key(), Title: is.Title, id: is.ID, Is: is.found(), Known: is.Outcome == Skipped && is.Accepted != nil}
	if !there {
		k.Trend = TrendNew
		return k, is.Outcome.Finding() || is.Outcome == Blocked
	}
	k.Was = was.found()
	k.OtherCause = k.Is.Finding() && k.Was.Finding() && was.Cause != is.Cause
	switch order := cmp.Compare(k.Is.row().rank, k.Was.row().rank); {
	case order > 0 && !k.Known, order == 0 && k.OtherCause && !k.Known:
		k.Trend = TrendWorse
	case order < 0:
		k.Trend = TrendBetter
	default:
		return k, false
	}
	return k, true
}

func (c *Comparison) causes(old, later *Conformance) {
	before := map[string]Cause{}
	for _, cause := range old.Causes {
		before[cause.Key] = cause
	}
	size := func(cause Cause) int { return len(cause.Checks) + len(cause.Blocked) }
	for _, cause := range later.Causes {
		was, there := before[cause.Key]
		delete(before, cause.Key)
		k := CauseChange{Trend: TrendWorse, Key: cause.Key, Title: cause.Title, Was: size(was), Is: size(cause)}
		switch {
		case !there:
			k.Trend = TrendNew
		case k.Is == k.Was:
			continue
		case k.Is < k.Was:
			k.Trend = TrendBetter
		}
		c.Causes = append(c.Causes, k)
	}
	for _, cause := range old.Causes {
		if _, left := before[cause.Key]; left {
			c.Causes = append(c.Causes, CauseChange{Trend: TrendGone, Key: cause.Key, Title: cause.Title, Was: size(cause)})
		}
	}
}
