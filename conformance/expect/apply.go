package expect

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/reports"
)

// Apply changes the verdicts of checks by what was expected of them. today is the day
// that entries are held against.
func (f *File) Apply(checks []reports.Check, today time.Time) {
	for i := range checks {
		c := &checks[i]
		j := slices.IndexFunc(f.Entries, func(e Entry) bool {
			return strings.EqualFold(e.Check, c.Key()) || strings.EqualFold(e.Check, c.ID)
		})
		if j >= 0 && c.Outcome != reports.Errored {
			f.apply(c, f.Entries[j], today)
		}
	}
}

func (f *File) apply(c *reports.Check, e Entry, today time.Time) {
	finding := c.Outcome == reports.Failed || c.Outcome == reports.Warned
	where, day := f.where(e.Line), e.Expires.Format(time.DateOnly)
	accepted := &reports.Accepted{Found: c.Outcome, Reason: e.Reason, Expires: day, Where: where}
	came := e.Outcome == reports.Failed && finding || e.Outcome == reports.Skipped && c.Outcome == reports.Skipped
	switch {
	case came && !today.After(e.Expires.AddDate(0, 0, 1).Add(-time.Nanosecond)):
		c.SkipReason = fmt.Sprintf("%s as expected until %s: %s", words(e.Outcome), day, e.Reason)
		c.Outcome, c.Accepted = reports.Skipped, accepted
	case came && finding:
		c.Actual += fmt.Sprintf("; that was expected until %s, and the day has passed (%s)", day, where)
		c.Outcome, c.Accepted = reports.Failed, accepted
	case came:
		c.Expected = "the check runs"
		c.Actual = fmt.Sprintf("it is skipped (%s); that was expected until %s, and the day has passed (%s)", c.SkipReason, day, where)
		c.Fix = "Make the check possible, or give the entry in " + where + " a new day and a reason for it."
		c.Cause, c.SkipReason, c.Outcome, c.Accepted = causeKey, "", reports.Failed, accepted
	case c.Outcome == reports.Passed:
		c.Expected = fmt.Sprintf("the check is %s, as %s says: %s", e.Outcome, where, e.Reason)
		c.Actual = "the check passes"
		c.Fix = "Good news: take the entry out of " + where + "."
		c.Cause, c.Outcome, c.Accepted = causeKey, reports.Failed, accepted
	}
}

// causeKey is the cause of findings that are about the file itself.
const causeKey = "expectations"

func words(o reports.Outcome) string {
	if o == reports.Failed {
		return "fails"
	}
	return "skipped"
}
