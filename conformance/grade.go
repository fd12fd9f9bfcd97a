package conformance

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/catalog"
	"github.com/scimdrill/scimdrill/conformance/cause"
	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/suites"
	"github.com/scimdrill/scimdrill/reports"
)

// judge grades the finding by level, evidence and profile.
func (f *fold) judge(c *reports.Check, check catalog.Check, finding *suites.Finding) {
	switch finding.Ending {
	case suites.Passed:
		c.Outcome, c.Actual = reports.Passed, finding.Said
		return
	case suites.Skipped:
		c.Outcome, c.SkipReason, c.SkipFeature = reports.Skipped, finding.Why, finding.Lacks
		if finding.Lacks == catalog.Tenants { // the caller's to supply
			c.SkipFeature = ""
		}
		f.leaveOut(finding)
		return
	case suites.Errored:
		c.Outcome, c.Actual = reports.Errored, finding.Why
	case suites.Blocked:
		c.Outcome, c.Actual = reports.Blocked, finding.Why
		if finding.Gone {
			c.BlockedBy = gone
			break
		}
		c.BlockedBy = cause.Find(finding.Fact, check, finding.Cause).Cause.Key
		f.blocked[c.Key()] = finding
	case suites.Failed:
		f.fail(c, check, finding)
	}
	c.Exchanges, c.Sequence = f.exchanges(finding.Exchanges), finding.Sequence
}

// fail gives a check the verdict of its level, and the cause of what was seen.
func (f *fold) fail(c *reports.Check, check catalog.Check, finding *suites.Finding) {
	seen := cause.Find(finding.Fact, check, finding.Cause)
	f.failed[c.Key()], f.lost[c.Key()] = seen, finding.Lost
	c.Outcome, c.Cause, c.Severity, c.Fix = f.weigh(check), seen.Cause.Key, seen.Cause.Severity, check.Fix
	c.Expected, c.Actual = finding.Fact.Expected, finding.Fact.Actual
}

func (f *fold) weigh(check catalog.Check) reports.Outcome {
	switch {
	case check.Cause == suites.Required: // the caller asked for it
		return reports.Failed
	case check.Weak(), check.Level == catalog.Should:
		return reports.Warned
	case check.Level == catalog.Entra && !slices.Contains(f.options.Profiles, profileEntra):
		return reports.Warned
	}
	return reports.Failed
}

// leaveOut counts a check that was left out for want of an attribute or a feature.
func (f *fold) leaveOut(finding *suites.Finding) {
	if finding.Lacks == "" {
		return
	}
	why := f.quoted(finding.Why)
	i := slices.IndexFunc(f.lacks, func(n reports.NotJudged) bool { return n.Name == finding.Lacks && n.Reason == why })
	if i < 0 {
		i = len(f.lacks)
		f.lacks = append(f.lacks, reports.NotJudged{Name: finding.Lacks, Reason: why})
	}
	f.lacks[i].Checks++
}

// unexplained links blocked checks with the finding that blocks them. Where there is none, a
// server error or a lost connection is wrong whatever was asked, so the check then fails by
// itself. If the check of the blocking step did not fail, the target refuses only what this check
// prepares, by a rule of its own: the check is not judged.
func (f *fold) unexplained() {
	found, causes, worst := map[string]bool{}, map[catalog.ID]string{}, map[string]reports.Outcome{}
	right := map[catalog.ID]bool{}
	for _, c := range f.checks {
		right[catalog.ID(c.ID)] = c.Outcome == reports.Passed || c.Outcome == reports.Skipped
		if c.Outcome.Finding() {
			found[c.Cause], causes[catalog.ID(c.ID)] = true, c.Cause
			if worst[c.Cause] != reports.Failed {
				worst[c.Cause] = c.Outcome
			}
		}
	}
	for i := range f.checks {
		c := &f.checks[i]
		finding, blocked := f.blocked[c.Key()]
		if !blocked {
			continue
		}
		if key := causes[catalog.Base(finding.Cause)]; key != "" {
			c.BlockedBy = key
		}
		if worst[c.BlockedBy] == reports.Warned { // what only warns may be so, and decides no exit code
			c.Outcome, c.SkipReason, c.Actual, c.BlockedBy = reports.Skipped, c.Actual, "", ""
			continue
		}
		if !found[c.BlockedBy] && (finding.Fact.Layer == fact.Transport || finding.Fact.Status >= 500) {
			j := slices.IndexFunc(f.selected, func(s catalog.Check) bool { return s.ID == finding.ID })
			c.BlockedBy = ""
			f.fail(c, f.selected[j], finding)
			continue
		}
		if !found[c.BlockedBy] && right[catalog.Base(finding.Cause)] {
			c.Outcome, c.SkipReason, c.Actual, c.BlockedBy = reports.Skipped, c.Actual, "", ""
			c.SkipFeature = "a request that the target refuses"
			f.leaveOut(&suites.Finding{Lacks: c.SkipFeature, Why: finding.Why})
		}
	}
}

// settle names the causes of all findings beside each other. What one of them blocks is then
// blocked by the cause that it has now.
func (f *fold) settle() {
	var at []int
	var seen []cause.Seen
	for i, c := range f.checks {
		if s, ok := f.failed[c.Key()]; ok && c.Outcome.Finding() {
			at, seen = append(at, i), append(seen, s)
		}
	}
	now := map[string]string{}
	for n, found := range cause.Settle(seen) {
		c := &f.checks[at[n]]
		if now[c.Cause] == "" || found.Key == c.Cause {
			now[c.Cause] = found.Key
		}
		c.Cause, c.Severity = found.Key, found.Severity
		if _, known := f.causes[found.Key]; !known {
			f.causes[found.Key] = found
		}
	}
	for i := range f.checks {
		if key := now[f.checks[i].BlockedBy]; key != "" {
			f.checks[i].BlockedBy = key
		}
	}
}
