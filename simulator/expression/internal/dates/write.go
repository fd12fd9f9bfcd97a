package dates

import (
	"fmt"
	"strings"
	"time"
)

// Layout is the one form in which dates leave a function, always in UTC (E-158).
const Layout = "1/2/2006 3:04:05 PM"

// Write writes a date in UTC.
func (f Format) Write(m Moment) string {
	var b []byte
	for _, p := range f.parts {
		if p.specifier == 'F' {
			b = p.appendFraction(b, m.Time)
			continue
		}
		b = append(b, p.format(m)...)
	}
	return string(b)
}

// appendFraction leaves out zeros at the end, and the point if nothing is left.
func (p formatPart) appendFraction(b []byte, t time.Time) []byte {
	fraction := strings.TrimRight(fmt.Sprintf("%09d", t.Nanosecond())[:p.count], "0")
	if fraction == "" && len(b) > 0 && b[len(b)-1] == '.' {
		return b[:len(b)-1]
	}
	return append(b, fraction...)
}

func (p formatPart) format(m Moment) string {
	t := m.Time
	number := func(n int) string { return fmt.Sprintf("%0*d", min(p.count, 2), n) }
	switch p.specifier {
	case 'y':
		if p.count <= 2 {
			return number(t.Year() % 100)
		}
		return fmt.Sprintf("%0*d", p.count, t.Year())
	case 'M':
		return name(p.count, number(int(t.Month())), t.Month().String())
	case 'd':
		return name(p.count, number(t.Day()), t.Weekday().String())
	case 'H':
		return number(t.Hour())
	case 'h':
		return number((t.Hour()+11)%12 + 1)
	case 'm':
		return number(t.Minute())
	case 's':
		return number(t.Second())
	case 'f':
		return fmt.Sprintf("%09d", t.Nanosecond())[:p.count]
	case 't':
		return t.Format("PM")[:min(p.count, 2)]
	case 'z':
		return []string{"+0", "+00", "+00:00"}[min(p.count, 3)-1]
	case 'K':
		return strings.Repeat([]string{"", "Z", "+00:00"}[m.kind], p.count)
	case 'g':
		return "A.D."
	default:
		return p.literal
	}
}

// name chooses between number, three letters and the whole name.
func name(count int, number, full string) string {
	switch {
	case count <= 2:
		return number
	case count == 3:
		return full[:3]
	default:
		return full
	}
}
