package reports

import "regexp"

// checkID is the form of the ids of our checks. A report that somebody edited may name anything.
var checkID = regexp.MustCompile(`^[A-Z]{3}-[0-9]{3}$`)

// explain returns the command that prints the documentation of the check, or "" if it has none.
func (c Check) explain() string {
	if c.Docs == "" || !checkID.MatchString(c.ID) {
		return ""
	}
	return "scimdrill explain " + c.ID
}

// explain returns the command that prints the documentation of the first check of a cause.
func (c *Conformance) explain(cause Cause) string {
	for _, check := range c.Checks {
		if len(cause.Checks) > 0 && check.Key() == cause.Checks[0] {
			return check.explain()
		}
	}
	return ""
}
