package quarantine

import "time"

// Lifetime is how long a job may stay in quarantine before it is disabled (E-259).
const Lifetime = 28 * 24 * time.Hour

// nextAttempt is the first instant of the schedule 6 h, 12 h, 24 h, then every 24 h
// after began, that lies after now.
func nextAttempt(began, now time.Time) time.Time {
	for _, after := range []time.Duration{6 * time.Hour, 12 * time.Hour} {
		if t := began.Add(after); t.After(now) {
			return t
		}
	}
	const day = 24 * time.Hour
	days := now.Sub(began)/day + 1
	return began.Add(days * day)
}
