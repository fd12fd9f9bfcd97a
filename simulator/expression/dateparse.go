package expression

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateFields collects what a text says about a date.
type dateFields struct {
	year, month, day     int
	hour, minute, second int
	nanosecond           int
	afternoon, twelve    bool // PM was read; hours are those of a 12-hour clock
	offset               time.Duration
}

// parse reads a text that has exactly this format; the date is in UTC.
func (f dateFormat) parse(text string) (time.Time, error) {
	d := dateFields{year: 1, month: 1, day: 1}
	for _, p := range f {
		rest, err := p.read(text, &d)
		if err != nil {
			return time.Time{}, err
		}
		text = rest
	}
	if text != "" {
		return time.Time{}, fmt.Errorf("%d characters are left over", len([]rune(text)))
	}
	return d.time()
}

func (d *dateFields) time() (time.Time, error) {
	hour := d.hour
	if d.twelve {
		if hour < 1 || hour > 12 {
			return time.Time{}, errors.New("the hour is not from 1 to 12")
		}
		hour %= 12
		if d.afternoon {
			hour += 12
		}
	}
	t := time.Date(d.year, time.Month(d.month), d.day, hour, d.minute, d.second, d.nanosecond, time.UTC)
	if t.Month() != time.Month(d.month) || t.Day() != d.day || t.Hour() != hour || t.Minute() != d.minute || t.Second() != d.second || d.year < 1 {
		return time.Time{}, errors.New("there is no such date")
	}
	t = t.Add(-d.offset)
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, errors.New("the date lies outside the years 1 to 9999")
	}
	return t, nil
}

// read takes one part of the format off the text.
func (p formatPart) read(text string, d *dateFields) (rest string, err error) {
	switch p.specifier {
	case 'y':
		return p.readYear(text, d)
	case 'M':
		if p.count > 2 {
			return p.readMonth(text, d)
		}
		return p.number(text, &d.month)
	case 'd':
		if p.count > 2 {
			return p.readWeekday(text)
		}
		return p.number(text, &d.day)
	case 'h':
		d.twelve = true
		return p.number(text, &d.hour)
	case 'H':
		return p.number(text, &d.hour)
	case 'm':
		return p.number(text, &d.minute)
	case 's':
		return p.number(text, &d.second)
	case 'f', 'F':
		return p.fraction(text, d)
	case 't':
		return p.readDesignator(text, d)
	case 'z', 'K':
		return p.readOffset(text, d)
	case 'g':
		return cut(text, "A.D.")
	default:
		return cut(text, p.literal)
	}
}

func cut(text, prefix string) (string, error) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return "", fmt.Errorf("%q is missing", prefix)
	}
	return rest, nil
}

// number reads two digits, or one or two if the format has one letter.
func (p formatPart) number(text string, into *int) (string, error) {
	return digits(text, min(p.count, 2), 2, into)
}

func digits(text string, least, most int, into *int) (string, error) {
	n := 0
	for n < len(text) && n < most && isDigit(text[n]) {
		n++
	}
	if n < least || n == 0 {
		return "", fmt.Errorf("a number of %d digits is missing", least)
	}
	value, err := strconv.Atoi(text[:n])
	*into = value
	return text[n:], err
}

// readYear reads a year; .NET takes two-digit years up to 49 for this century.
func (p formatPart) readYear(text string, d *dateFields) (string, error) {
	if p.count > 2 {
		return digits(text, p.count, max(p.count, 4), &d.year)
	}
	rest, err := p.number(text, &d.year)
	if d.year += 1900; d.year < 1950 {
		d.year += 100
	}
	return rest, err
}

func (p formatPart) readMonth(text string, d *dateFields) (string, error) {
	for m := time.January; m <= time.December; m++ {
		if rest, ok := cutFold(text, name(p.count, "", m.String())); ok {
			d.month = int(m)
			return rest, nil
		}
	}
	return "", errors.New("the name of a month is missing")
}

func (p formatPart) readWeekday(text string) (string, error) {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if rest, ok := cutFold(text, name(p.count, "", w.String())); ok {
			return rest, nil
		}
	}
	return "", errors.New("the name of a weekday is missing")
}

func (p formatPart) fraction(text string, d *dateFields) (string, error) {
	n := 0
	for n < len(text) && n < p.count && isDigit(text[n]) {
		n++
	}
	if p.specifier == 'f' && n != p.count {
		return "", fmt.Errorf("%d digits of a second's fraction are missing", p.count)
	}
	value, err := strconv.Atoi((text[:n] + "000000000")[:9])
	d.nanosecond = value
	return text[n:], err
}

func (p formatPart) readDesignator(text string, d *dateFields) (string, error) {
	for _, designator := range []string{"AM", "PM"} {
		if rest, ok := cutFold(text, designator[:min(p.count, 2)]); ok {
			d.afternoon = designator == "PM"
			return rest, nil
		}
	}
	return "", errors.New("AM or PM is missing")
}

// readOffset reads Z, +1, +01, +0100 or +01:00; K also stands for nothing.
func (p formatPart) readOffset(text string, d *dateFields) (string, error) {
	if rest, ok := strings.CutPrefix(text, "Z"); ok {
		return rest, nil
	}
	if text == "" || text[0] != '+' && text[0] != '-' {
		if p.specifier == 'K' {
			return text, nil
		}
		return "", errors.New("the offset from UTC is missing")
	}
	var hours, minutes int
	rest, err := digits(text[1:], 1, 2, &hours)
	if err == nil && (p.specifier == 'K' || p.count > 2) {
		rest, err = digits(strings.TrimPrefix(rest, ":"), 2, 2, &minutes)
	}
	if hours > 14 || minutes > 59 {
		return "", errors.New("the offset from UTC is too large")
	}
	d.offset = time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
	if text[0] == '-' {
		d.offset = -d.offset
	}
	return rest, err
}

// cutFold cuts a prefix of plain letters off, without regard to case.
func cutFold(text, prefix string) (string, bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return text, false
	}
	return text[len(prefix):], true
}
