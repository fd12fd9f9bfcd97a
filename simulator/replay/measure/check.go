package measure

import (
	"fmt"
	"strconv"
	"time"
)

// Counts are counts that a Summary does not have.
type Counts struct {
	Unsent    int64 // requests that could not be sent
	Different int64 // responses whose status differs from the recorded one
	// Planned is the rate of the schedule, in requests a second; 0 has none.
	Planned float64
}

// Result is a condition and what was measured.
type Result struct {
	Threshold

	Actual string
	Holds  bool
	// Unknown says that nothing was measured that could be compared, and why.
	Unknown string
}

// Check compares. A figure that rests on too few requests is unknown.
func (t Threshold) Check(s *Summary, c Counts) Result {
	res := Result{Threshold: t}
	figures, requests, errors := s.All, s.Requests, s.Errors
	if t.operation != "" {
		o := s.Operation(t.operation)
		if o == nil {
			res.Unknown = fmt.Sprintf("no request %q was measured", t.operation)
			return res
		}
		figures, requests, errors = o.Figures, o.Requests, o.Errors
	}
	if requests == 0 {
		res.Unknown = "no request was measured"
		return res
	}
	h := figures.Response
	switch t.what {
	case "service":
		h = figures.Service
	case "lag":
		h = s.Lag
	}
	var have float64
	switch t.of {
	case percentile:
		d := h.Percentile(t.p)
		have, res.Actual = d.Seconds(), shown(d)
		if !h.Enough(t.p) {
			res.Unknown = fmt.Sprintf("p%v of %d requests says nothing", t.p, h.Count())
			return res
		}
	case longestTime:
		have, res.Actual = h.Max().Seconds(), shown(h.Max())
	case mean:
		have, res.Actual = h.Mean().Seconds(), shown(h.Mean())
	case errorRate:
		have = 100 * float64(errors) / float64(requests)
		res.Actual = fmt.Sprintf("%.2f%%", have)
	case rate:
		have = s.Rate()
		res.Actual = fmt.Sprintf("%.1f/s", have)
		if t.relative {
			if c.Planned == 0 {
				res.Unknown = "no rate is planned in the closed model, or in a recording"
				return res
			}
			have = 100 * have / c.Planned
			res.Actual += fmt.Sprintf(", %.1f%% of the planned rate", have)
		}
	default:
		n := map[string]int64{"unsent": c.Unsent, "different": c.Different, "throttled": s.Throttled}[t.what]
		if t.of == errorCount {
			n = errors
		}
		have, res.Actual = float64(n), strconv.FormatInt(n, 10)
	}
	res.Holds = t.holds(have)
	return res
}

func (t Threshold) holds(have float64) bool {
	switch t.compare {
	case ">":
		return have > t.value
	case ">=":
		return have >= t.value
	case "<":
		return have < t.value
	default:
		return have <= t.value
	}
}

// shown writes a time with three digits.
func shown(d time.Duration) string {
	switch {
	case d >= time.Second:
		return fmt.Sprintf("%.2fs", d.Seconds())
	case d >= 100*time.Millisecond:
		return fmt.Sprintf("%.0fms", 1000*d.Seconds())
	default:
		return fmt.Sprintf("%.2fms", 1000*d.Seconds())
	}
}
