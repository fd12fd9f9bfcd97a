package expect

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/reports"
)

// patience is the time until a written entry expires.
const patience = 90 * 24 * time.Hour

// Write returns an expectations file with every failed and every skipped check. Entries in force
// keep their reason and date.
func Write(checks []reports.Check, today time.Time) []byte {
	var b bytes.Buffer
	b.WriteString("# Expected findings of this target, for `scimdrill conform --expect`. Replace the reasons\n# with the real ones, and set dates that the team intends to keep.\nexpect:\n")
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
		if err != nil { // strings can always be encoded
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
