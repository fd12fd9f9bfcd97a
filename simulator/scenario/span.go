package scenario

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sosodev/duration"
)

// Span is a length of time: 90m, 2h, 1d12h, PT1H20M, P28D, or 0.
type Span time.Duration

// UnmarshalYAML reads a span.
func (s *Span) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	d, err := parseSpan(text)
	*s = Span(d)
	return err
}

// String is the span in days, hours and minutes.
func (s Span) String() string {
	d := time.Duration(s)
	days := d / (24 * time.Hour)
	rest := strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace((d % (24 * time.Hour)).String())
	switch {
	case days == 0:
		return rest
	case d%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", days)
	}
	return fmt.Sprintf("%dd%s", days, rest)
}

func parseSpan(text string) (time.Duration, error) {
	bad := fmt.Errorf("%q is no length of time such as 40m, 2h, 1d12h or PT1H20M", text)
	if strings.HasPrefix(text, "P") {
		d, err := duration.Parse(text)
		if err != nil || d.Negative {
			return 0, bad
		}
		return d.ToTimeDuration(), nil
	}
	var total time.Duration
	rest := text
	if days, after, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.ParseFloat(days, 64)
		if err != nil || n < 0 || n > 36500 {
			return 0, bad
		}
		total, rest = time.Duration(n*float64(24*time.Hour)), after
		if rest == "" {
			return total, nil
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 {
		return 0, bad
	}
	return total + d, nil
}

// iso writes a duration for a change stream.
func iso(d time.Duration) string { return duration.FromTimeDuration(d).String() }
