package expect

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/outside"
)

// patience is the time until a written entry expires.
const patience = 90 * 24 * time.Hour

// Write returns an expectations file with every failed and every skipped check. Entries in force
// keep their cause, reason and date.
func Write(checks []reports.Check, today time.Time) []byte {
	var b bytes.Buffer
	b.WriteString("# Expected findings of this target, for `scimdrill conform --expect`. Replace the reasons\n# with the real ones, and set dates that the team intends to keep.\nexpect:\n")
	for _, c := range checks {
		outcome, cause, reason, expires := c.Outcome, "", c.Actual, today.Add(patience).Format(time.DateOnly)
		switch {
		case c.Known() && c.Accepted.Expires == "": // known from a baseline, which has no reasons
			outcome = reports.Failed
		case c.Accepted != nil && c.Outcome == reports.Skipped:
			outcome, cause, reason, expires = c.Accepted.Found, c.Accepted.Cause, c.Accepted.Reason, c.Accepted.Expires
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
		fmt.Fprintf(&b, "  - check: %q\n    outcome: %s\n", c.Key(), outcome)
		if cause != "" {
			fmt.Fprintf(&b, "    cause: %s", quoted(cause))
		}
		fmt.Fprintf(&b, "    reason: %s    expires: %s\n", quoted(strings.Join(strings.Fields(reason), " ")), expires)
	}
	if !bytes.Contains(b.Bytes(), []byte("- check")) {
		b.Truncate(b.Len() - 1)
		b.WriteString(" []\n")
	}
	return outside.JSON(b.Bytes())
}

// quoted returns a string as YAML, with the end of its line.
func quoted(s string) []byte {
	text, err := yaml.Marshal(s)
	if err != nil { // strings can always be encoded
		return fmt.Appendf(nil, "%q\n", s)
	}
	return text
}
