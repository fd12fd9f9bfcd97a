package replay

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/simulator/duration"
)

// Schedule says when the requests of an open model are due. The zero value is the closed model: a
// request is due when one before it has ended.
type Schedule struct {
	speed  float64 // of the recording; 0: not as recorded
	phases []phase
	repeat bool // the phases, over and over
}

// phase is a span of time in which the rate goes from one value to another.
type phase struct {
	from, to float64       // requests a second
	length   time.Duration // 0: without end
}

// count is the number of requests in the first t of the phase.
func (p phase) count(t time.Duration) float64 {
	s := t.Seconds()
	if p.length <= 0 || p.from == p.to {
		return p.from * s
	}
	return p.from*s + (p.to-p.from)*s*s/(2*p.length.Seconds())
}

// when is the time at which the nth request of the phase is due.
func (p phase) when(n float64) time.Duration {
	if n <= 0 && p.from > 0 {
		return 0
	}
	if p.length <= 0 || p.from == p.to {
		return time.Duration(n / p.from * float64(time.Second))
	}
	a := (p.to - p.from) / (2 * p.length.Seconds())
	root := math.Sqrt(max(0, p.from*p.from+4*a*n))
	return time.Duration((root - p.from) / (2 * a) * float64(time.Second))
}

// AsRecorded keeps the times of the recording, faster by a factor.
func AsRecorded(speed float64) Schedule { return Schedule{speed: speed} }

// Steady sends at one rate, in requests a second.
func Steady(rate float64) Schedule { return Schedule{phases: []phase{{rate, rate, 0}}} }

// Closed reports whether the schedule is that of the closed model.
func (s Schedule) Closed() bool { return s.speed == 0 && len(s.phases) == 0 }

// Model names the model as reports do.
func (s Schedule) Model() string {
	if s.Closed() {
		return "closed"
	}
	return "open"
}

// Ramp lets the rate rise from zero in the given time before the schedule begins.
func (s Schedule) Ramp(length time.Duration) Schedule {
	if length > 0 && len(s.phases) > 0 && !s.repeat {
		s.phases = append([]phase{{0, s.phases[0].from, length}}, s.phases...)
	}
	return s
}

// due is when request n of the stream, counted from 0, is to be sent. ended reports that the
// schedule is over before.
func (s Schedule) due(n float64, recorded time.Duration) (at time.Duration, ended bool) {
	if s.speed > 0 {
		return time.Duration(float64(recorded) / s.speed), false
	}
	left := n
	if s.repeat {
		in, length := s.round()
		rounds := math.Floor(left / in)
		left -= rounds * in
		at = time.Duration(rounds) * length
	}
	for _, p := range s.phases {
		if p.length <= 0 {
			return at + p.when(left), false
		}
		in := p.count(p.length)
		if left < in {
			return at + p.when(left), false
		}
		left -= in
		at += p.length
	}
	return at, true
}

// round is how many requests all phases have, and how long they take.
func (s Schedule) round() (requests float64, length time.Duration) {
	for _, p := range s.phases {
		requests += p.count(p.length)
		length += p.length
	}
	return requests, length
}

// spacing is the time between two requests at the beginning, by which several tenants share it.
func (s Schedule) spacing() time.Duration {
	for _, p := range s.phases {
		if rate := max(p.from, p.to); rate > 0 {
			return time.Duration(float64(time.Second) / rate)
		}
	}
	return 0
}

// Peak is the highest rate, in requests a second; 0 is unknown.
func (s Schedule) Peak() float64 {
	peak := 0.0
	for _, p := range s.phases {
		peak = max(peak, p.from, p.to)
	}
	return peak
}

// Mean is the mean rate of the first d of the schedule; 0 is unknown.
func (s Schedule) Mean(d time.Duration) float64 {
	total, left := 0.0, d
	if s.repeat {
		in, length := s.round()
		rounds := int64(d / length)
		total, left = float64(rounds)*in, d-time.Duration(rounds)*length
	}
	for _, p := range s.phases {
		span := left
		if p.length > 0 {
			span = min(left, p.length)
		}
		total += p.count(span)
		if left -= span; left <= 0 {
			break
		}
	}
	if d <= 0 {
		return 0
	}
	return total / d.Seconds()
}

const rateHint = "for example 25/s, '10/s for 1m, 50/s for 10s, 10/s', or '10/s..100/s for 5m'; with repeat at the end, over and over"

// ParseRate reads rates: 25/s, 90/m, steps such as 10/s for 1m, 50/s for 10s, 10/s, and slopes
// such as 10/s..100/s for 5m. A last rate without a time lasts until the stream ends. With repeat at the end, the steps begin again.
func ParseRate(text string) (Schedule, error) {
	var s Schedule
	parts := strings.Split(text, ",")
	if last := len(parts) - 1; last > 0 && strings.TrimSpace(parts[last]) == "repeat" {
		s.repeat, parts = true, parts[:last]
	}
	for i, part := range parts {
		p, why := parsePhase(strings.TrimSpace(part))
		if why == "" && p.length == 0 && (i < len(parts)-1 || s.repeat) {
			why = "only the last rate lasts without end, and none that is repeated"
		}
		if why == "" && p.length == 0 && p.from != p.to {
			why = "a slope needs a time"
		}
		if why == "" && p.from == 0 && p.to == 0 && i == len(parts)-1 {
			why = "at a rate of 0, nothing is ever sent"
		}
		if why != "" {
			return Schedule{}, fmt.Errorf("rate %q: %s; hint: %s", strings.TrimSpace(part), why, rateHint)
		}
		s.phases = append(s.phases, p)
	}
	if s.Peak() == 0 {
		return Schedule{}, fmt.Errorf("rate %q: at a rate of 0, nothing is ever sent; hint: %s", text, rateHint)
	}
	return s, nil
}

func parsePhase(text string) (phase, string) {
	text, length, timed := strings.Cut(text, " for ")
	from, to, slope := strings.Cut(strings.TrimSpace(text), "..")
	var p phase
	var why string
	if p.from, why = perSecond(from); why != "" {
		return p, why
	}
	if p.to = p.from; slope {
		if p.to, why = perSecond(to); why != "" {
			return p, why
		}
	}
	if timed {
		var err error
		if p.length, err = duration.ParsePositive(strings.TrimSpace(length)); err != nil {
			return p, err.Error()
		}
	}
	return p, ""
}

// perSecond reads 25/s, 90/m, 3600/h or 25.
func perSecond(text string) (float64, string) {
	number, unit, _ := strings.Cut(strings.TrimSpace(text), "/")
	rate, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || math.IsNaN(rate) || math.IsInf(rate, 0) || rate < 0 {
		return 0, fmt.Sprintf("%q is not a rate", text)
	}
	switch strings.TrimSpace(unit) {
	case "", "s", "sec", "second":
	case "m", "min", "minute":
		rate /= 60
	case "h", "hour":
		rate /= 3600
	default:
		return 0, fmt.Sprintf("%q is not a unit of time", unit)
	}
	return rate, ""
}
