package simulator

import (
	"cmp"
	"fmt"
	"time"

	"github.com/sosodev/duration"
)

// interval is the time between the starts of two cycles, and as Graph writes it (E-19, A-1).
func (r *run) interval() (time.Duration, string, error) {
	if r.cfg.Interval > 0 {
		return r.cfg.Interval, duration.FromTimeDuration(r.cfg.Interval).String(), nil
	}
	text := cmp.Or(r.cfg.App.Interval, "PT40M")
	d, err := duration.Parse(text)
	if err != nil || d.ToTimeDuration() <= 0 {
		return 0, "", fmt.Errorf("the interval %q of application %s is no positive ISO 8601 duration", text, r.cfg.App.Name)
	}
	return d.ToTimeDuration(), text, nil
}
