package measure

import (
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	longest       = time.Hour // longer times count as this
	digits        = 3         // of the figures of a run
	digitsInTime  = 2         // of the figures of a span of time, of which there are many
	leastForP999  = 10_000    // samples below which a p99.9 says nothing
	leastForP99   = 100
	microseconds  = int64(time.Microsecond)
	highestMicros = int64(longest / time.Microsecond)
)

// Histogram is a distribution of times.
type Histogram struct{ h *hdrhistogram.Histogram }

func newHistogram(digits int) Histogram {
	return Histogram{hdrhistogram.New(1, highestMicros, digits)}
}

// record counts a time; one below a microsecond counts as one.
func (h Histogram) record(d time.Duration) {
	_ = h.h.RecordValue(min(max(int64(d)/microseconds, 1), highestMicros)) // is always inside
}

// Count is the number of times.
func (h Histogram) Count() int64 { return h.h.TotalCount() }

// Percentile is the time below which p percent of the requests stayed.
func (h Histogram) Percentile(p float64) time.Duration {
	return time.Duration(h.h.ValueAtPercentile(p)) * time.Microsecond
}

// Enough reports whether there are enough times for a percentile to mean something.
func (h Histogram) Enough(p float64) bool {
	switch {
	case p > 99:
		return h.Count() >= leastForP999
	case p > 90:
		return h.Count() >= leastForP99
	}
	return h.Count() > 0
}

// Mean is the mean of all times.
func (h Histogram) Mean() time.Duration {
	if h.Count() == 0 {
		return 0
	}
	return time.Duration(h.h.Mean() * float64(time.Microsecond))
}

// Max is the longest time.
func (h Histogram) Max() time.Duration {
	if h.Count() == 0 {
		return 0
	}
	return time.Duration(h.h.Max()) * time.Microsecond
}

// merge adds the times of another histogram.
func (h Histogram) merge(other Histogram) { h.h.Merge(other.h) }
