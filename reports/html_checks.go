package reports

import (
	"cmp"
	"fmt"
	"slices"
)

// checkView is a check in the form that the page shows.
type checkView struct {
	Check

	Anchor  string
	Open    bool
	Versus  versus
	Lines   []diffLine
	Sent    []exchangeView
	Wall    *wall  // what blocks the check
	Seconds string // its duration
	Explain string // the command that prints its documentation
}

// wall is the cause that blocks a check.
type wall struct{ Anchor, Title string }

// exchangeView is an exchange with its path relative to the target.
type exchangeView struct {
	Exchange

	Number int
	Path   string
	Tone   string
	Open   bool
}

// checkViews sorts findings first, then blocked and skipped checks, then passed checks. The first
// finding is open.
func checkViews(r *Report) []checkView {
	target, durations := r.Target.URL, r.Timing.byCheck()
	walls := map[string]*wall{}
	for i, cause := range r.Conformance.Causes {
		walls[cause.Key] = &wall{causeAnchor(i), cause.Title}
	}
	sorted := slices.Clone(r.Conformance.Checks)
	slices.SortStableFunc(sorted, func(a, b Check) int { return cmp.Compare(b.Outcome.row().rank, a.Outcome.row().rank) })
	views := make([]checkView, len(sorted))
	for i, c := range sorted {
		v := checkView{Check: c, Anchor: anchor(c.Key()), Open: i == 0 && c.Outcome.Finding(), Explain: c.explain()}
		if c.Outcome.Finding() {
			v.Versus, v.Lines = compareTexts(c.Expected, c.Actual), differenceLines(c)
		}
		if c.Outcome == Blocked {
			v.Wall = walls[c.BlockedBy]
		}
		if seconds, ok := durations[c.Key()]; ok {
			v.Seconds = fmt.Sprintf("%.2f s", seconds)
		}
		for n, e := range c.Exchanges {
			v.Sent = append(v.Sent, exchangeView{e, n + 1, shortURL(e.URL, target), exchangeTone(e), n == len(c.Exchanges)-1 && c.Outcome.Finding()})
		}
		views[i] = v
	}
	return views
}

func exchangeTone(e Exchange) string {
	switch {
	case e.Status == 0:
		return "errored"
	case e.Status < 400:
		return "passed"
	case e.Status < 500:
		return "warned"
	default:
		return "failed"
	}
}

// distinct returns the distinct values of checks, sorted.
func distinct(checks []Check, value func(Check) string) []string {
	var all []string
	for _, c := range checks {
		if v := value(c); v != "" {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
