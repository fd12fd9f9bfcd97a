package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// count formats a number with its noun: "1 check", "2 checks", "0 entries".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return fmt.Sprintf("%s %sies", thousands(n), stem)
	}
	return fmt.Sprintf("%s %ss", thousands(n), noun)
}

// thousands formats 1234567 as 1,234,567.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// asSentence starts a text with an upper-case letter and ends it with one full stop.
func asSentence(s string) string { return capitalized(strings.TrimSuffix(s, ".")) + "." }

// lowered starts a sentence with a lower-case letter, for use after a colon.
func lowered(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// capitalized starts a sentence with an upper-case letter.
func capitalized(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// virtualTime formats a virtual time.
func virtualTime(at time.Time) string { return at.UTC().Format("2006-01-02 15:04") }

// virtualSpan formats a duration of virtual time, such as 6d 23h 20m.
func virtualSpan(d time.Duration) string {
	d = d.Round(time.Minute)
	days, hours, minutes := d/(24*time.Hour), d/time.Hour%24, d/time.Minute%60
	var parts []string
	for _, p := range []struct {
		n    time.Duration
		unit string
	}{{days, "d"}, {hours, "h"}, {minutes, "m"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d%s", p.n, p.unit))
		}
	}
	if len(parts) == 0 {
		return "0m"
	}
	return strings.Join(parts, " ")
}
