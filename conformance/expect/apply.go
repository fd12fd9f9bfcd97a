package expect

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// Apply adjusts the outcomes of checks to the expectations. Expiry dates are compared with today.
func (f *File) Apply(checks []reports.Check, today time.Time) {
	for i := range checks {
		c := &checks[i]
		j := slices.IndexFunc(f.Entries, func(e Entry) bool {
			return strings.EqualFold(e.Check, c.Key()) || strings.EqualFold(e.Check, c.ID)
		})
		if j >= 0 && c.Outcome != reports.Errored && c.Outcome != reports.Blocked {
			f.apply(c, f.Entries[j], today)
		}
	}
}

func (f *File) apply(c *reports.Check, e Entry, today time.Time) {
	finding := c.Outcome == reports.Failed || c.Outcome == reports.Warned
	where, day := f.where(e.Line), e.Expires.Format(time.DateOnly)
	accepted := &reports.Accepted{Found: c.Outcome, Reason: e.Reason, Cause: e.Cause, Expires: day, Where: where}
	came := e.Outcome == reports.Failed && finding || e.Outcome == reports.Skipped && c.Outcome == reports.Skipped
	switch {
	case came && finding && !e.covers(*c):
		c.Actual += fmt.Sprintf("; this was expected for the cause %q only, but the cause is %q (%s)", e.Cause, cmp.Or(c.Cause, c.Key()), where)
		c.Outcome, c.Accepted = reports.Failed, accepted
	case came && !today.After(e.Expires.AddDate(0, 0, 1).Add(-time.Nanosecond)):
		c.SkipReason = fmt.Sprintf("%s as expected until %s: %s", words(e.Outcome), day, e.Reason)
		c.Outcome, c.Accepted = reports.Skipped, accepted
	case came && finding:
		c.Actual += fmt.Sprintf("; this was expected until %s, which has passed (%s)", day, where)
		c.Outcome, c.Accepted = reports.Failed, accepted
	case came:
		c.Expected = "the check runs"
		c.Actual = fmt.Sprintf("it was skipped (%s); this was expected until %s, which has passed (%s)", c.SkipReason, day, where)
		c.Fix = "Make the check possible, or give the entry in " + where + " a new date and a reason for it."
		c.Cause, c.SkipReason, c.Outcome, c.Accepted = causeKey, "", reports.Failed, accepted
	case c.Outcome == reports.Passed:
		c.Expected = fmt.Sprintf("%s, according to %s: %s", e.Outcome, where, e.Reason)
		c.Actual = "the check passed"
		c.Fix = "Remove the entry from " + where + "."
		c.Cause, c.Outcome, c.Accepted = causeKey, reports.Failed, accepted
	}
}

// covers reports whether the entry allows a finding with the cause of a check.
func (e Entry) covers(c reports.Check) bool {
	return e.Cause == "" || strings.EqualFold(e.Cause, cmp.Or(c.Cause, c.Key()))
}

// causeKey is the cause of findings about the expectations file itself.
const causeKey = "expectations"

func words(o reports.Outcome) string {
	if o == reports.Failed {
		return "fails"
	}
	return "skipped"
}
