package bound

import "time"

// Limits are the bounds of a command. Zero means none.
type Limits struct {
	// Total is the longest duration of the command.
	Total time.Duration
	// Stalled is the longest time with requests, but without a usable response.
	Stalled time.Duration
}

// Whole is the flag of a command that a person waits for.
type Whole struct {
	TimeoutTotal time.Duration `help:"Longest duration of the command; 0 means no limit. At the limit, it reports what it knows and ends with 3." default:"10m" placeholder:"TIME" group:"Target"`
}

// Bounds returns the limits.
func (w Whole) Bounds() Limits { return Limits{Total: w.TimeoutTotal} }

// Lasting are the flags of a command that may take hours.
type Lasting struct {
	TimeoutTotal   time.Duration  `help:"Longest duration of the run; 0 means no limit. At the limit, the run ends with 3, and --state continues it." default:"0" placeholder:"TIME" group:"Target"`
	TimeoutStalled *time.Duration `help:"End the run with 3 after this time without a usable response: none at all, or only 429 and 5xx. 0 means no limit (default: 10m; no limit with --clock wall)." placeholder:"TIME" group:"Target"`
}

// Limits returns the limits. patient is a run that waits in real time between its requests.
func (l Lasting) Limits(patient bool) Limits {
	limits := Limits{Total: l.TimeoutTotal}
	switch {
	case l.TimeoutStalled != nil:
		limits.Stalled = *l.TimeoutStalled
	case !patient:
		limits.Stalled = 10 * time.Minute
	}
	return limits
}
