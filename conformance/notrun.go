package conformance

import (
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
