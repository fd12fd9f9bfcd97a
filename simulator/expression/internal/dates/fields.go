package dates

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// unset marks a part of a date that a text does not name.
const unset = -1

// fields collects what a text says about a date.
type fields struct {
	year, month, day     int
	hour, minute, second int
	nanosecond           int
	weekday              int
	afternoon            int  // 1 for PM, 0 for AM
	twelve               bool // hours are those of a 12-hour clock
	offset               time.Duration
	zoned, zulu          bool // an offset was read; it was Z
}

func newFields() fields {
	return fields{
		year: unset, month: unset, day: unset, hour: unset, minute: unset, second: unset,
		weekday: unset, afternoon: unset,
	}
}

// fullYear reads a year of two digits as .NET does now: up to 49 it is of this century.
func fullYear(year int) int {
	switch {
	case year < 50:
		return 2000 + year
	case year < 100:
		return 1900 + year
	}
	return year
}

// time puts the fields together, in UTC.
func (d *fields) time(now func() time.Time, noCurrentDate bool) (time.Time, error) {
	if err := d.complete(now, noCurrentDate); err != nil {
		return time.Time{}, err
	}
	hour, err := d.hourOfDay()
	if err != nil {
		return time.Time{}, err
	}
	minute, second := max(0, d.minute), max(0, d.second)
	if d.year < 1 || d.year > 9999 {
		return time.Time{}, errors.New("the date is outside the years 1 to 9999")
	}
	t := time.Date(d.year, time.Month(d.month), d.day, hour, minute, second, d.nanosecond, time.UTC)
	if t.Month() != time.Month(d.month) || t.Day() != d.day || t.Hour() != hour || t.Minute() != minute || t.Second() != second {
		return time.Time{}, errors.New("the date does not exist")
	}
	if d.weekday != unset && time.Weekday(d.weekday) != t.Weekday() {
		return time.Time{}, errors.New("the weekday does not match the date")
	}
	t = t.Add(-d.offset)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, errors.New("the date is outside the years 1 to 9999")
	}
	return t, nil
}

// complete fills in what .NET takes from today: the whole date where only a time is
// named, the year of a month or day; month and day are otherwise 1.
func (d *fields) complete(now func() time.Time, noCurrentDate bool) error {
	if d.month == unset && d.day == unset {
		switch {
		case d.year != unset:
			d.month, d.day = 1, 1
			return nil
		case noCurrentDate:
			d.year, d.month, d.day = 1, 1, 1
			return nil
		}
	}
	if d.year == unset {
		if now == nil {
			return errors.New("a part of the date is missing, and no clock is set")
		}
		today := now().UTC()
		d.year = today.Year()
		if d.month == unset && d.day == unset {
			d.month, d.day = int(today.Month()), today.Day()
		}
	}
	d.month, d.day = first(d.month), first(d.day)
	return nil
}

func first(n int) int {
	if n == unset {
		return 1
	}
	return n
}

func (d *fields) hourOfDay() (int, error) {
	hour := max(0, d.hour)
	switch {
	case d.twelve && hour > 12:
		return 0, errors.New("the hour is not from 1 to 12")
	case d.twelve && d.afternoon == 1:
		return hour%12 + 12, nil
	case d.twelve:
		return hour % 12, nil
	case d.afternoon == 0 && hour >= 12 || d.afternoon == 1 && hour < 12:
		return 0, errors.New("hour and AM or PM contradict each other")
	}
	return hour, nil
}

// fraction reads digits behind the point of seconds; more than nine change nothing.
func (d *fields) fraction(digits string) {
	d.nanosecond, _ = strconv.Atoi((digits + "000000000")[:9])
}

// readOffset reads the sign, the hours and, if they are wanted, the minutes of an offset.
func (d *fields) readOffset(text string, minutes bool) (string, error) {
	hour, minute := unset, unset
	rest, err := digits(text[1:], 1, 2, &hour)
	if err == nil && minutes {
		rest, err = digits(strings.TrimPrefix(rest, ":"), 2, 2, &minute)
	}
	if err != nil {
		return "", err
	}
	offset := time.Duration(hour)*time.Hour + time.Duration(max(0, minute))*time.Minute
	if offset > 14*time.Hour || minute > 59 {
		return "", errors.New("the offset from UTC is too large")
	}
	if text[0] == '-' {
		offset = -offset
	}
	d.offset, d.zoned = offset, true
	return rest, nil
}

// cutFold cuts a prefix of plain letters off, without regard to case.
func cutFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}
