package cycle

import (
	"fmt"
	"strings"
	"time"
)

// Retry is the schedule of retries of a failed object (E-235 to E-238).
// The zero value is CurrentRetry.
type Retry struct {
	// After are the earliest times of the first retries, counted from the first failure.
	// A retry runs in the first cycle at or after its time.
	After []time.Duration
	// Every is the interval of the later retries; 0 means no later retries.
	Every time.Duration
	// Lifetime ends the escrow, counted from the first failure; 0 keeps it forever.
	Lifetime time.Duration
	// FromLast counts After from the last attempt instead of the first failure.
	FromLast bool
}

const day = 24 * time.Hour

// CurrentRetry is A-2: the next cycle, 6, 12 and 24 hours, then daily, for 28 days (E-237).
func CurrentRetry() Retry {
	return Retry{After: []time.Duration{0, 6 * time.Hour, 12 * time.Hour, day}, Every: day, Lifetime: 28 * day}
}

// retrySchedules are the presets by name, in the order of the documents.
func retrySchedules() []struct {
	name  string
	retry Retry
} {
	return []struct {
		name  string
		retry Retry
	}{
		{"current", CurrentRetry()},
		// The page read by the letter, without a retry in the next cycle (E-237).
		{"page", Retry{After: []time.Duration{6 * time.Hour, 12 * time.Hour, day}, Every: day, Lifetime: 28 * day}},
		// The page of July 2022; after its seventh failure the entry is flagged and never tried again (E-238).
		{"2022", Retry{After: []time.Duration{0, 6 * time.Hour, 12 * time.Hour, day, 2 * day, 4 * day, 7 * day}}},
	}
}

// ParseRetry finds a schedule by its name.
func ParseRetry(name string) (Retry, error) {
	var names []string
	for _, s := range retrySchedules() {
		if s.name == name {
			return s.retry, nil
		}
		names = append(names, s.name)
	}
	return Retry{}, fmt.Errorf("want one of %s", strings.Join(names, ", "))
}

// never is the due time of an escrow that is kept but not retried.
func never() time.Time { return time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC) }

// due is the earliest time of the next retry; attempts counts the retries made, and now is the
// time of the last of them.
func (s Retry) due(first, now time.Time, attempts int) time.Time {
	if len(s.After) == 0 {
		s = CurrentRetry()
	}
	if s.FromLast {
		return s.dueAfter(now, attempts)
	}
	switch last := len(s.After) - 1; {
	case attempts <= last:
		return first.Add(s.After[attempts])
	case s.Every == 0:
		return never()
	default:
		return first.Add(s.After[last] + time.Duration(attempts-last)*s.Every)
	}
}

// dueAfter is the earliest time of the next retry, counted from the last attempt.
func (s Retry) dueAfter(now time.Time, attempts int) time.Time {
	switch {
	case attempts < len(s.After):
		return now.Add(s.After[attempts])
	case s.Every == 0:
		return never()
	default:
		return now.Add(s.Every)
	}
}

// Expired is the instant before which first failures expire, false if none expires.
func (s Retry) Expired(now time.Time) (time.Time, bool) {
	if len(s.After) == 0 {
		s = CurrentRetry()
	}
	return now.Add(-s.Lifetime), s.Lifetime > 0
}
