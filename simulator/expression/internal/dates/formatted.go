package dates

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/expression/internal/chars"
)

// Read reads a string that has exactly this format; now gives the parts of a date
// that the format leaves out.
func (f Format) Read(text string, styles Styles, now func() time.Time) (Moment, error) {
	if f.universal {
		styles.universal, styles.roundtrip = true, false
	}
	text = styles.trim(text)
	d := newFields()
	for i, p := range f.parts {
		if styles.inner {
			text = strings.TrimLeft(text, white)
			if p.specifier == 0 && !p.quoted && strings.Trim(p.literal, white) == "" {
				continue
			}
		}
		if p.literal == "." && !p.quoted && !strings.HasPrefix(text, ".") && i+1 < len(f.parts) && f.parts[i+1].specifier == 'F' {
			continue // .NET lets .FFF stand for nothing
		}
		rest, err := p.read(text, &d)
		if err != nil {
			return Moment{}, err
		}
		text = rest
	}
	if text != "" {
		return Moment{}, fmt.Errorf("%d unexpected characters at the end", len([]rune(text)))
	}
	t, err := d.time(now, styles.noCurrentDate)
	return Moment{Time: t, kind: styles.kindOf(d.zoned, d.zulu)}, err
}

// read takes one part of the format off the text.
func (p formatPart) read(text string, d *fields) (rest string, err error) {
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
			return p.readWeekday(text, d)
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
		return p.readLiteral(text, d)
	}
}

// readLiteral reads literal text; a Z or GMT in it also says that the time is UTC.
func (p formatPart) readLiteral(text string, d *fields) (string, error) {
	if !p.quoted && p.literal == "Z" {
		for _, zone := range []string{"Z", "GMT"} {
			if rest, ok := cutFold(text, zone); ok {
				d.zoned, d.zulu = true, true
				return rest, nil
			}
		}
	}
	if p.quoted && (p.literal == "Z" || p.literal == "GMT") { // the standard formats u and r
		d.zoned, d.zulu = true, true
	}
	return cut(text, p.literal)
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

// digits reads a number into a field, which must not hold another one.
func digits(text string, least, most int, into *int) (string, error) {
	n := 0
	for n < len(text) && n < most && chars.IsDigit(text[n]) {
		n++
	}
	if n < least || n == 0 {
		return "", fmt.Errorf("a number of %d digits is missing", least)
	}
	value, err := strconv.Atoi(text[:n])
	if err != nil {
		return "", errors.New("a number is too large")
	}
	return text[n:], store(into, value)
}

func store(into *int, value int) error {
	if *into != unset && *into != value {
		return errors.New("a part of the date occurs twice with different values")
	}
	*into = value
	return nil
}

// readYear reads a year, of as many digits as the format has letters.
func (p formatPart) readYear(text string, d *fields) (string, error) {
	if p.count > 2 {
		return digits(text, p.count, p.count, &d.year)
	}
	year := unset
	rest, err := p.number(text, &year)
	if err != nil {
		return "", err
	}
	return rest, store(&d.year, fullYear(year))
}

func (p formatPart) readMonth(text string, d *fields) (string, error) {
	for m := time.January; m <= time.December; m++ {
		if rest, ok := cutFold(text, name(p.count, "", m.String())); ok {
			return rest, store(&d.month, int(m))
		}
	}
	return "", errors.New("the name of a month is missing")
}

func (p formatPart) readWeekday(text string, d *fields) (string, error) {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if rest, ok := cutFold(text, name(p.count, "", w.String())); ok {
			return rest, store(&d.weekday, int(w))
		}
	}
	return "", errors.New("the name of a weekday is missing")
}

func (p formatPart) fraction(text string, d *fields) (string, error) {
	n := 0
	for n < len(text) && n < p.count && chars.IsDigit(text[n]) {
		n++
	}
	if p.specifier == 'f' && n != p.count {
		return "", fmt.Errorf("%d digits of a second's fraction are missing", p.count)
	}
	d.fraction(text[:n])
	return text[n:], nil
}

func (p formatPart) readDesignator(text string, d *fields) (string, error) {
	for afternoon, designator := range []string{"AM", "PM"} {
		if rest, ok := cutFold(text, designator[:min(p.count, 2)]); ok {
			return rest, store(&d.afternoon, afternoon)
		}
	}
	return "", errors.New("AM or PM is missing")
}

// readOffset reads +1, +01, +0100 or +01:00, and for K also Z or nothing.
func (p formatPart) readOffset(text string, d *fields) (string, error) {
	if rest, ok := strings.CutPrefix(text, "Z"); ok && p.specifier == 'K' {
		d.zoned, d.zulu = true, true
		return rest, nil
	}
	if text == "" || text[0] != '+' && text[0] != '-' {
		if p.specifier == 'K' {
			return text, nil
		}
		return "", errors.New("the offset from UTC is missing")
	}
	return d.readOffset(text, p.specifier == 'K' || p.count > 2)
}
