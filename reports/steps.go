package reports

import (
	"fmt"
	"slices"
	"strings"
)

// stepsNote says how to repeat a sequence whose objects get other ids.
const stepsNote = "Each create returns an id of its own: put it in the place of the one in the commands after it."

// steps are the commands of the sequence that a cause is about, in order; nil if it is about one request.
func (c *Conformance) steps(cause Cause) []string {
	for _, check := range c.Checks {
		if slices.Contains(cause.Checks, check.Key()) && check.Sequence {
			return check.steps()
		}
	}
	return nil
}

// steps are the commands of the sequence that a finding is about.
func (c Check) steps() []string {
	var out []string
	for _, x := range c.Exchanges {
		if c.Sequence && x.Curl != "" {
			out = append(out, x.Curl)
		}
	}
	return out
}

// inOrder writes commands one after the other, each below its number.
func inOrder(commands []string) string {
	var b strings.Builder
	for i, command := range commands {
		fmt.Fprintf(&b, "# %d\n%s\n", i+1, command)
	}
	return b.String()
}
