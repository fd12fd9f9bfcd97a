// Package duration is the one grammar of durations: flags, options, scenarios, change
// streams, profiles and faults all read the same strings.
//
//	90s  40m  36h  1d12h  7d  2w  1.5h      numbers with units, added up
//	PT40M  PT1H30M  P1DT12H  P1W            ISO 8601, as Graph writes them
//	0
//
// A day has 24 hours and a week has 7 days. A year of ISO 8601 has 365 days and a month is
// a twelfth of that, because a duration has no calendar. A duration is never negative and
// never longer than [Longest].
//
// Neighbours: every package that reads a duration from a person or a file.
package duration

import (
	"fmt"
	"time"
)

const (
	day  = 24 * time.Hour
	week = 7 * day
	year = 365 * day
	// Longest is the longest duration that is read: 100 years.
	Longest = 100 * year
	// Examples are spellings for messages.
	Examples = "90s, 40m, 36h, 1d12h, 7d, PT1H30M or P1W"
)

// Parse reads a duration; zero is one.
func Parse(text string) (time.Duration, error) {
	d, why := sum(text)
	if why != "" {
		return 0, fmt.Errorf("%q is not a duration: %s; hint: write %s", text, why, Examples)
	}
	return d, nil
}

// ParsePositive reads a duration above zero.
func ParsePositive(text string) (time.Duration, error) {
	d, err := Parse(text)
	if err == nil && d == 0 {
		return 0, fmt.Errorf("%q is not a duration above zero; hint: write %s", text, Examples)
	}
	return d, err
}
