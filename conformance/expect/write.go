package expect

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/reports"
)

// patience is how long a written entry counts.
const patience = 90 * 24 * time.Hour

// Write makes a file that expects what was found: every failed and every skipped check.
// Entries that were in force keep their reason and day.
func Write(checks []reports.Check, today time.Time) []byte {
	var b bytes.Buffer
	b.WriteString("# What is expected of this target, for `scimdrill conform --expect`. Put the true\n# reasons in, and days that somebody means to keep.\nexpect:\n")
	for _, c := range checks {
		outcome, reason, expires := c.Outcome, c.Actual, today.Add(patience).Format(time.DateOnly)
		switch {
		case c.Accepted != nil && c.Outcome == reports.Skipped:
			outcome, reason, expires = c.Accepted.Found, c.Accepted.Reason, c.Accepted.Expires
			if outcome == reports.Warned {
				outcome = reports.Failed
			}
		case c.Accepted != nil && c.Accepted.Found == reports.Passed:
			continue
		case c.Outcome == reports.Failed:
		case c.Outcome == reports.Skipped:
			reason = c.SkipReason
		default:
			continue
		}
		reason = strings.Join(strings.Fields(reason), " ")
		quoted, err := yaml.Marshal(reason)
		if err != nil { // a string always can
			quoted = fmt.Appendf(nil, "%q\n", reason)
		}
		fmt.Fprintf(&b, "  - check: %q\n    outcome: %s\n    reason: %s    expires: %s\n", c.Key(), outcome, quoted, expires)
	}
	if !bytes.Contains(b.Bytes(), []byte("- check")) {
		b.Truncate(b.Len() - 1)
		b.WriteString(" []\n")
	}
	return b.Bytes()
}
