package duration

import (
	"fmt"
	"strings"
	"time"
)

// sum adds up the parts of a duration; why is empty or says what is wrong.
func sum(text string) (total time.Duration, why string) {
	switch {
	case text == "":
		return 0, "it is empty"
	case text == "0":
		return 0, ""
	case text[0] == '-':
		return 0, "it is negative"
	}
	units, rest := plainUnit, text
	if text[0] == 'P' {
		units, rest = dateUnit, text[1:]
		if rest == "" || strings.HasSuffix(rest, "T") {
			return 0, "a number is missing at its end"
		}
	}
	for rest != "" {
		if text[0] == 'P' && rest[0] == 'T' && strings.Count(text, "T") == 1 {
			units, rest = timeUnit, rest[1:]
		}
		number, after := cut(rest, func(c byte) bool { return c >= '0' && c <= '9' || c == '.' })
		name, after := cut(after, func(c byte) bool { return c != '.' && c != 'T' && (c < '0' || c > '9') })
		if number == "" {
			return 0, fmt.Sprintf("a number is missing before %q", rest)
		}
		d, why := part(number, name, units(name))
		if why != "" {
			return 0, why
		}
		if total += d; total > Longest {
			return 0, "it is longer than 100 years"
		}
		rest = after
	}
	return total, ""
}

// cut splits a string where its first bytes stop to be of a kind.
func cut(text string, of func(byte) bool) (head, tail string) {
	i := 0
	for i < len(text) && of(text[i]) {
		i++
	}
	return text[:i], text[i:]
}

// part is a number of one unit.
func part(number, name string, unit time.Duration) (d time.Duration, why string) {
	if unit == 0 {
		if name == "" {
			return 0, "a unit is missing behind " + number
		}
		return 0, fmt.Sprintf("unknown unit %q", name)
	}
	whole, fraction, _ := strings.Cut(number, ".")
	if whole+fraction == "" || strings.Contains(fraction, ".") {
		return 0, fmt.Sprintf("%q is not a number", number)
	}
	for _, c := range []byte(whole) {
		// Longest has fewer than 1e19 nanoseconds, and every step is compared with it.
		if d = d*10 + time.Duration(c-'0'); d > Longest/unit {
			return 0, "it is longer than 100 years"
		}
	}
	d *= unit
	scale := unit
	for _, c := range []byte(fraction) {
		d += scale / 10 * time.Duration(c-'0')
		d += scale % 10 * time.Duration(c-'0') / 10
		scale /= 10
	}
	return d, ""
}

// plainUnit is a unit of 1d12h.
func plainUnit(name string) time.Duration {
	switch name {
	case "ns":
		return time.Nanosecond
	case "us", "µs", "μs":
		return time.Microsecond
	case "ms":
		return time.Millisecond
	case "s":
		return time.Second
	case "m":
		return time.Minute
	case "h":
		return time.Hour
	case "d":
		return day
	case "w":
		return week
	}
	return 0
}

// dateUnit is a unit of ISO 8601 before the T.
func dateUnit(name string) time.Duration {
	switch name {
	case "Y":
		return year
	case "M":
		return year / 12
	case "W":
		return week
	case "D":
		return day
	}
	return 0
}

// timeUnit is a unit of ISO 8601 behind the T.
func timeUnit(name string) time.Duration {
	switch name {
	case "H":
		return time.Hour
	case "M":
		return time.Minute
	case "S":
		return time.Second
	}
	return 0
}
