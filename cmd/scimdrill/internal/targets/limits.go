package targets

import (
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/fixtures/target"
)

// limits are those that the target announces and keeps, under the names that it announces
// them by. It looks at --me-elsewhere as well, which limits who answers.
func (c *Flags) limits() (target.Limits, error) {
	if c.MeElsewhere && c.Me == "" {
		return target.Limits{}, exit.Usage("add --me NAME", "--me-elsewhere redirects to the user of --me, which is missing")
	}
	for _, flag := range []struct {
		name  string
		value int64
		usual string
	}{
		{"--max-results", int64(c.MaxResults), "1000"}, {"--max-operations", int64(c.MaxOperations), "1000"}, {"--max-payload-size", c.MaxPayloadSize, "1048576"},
	} {
		if flag.value < 1 {
			return target.Limits{}, exit.Usage("for example "+flag.name+" "+flag.usual, "%s %d must be at least 1", flag.name, flag.value)
		}
	}
	if c.CursorTimeout < time.Second || c.CursorTimeout%time.Second != 0 {
		return target.Limits{}, exit.Usage("for example --cursor-timeout 1h", "--cursor-timeout %s must be a positive number of whole seconds", c.CursorTimeout)
	}
	return target.Limits{MaxResults: c.MaxResults, MaxOperations: c.MaxOperations, MaxPayloadSize: c.MaxPayloadSize, CursorTimeout: c.CursorTimeout}, nil
}
