package profiles

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

// Table decides the rows by the checks of a run, and by facts that the caller knows and no check can
// see, such as the kind of credentials: their verdict and reason.
func (p Profile) Table(checks []reports.Check, facts map[string]reports.TableRow) reports.Table {
	t := reports.Table{Profile: p.Name, Title: p.Title, Note: p.Note, Source: p.Source.Ref, URL: p.Source.URL, Date: p.Date}
	for _, r := range p.Rows {
		row := reports.TableRow{Name: r.Name, Kind: r.Kind, Note: r.Note}
		for _, id := range r.Checks {
			row.Checks = append(row.Checks, string(id))
			if c, ok := suites.Lookup(id); ok && c.Rule != "" && !slices.Contains(row.Rules, c.Rule) {
				row.Rules = append(row.Rules, c.Rule)
			}
		}
		fact, known := facts[r.Fact]
		switch {
		case r.Fact != "" && known:
			row.Verdict, row.Why = fact.Verdict, fact.Why
		case len(r.Checks) == 0:
			row.Verdict, row.Why = reports.RowOpen, cmp.Or(r.Open, "not known to this run")
		default:
			row.Verdict, row.Why = p.decide(r, checks)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// decide is the verdict of checks on a row: the worst of them, or the best one of a row that asks
// for any.
func (p Profile) decide(r Row, checks []reports.Check) (reports.RowVerdict, string) {
	verdicts := map[reports.RowVerdict][]string{}
	for _, id := range r.Checks {
		v, why := p.said(id, r.Subject, checks)
		verdicts[v] = append(verdicts[v], why)
	}
	order := reports.RowVerdicts()
	if r.Any {
		slices.Reverse(order)
	} else if len(verdicts[reports.RowPassed]) > 0 { // what was not asked of this target is not held against it
		delete(verdicts, reports.RowSkipped)
	}
	for _, v := range order {
		if len(verdicts[v]) > 0 {
			return v, strings.Join(distinct(verdicts[v]), "; ")
		}
	}
	return reports.RowOpen, "not run"
}

// said is the verdict of one check, with all its subjects or with one of them.
func (p Profile) said(id catalog.ID, subject string, checks []reports.Check) (reports.RowVerdict, string) {
	var own []reports.Check
	for _, c := range checks {
		if c.ID == string(id) {
			own = append(own, c)
		}
	}
	if len(own) == 0 {
		return reports.RowOpen, string(id) + " did not run"
	}
	if subject != "" {
		if own = about(own, subject); len(own) == 0 { // only subjects that did not pass are listed
			return reports.RowPassed, reports.RowAsExpected
		}
	}
	found := func(outcomes ...reports.Outcome) *reports.Check {
		for i := range own {
			if slices.Contains(outcomes, outcome(own[i])) {
				return &own[i]
			}
		}
		return nil
	}
	if c := found(reports.Failed, reports.Warned); c != nil {
		return reports.RowFailed, fmt.Sprintf("expected %s; actual %s", c.Expected, c.Actual)
	}
	if c := found(reports.Blocked); c != nil && p.Arranged {
		return reports.RowFailed, "cannot be prepared: " + c.Actual
	} else if c != nil {
		return reports.RowOpen, "cannot be judged: " + c.Actual
	}
	if c := found(reports.Errored); c != nil {
		return reports.RowOpen, "no verdict: " + c.Actual
	}
	if c := found(reports.Passed); c != nil {
		return reports.RowPassed, cmp.Or(c.Actual, reports.RowAsExpected)
	}
	return reports.RowSkipped, own[0].SkipReason
}

// outcome is what a check found, whatever an expectations file makes of it.
func outcome(c reports.Check) reports.Outcome {
	if c.Accepted != nil {
		return c.Accepted.Found
	}
	return c.Outcome
}

func distinct(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// about selects the verdicts on one subject, or on the check as a whole.
func about(own []reports.Check, subject string) []reports.Check {
	for _, wanted := range []string{subject, ""} {
		var out []reports.Check
		for _, c := range own {
			if c.Subject == wanted {
				out = append(out, c)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}
