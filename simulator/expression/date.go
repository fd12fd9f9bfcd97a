package expression

import (
	"math"
	"time"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
	"github.com/scimdrill/scimdrill/simulator/expression/internal/dates"
)

func dateValue(t time.Time) Value { return String(t.UTC().Format(dates.Layout)) }

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
		return a.fail("no clock is set")
	}
	return dateValue(a.run.env.Now())
}

// dateAdd is DateAdd (E-172).
func dateAdd(a arguments) Value {
	interval, _ := a.text(0)
	n, isNumber := a.single(1).number()
	t, ok := a.date(2)
	if !ok {
		return Null()
	}
	if !isNumber || math.Abs(n.float()) > 1e12 {
		return a.fail("value is not a valid number of units")
	}
	sum, known := dates.Add(t, interval, int64(math.RoundToEven(n.float())))
	if !known {
		return a.unknownInterval(interval)
	}
	if year := sum.Year(); year < 1 || year > 9999 {
		return a.fail("the date is outside the years 1 to 9999")
	}
	return dateValue(sum)
}

// dateDiff is DateDiff (E-173).
func dateDiff(a arguments) Value {
	interval, _ := a.text(0)
	from, ok1 := a.date(1)
	to, ok2 := a.date(2)
	if !ok1 || !ok2 {
		return Null()
	}
	n, known := dates.Diff(interval, from, to)
	if !known {
		return a.unknownInterval(interval)
	}
	return Integer(n)
}

func (a arguments) unknownInterval(interval string) Value {
	return a.fail("interval must be yyyy, m, ww, d, h, n or s, not %s", chars.Shorten(chars.Quote(interval)))
}

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
	t, ok := dates.FromFileTime(n)
	if !ok {
		return a.fail("the date is outside the years 1 to 9999")
	}
	return dateValue(t)
}

// numFromDate is NumFromDate (E-193).
func numFromDate(a arguments) Value {
	t, ok := a.date(0)
	if !ok {
		return Null()
	}
	n, ok := dates.FileTime(t)
	if !ok {
		return a.fail("the date has no Active Directory time stamp")
	}
	return Integer(n)
}

// formatDateTime is FormatDateTime (E-176), also in its older form without
// styles. Names are those of the invariant culture.
func formatDateTime(a arguments) Value {
	source, ok := a.text(0)
	if !ok {
		return Null()
	}
	last := a.count() - 1
	styleText := ""
	if last == 3 {
		styleText, _ = a.text(1)
	}
	styles, err := dates.ParseStyles(styleText)
	if err != nil {
		return a.fail("%v", err)
	}
	input, _ := a.text(last - 1)
	output, _ := a.text(last)
	reading, err := dates.ParseFormat(input)
	if err != nil {
		return a.fail("inputFormat: %v", err)
	}
	writing, err := dates.ParseFormat(output)
	if err != nil {
		return a.fail("outputFormat: %v", err)
	}
	m, err := reading.Read(source, styles, a.run.env.Now)
	if err != nil {
		return a.fail("%s does not match the inputFormat %s: %v", a.show(String(source)), chars.Shorten(chars.Quote(input)), err)
	}
	return a.built(writing.Write(m))
}

// date returns an argument as a date; false if it is null, or after an error.
func (a arguments) date(i int) (time.Time, bool) {
	s, ok := a.text(i)
	if !ok {
		return time.Time{}, false
	}
	t, err := dates.Read(s, a.run.env.Now)
	if err != nil {
		a.fail("%s is not a date: %s: %v", a.name(i), a.show(String(s)), err)
		return time.Time{}, false
	}
	return t, true
}
