package dates

import (
	"math"
	"time"
)

// Active Directory counts 100 nanoseconds since 1601 (FILETIME).
const (
	ticksPerSecond = 10_000_000
	epochSeconds   = 11_644_473_600 // from 1601 to 1970
)

// FromFileTime returns the date of a FILETIME; false if it lies beyond the year 9999.
func FromFileTime(n int64) (time.Time, bool) {
	t := time.Unix(n/ticksPerSecond-epochSeconds, n%ticksPerSecond*100)
	return t, t.UTC().Year() <= 9999
}

// FileTime returns the FILETIME of a date; false if there is none.
func FileTime(t time.Time) (int64, bool) {
	seconds := t.Unix() + epochSeconds
	if seconds < 0 || seconds > math.MaxInt64/ticksPerSecond-1 {
		return 0, false
	}
	return seconds*ticksPerSecond + int64(t.Nanosecond()/100), true
}
