package expression

import (
	"math"
	"time"
)

// dateText is the one form in which dates leave a function, always in UTC (E-158).
const dateText = "1/2/2006 3:04:05 PM"

func dateValue(t time.Time) Value { return String(t.UTC().Format(dateText)) }

// cDate is CDate (E-166).
func cDate(a arguments) Value {
	if t, ok := a.date(0); ok {
		return dateValue(t)
	}
	return Null()
}

// now is Now (E-192).
func now(a arguments) Value {
	if a.run.env.Now == nil {
		return a.fail("there is no clock")
	}
	return dateValue(a.run.env.Now())
}

// dateAdd is DateAdd (E-172). A month or year added to the 29th to 31st stays in
// the month it leads to, as in Visual Basic.
func dateAdd(a arguments) Value {
	interval, _ := a.text(0)
	n, isNumber := a.single(1).number()
	t, ok := a.date(2)
	if !ok {
		return Null()
	}
	if !isNumber || math.Abs(n.float()) > 1e12 {
		return a.fail("value is not a number of units")
	}
	sum, known := addInterval(t, interval, int64(math.RoundToEven(n.float())))
	if !known {
		return a.unknownInterval(interval)
	}
	if year := sum.Year(); year < 1 || year > 9999 {
		return a.fail("the date lies outside the years 1 to 9999")
	}
	return dateValue(sum)
}

// addInterval adds n units; it goes by seconds, because a time.Duration ends at 292 years.
func addInterval(t time.Time, interval string, n int64) (time.Time, bool) {
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

// dateDiff is DateDiff (E-173), which counts as Visual Basic does.
func dateDiff(a arguments) Value {
	interval, _ := a.text(0)
	from, ok1 := a.date(1)
	to, ok2 := a.date(2)
	if !ok1 || !ok2 {
		return Null()
	}
	seconds := to.Unix() - from.Unix()
	switch interval {
	case "yyyy":
		return Integer(int64(to.Year() - from.Year()))
	case "m":
		return Integer(int64(12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month())))
	case "ww":
		return Integer((weekStart(to) - weekStart(from)) / 7)
	case "d":
		return Integer(seconds / (24 * 3600))
	case "h":
		return Integer(seconds / 3600)
	case "n":
		return Integer(seconds / 60)
	case "s":
		return Integer(seconds)
	default:
		return a.unknownInterval(interval)
	}
}

// weekStart returns the Sunday of a date's week, as a number of days.
func weekStart(t time.Time) int64 {
	midnight := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return midnight.Unix()/(24*3600) - int64(t.Weekday())
}

func (a arguments) unknownInterval(interval string) Value {
	return a.fail("interval is yyyy, m, ww, d, h, n or s, not %s", shorten(quote(interval)))
}

// Active Directory counts 100 nanoseconds since 1601 (FILETIME).
const (
	ticksPerSecond = 10_000_000
	epochSeconds   = 11_644_473_600 // from 1601 to 1970
)

// dateFromNum is DateFromNum (E-174). The two numbers that mean "never" give null.
func dateFromNum(a arguments) Value {
	v := a.single(0)
	if v.IsNull() {
		return Null()
	}
	n := a.whole(0, v)
	switch {
	case n == 0 || n == math.MaxInt64:
		return Null()
	case n < 0:
		return a.fail("value is negative")
	}
	t := time.Unix(n/ticksPerSecond-epochSeconds, n%ticksPerSecond*100)
	if t.UTC().Year() > 9999 {
		return a.fail("the date lies outside the years 1 to 9999")
	}
	return dateValue(t)
}

// numFromDate is NumFromDate (E-193).
func numFromDate(a arguments) Value {
	t, ok := a.date(0)
	if !ok {
		return Null()
	}
	seconds := t.Unix() + epochSeconds
	if seconds < 0 || seconds > math.MaxInt64/ticksPerSecond-1 {
		return a.fail("Active Directory has no number for this date")
	}
	return Integer(seconds*ticksPerSecond + int64(t.Nanosecond()/100))
}

// date returns an argument as a date; false if it is null, or after an error.
func (a arguments) date(i int) (time.Time, bool) {
	s, ok := a.text(i)
	if !ok {
		return time.Time{}, false
	}
	t, err := parseDate(s, a.run.env.Now)
	if err != nil {
		a.fail("%s is not a date: %s: %v", a.name(i), a.show(String(s)), err)
		return time.Time{}, false
	}
	return t, true
}
