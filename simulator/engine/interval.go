package engine

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// interval is the time between the starts of two cycles, and its form in Graph (E-19, A-1).
func (r *run) interval() (time.Duration, string, error) {
	if r.cfg.Interval > 0 {
		return r.cfg.Interval, duration.ISO(r.cfg.Interval), nil
	}
	text := cmp.Or(r.cfg.App.Interval, "PT40M")
	d, err := duration.ParsePositive(text)
	if err != nil {
		return 0, "", fmt.Errorf("the interval of application %s: %w", r.cfg.App.Name, err)
	}
	if !strings.HasPrefix(text, "P") {
		text = duration.ISO(d)
	}
	return d, text, nil
}
