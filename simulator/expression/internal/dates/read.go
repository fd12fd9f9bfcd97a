package dates

import (
	"errors"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// Read reads a date as .NET reads it in the invariant culture, where no format is
// given (E-166): numbers in the order month, day, year, or year first; English names;
// a time, AM or PM, an offset. Without an offset the date is in UTC.
func Read(text string, now func() time.Time) (time.Time, error) {
	r := reader{rest: text, fields: newFields()}
	for {
		r.rest = strings.TrimLeft(r.rest, white+",.")
		if r.rest == "" {
			break
		}
		if err := r.next(); err != nil {
			return time.Time{}, err
		}
	}
	if err := r.order(); err != nil {
		return time.Time{}, err
	}
	return r.fields.time(now, false)
}

// reader takes a text apart, word by word.
type reader struct {
	rest    string
	fields  fields
	numbers []number
	timed   bool
}

func noDate() error { return errors.New("it has none of the formats that .NET parses") }

func (r *reader) next() error {
	c := r.rest[0]
	switch {
	case chars.IsDigit(c):
		return r.number()
	case c == '+' || c == '-':
		return r.sign()
	case c == '/':
		return r.separator()
	}
	return r.word()
}

// number reads a number of the date, or a time that begins with it.
func (r *reader) number() error {
	value := unset
	rest, err := digits(r.rest, 1, 4, &value)
	if err != nil || rest != "" && chars.IsDigit(rest[0]) {
		return noDate()
	}
	count := len(r.rest) - len(rest)
	if strings.HasPrefix(rest, ":") || startsDesignator(rest) {
		return r.clock()
	}
	if len(r.numbers) == 3 {
		return noDate()
	}
	r.numbers = append(r.numbers, number{value: value, year: count > 2})
	r.rest = rest
	return nil
}

func startsDesignator(rest string) bool {
	rest = strings.ToUpper(strings.TrimLeft(rest, white))
	return strings.HasPrefix(rest, "AM") || strings.HasPrefix(rest, "PM")
}

// clock reads hours, minutes, seconds and their fraction.
func (r *reader) clock() error {
	if r.timed {
		return noDate()
	}
	r.timed = true
	rest, err := digits(r.rest, 1, 2, &r.fields.hour)
	for _, field := range []*int{&r.fields.minute, &r.fields.second} {
		if err == nil && strings.HasPrefix(rest, ":") {
			rest, err = digits(rest[1:], 1, 2, field)
		}
	}
	if err != nil {
		return err
	}
	if r.fields.second != unset && strings.HasPrefix(rest, ".") {
		n := chars.CountDigits(rest[1:])
		r.fields.fraction(rest[1 : 1+n])
		rest = rest[1+n:]
	}
	r.rest = rest
	return nil
}

// sign reads a separator between numbers of the date, or the offset behind it.
func (r *reader) sign() error {
	if !r.timed && len(r.numbers) < 3 && r.rest[0] == '-' {
		return r.separator()
	}
	if r.fields.zoned {
		return noDate()
	}
	minutes := len(r.rest) > 3 && (r.rest[3] == ':' || chars.IsDigit(r.rest[3])) || len(r.rest) > 2 && r.rest[2] == ':'
	rest, err := r.fields.readOffset(r.rest, minutes)
	r.rest = rest
	return err
}

func (r *reader) separator() error {
	behind := strings.TrimLeft(r.rest[1:], white)
	if len(r.numbers) == 0 && r.fields.month == unset || behind == "" || behind[0] == '/' || behind[0] == '-' {
		return noDate()
	}
	r.rest = behind
	return nil
}

// word reads a name, a designator, a zone, or the T before a time.
func (r *reader) word() error {
	n := 0
	for n < len(r.rest) && (r.rest[n]|0x20) >= 'a' && (r.rest[n]|0x20) <= 'z' {
		n++
	}
	word := strings.ToLower(r.rest[:n])
	var err error
	switch word {
	case "":
		return noDate()
	case "t":
		if len(r.numbers) == 0 || n == len(r.rest) || !chars.IsDigit(r.rest[n]) {
			return noDate()
		}
	case "am", "pm":
		if !r.timed {
			return noDate()
		}
		afternoon := 0
		if word == "pm" {
			afternoon = 1
		}
		r.fields.twelve = true
		err = store(&r.fields.afternoon, afternoon)
	case "z", "gmt":
		if r.fields.zoned {
			return noDate()
		}
		r.fields.zoned, r.fields.zulu = true, true
	default:
		err = r.named(word)
	}
	r.rest = r.rest[n:]
	return err
}

// named reads the name of a month or weekday, whole or its first three letters.
func (r *reader) named(word string) error {
	is := func(name string) bool { name = strings.ToLower(name); return word == name || word == name[:3] }
	for m := time.January; m <= time.December; m++ {
		if is(m.String()) {
			return store(&r.fields.month, int(m))
		}
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		if is(w.String()) {
			return store(&r.fields.weekday, int(w))
		}
	}
	return noDate()
}
