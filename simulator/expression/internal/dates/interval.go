package dates

import "time"

// Add adds n units of an interval to a date; false if the interval is unknown. It goes by
// seconds, because a time.Duration ends at 292 years. A month or year added to the 29th to
// 31st stays in the month it leads to, as in Visual Basic (E-172).
func Add(t time.Time, interval string, n int64) (time.Time, bool) {
	seconds := int64(1)
	switch interval {
	case "yyyy":
		return addMonths(t, 12*n), true
	case "m":
		return addMonths(t, n), true
	case "ww":
		seconds = 7 * 24 * 3600
	case "d":
		seconds = 24 * 3600
	case "h":
		seconds = 3600
	case "n":
		seconds = 60
	case "s":
	default:
		return t, false
	}
	const horizon = 10_000 * 366 * 24 * 3600 // beyond it every date is out of range
	delta := max(-horizon, min(n, horizon)) * seconds
	delta = max(-horizon, min(delta, horizon))
	return time.Unix(t.Unix()+delta, int64(t.Nanosecond())).UTC(), true
}

func addMonths(t time.Time, n int64) time.Time {
	const horizon = 12 * 20_000
	first := time.Date(t.Year(), t.Month(), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	first = first.AddDate(0, int(max(-horizon, min(n, horizon))), 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// Diff counts the units of an interval between two dates, as Visual Basic does (E-173);
// false if the interval is unknown.
func Diff(interval string, from, to time.Time) (int64, bool) {
	seconds := to.Unix() - from.Unix()
	switch interval {
	case "yyyy":
		return int64(to.Year() - from.Year()), true
	case "m":
		return int64(12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())), true
	case "ww":
		return (weekStart(to) - weekStart(from)) / 7, true
	case "d":
		return seconds / (24 * 3600), true
	case "h":
		return seconds / 3600, true
	case "n":
		return seconds / 60, true
	case "s":
		return seconds, true
	default:
		return 0, false
	}
}

// weekStart returns the Sunday of a date's week, as a number of days.
func weekStart(t time.Time) int64 {
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return midnight.Unix()/(24*3600) - int64(t.Weekday())
}
