package quarantine

import "time"

// Lifetime is how long a job may stay in quarantine before it is disabled (E-259).
const Lifetime = 28 * 24 * time.Hour

// Attempts are the documented times after the quarantine began (E-237, E-257, A-26).
func Attempts() []time.Duration {
	return []time.Duration{6 * time.Hour, 12 * time.Hour, 24 * time.Hour}
}

// nextAttempt is the first instant of the schedule that lies after now: the given times
// after began, then every 24 hours after the last of them.
func nextAttempt(began, now time.Time, attempts []time.Duration) time.Time {
	if len(attempts) == 0 {
		attempts = Attempts()
	}
	for _, after := range attempts {
		if t := began.Add(after); t.After(now) {
			return t
		}
	}
	const day = 24 * time.Hour
	last := began.Add(attempts[len(attempts)-1])
	return last.Add((now.Sub(last)/day + 1) * day)
}
