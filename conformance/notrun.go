package conformance

import (
	"slices"

	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/severity"
)

// NotRun returns the conformance section for a target that cannot be judged. It stopped for the
// reason in the title of the cause, and every selected check is blocked. x is the deciding
// exchange, or nil.
func NotRun(t Target, o Options, cause reports.Cause, x *exchange.Exchange) (*reports.Conformance, error) {
	selected, err := Select(o)
	if err != nil {
		return nil, err
	}
	o.Profiles = o.judging()
	f := fold{target: t, options: o}
	cause.Title, cause.Fix = f.quoted(cause.Title), f.quoted(cause.Fix) // they may repeat what the target said (S7)
	cause.Severity, cause.Checks, cause.Blocked = severity.Blocks, []string{}, nil
	if x != nil {
		cause.Evidence = &f.exchanges([]*exchange.Exchange{x})[0]
	}
	for _, check := range selected {
		c := f.describe(check)
		c.Outcome, c.BlockedBy, c.Actual = reports.Blocked, cause.Key, "not run: "+cause.Title
		f.checks = append(f.checks, c)
		cause.Blocked = append(cause.Blocked, c.Key())
	}
	return &reports.Conformance{
		Profiles: o.Profiles, Summary: reports.Summarize(f.checks), Checks: f.checks, Causes: []reports.Cause{cause}, Stopped: cause.Title,
	}, nil
}

// gone is the cause of all that did not run because the target went away.
const gone = "gone"

// cutOff takes back the verdicts of checks whose last request was lost when the target went away:
// its connections closed with it.
func (f *fold) cutOff(left *session.Gone) {
	for i, c := range f.checks {
		if lost := f.lost[c.Key()]; left == nil || lost == "" || !slices.Contains(left.Lost, lost) {
			continue
		}
		delete(f.failed, c.Key())
		f.checks[i].Outcome, f.checks[i].BlockedBy, f.checks[i].Actual = reports.Blocked, gone, "not run: "+f.redactor().Text(left.Error())
		f.checks[i].Cause, f.checks[i].Severity, f.checks[i].Fix, f.checks[i].Expected = "", "", "", ""
	}
}

// stopped makes a target that went away, or sent too much, the first cause of a run: it blocks what did not run.
func (f *fold) stopped(section *reports.Conformance, left *session.Gone) {
	section.Stopped = f.redactor().Text(left.Error())
	cause := reports.Cause{
		Key: gone, Title: section.Stopped, Severity: severity.Blocks, Effect: severity.Blocks.Effect(), Checks: []string{},
		Fix: "look into the log of the service at the time of the request, start it again, and repeat the run",
	}
	if left.Read > 0 {
		cause.Fix = "return what was asked for only: the objects that match the filter, no more than count, and attributes of the usual size"
	}
	for _, c := range section.Checks {
		if c.BlockedBy == gone {
			cause.Blocked = append(cause.Blocked, c.Key())
		}
	}
	section.Causes = slices.Insert(section.Causes, 0, cause)
}
