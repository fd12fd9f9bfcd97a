package measure

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

// saved is a recorder as a file keeps it: all counts, so that reading it back loses nothing.
type saved struct {
	Warmup    time.Duration  `json:"warmupNs"`
	Warm      int64          `json:"warmupRequests"`
	Last      time.Duration  `json:"lastNs"`
	Series    []savedSeries  `json:"series"`
	Tenants   []savedSeries  `json:"tenants,omitempty"`
	Lag       counts         `json:"lag"`
	Problems  []savedProblem `json:"problems,omitempty"`
	SpanWidth time.Duration  `json:"spanNs"`
	Spans     []savedSpan    `json:"spans"`
}

// savedSeries is that of a kind of request and a class of status, or of a tenant.
type savedSeries struct {
	Name     string        `json:"name"`
	Class    byte          `json:"class,omitempty"` // of the status; 0 is no response
	Errors   int64         `json:"errors,omitempty"`
	Status   map[int]int64 `json:"status"`
	Response counts        `json:"response"`
	Service  counts        `json:"service"`
}

type savedProblem struct {
	Operation string `json:"operation"`
	Status    int    `json:"status,omitempty"`
	Failure   string `json:"failure,omitempty"`
	Times     int64  `json:"times"`
}

type savedSpan struct {
	Requests  int64  `json:"requests"`
	Errors    int64  `json:"errors,omitempty"`
	Throttled int64  `json:"throttled,omitempty"`
	InFlight  int    `json:"inFlight"`
	Response  counts `json:"response"`
}

// counts are the buckets of a histogram that are not empty: the index of each, and its count.
type counts [][2]int64

// MarshalJSON writes the recorder with all its counts.
func (r *Recorder) MarshalJSON() ([]byte, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := saved{Warmup: r.warmup, Warm: r.warm, Last: r.last, Lag: r.lag.counts(), SpanWidth: r.spans.width, Series: []savedSeries{}, Spans: []savedSpan{}}
	for key, in := range r.series {
		s.Series = append(s.Series, in.saved(key.operation, key.class))
	}
	slices.SortFunc(s.Series, func(a, b savedSeries) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), cmp.Compare(a.Class, b.Class))
	})
	for _, name := range slices.Sorted(maps.Keys(r.tenants)) {
		s.Tenants = append(s.Tenants, r.tenants[name].saved(name, 0))
	}
	for p, n := range r.errors {
		s.Problems = append(s.Problems, savedProblem{p.Operation, p.Status, p.Failure, n})
	}
	slices.SortFunc(s.Problems, func(a, b savedProblem) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	for i := range r.spans.list {
		in := &r.spans.list[i]
		s.Spans = append(s.Spans, savedSpan{in.requests, in.errors, in.throttle, in.inFlight, in.response.counts()})
	}
	return json.Marshal(s)
}

// ReadRecorder reads a recorder that was written as JSON.
func ReadRecorder(from io.Reader) (*Recorder, error) {
	var s saved
	if err := json.NewDecoder(from).Decode(&s); err != nil {
		return nil, err
	}
	if s.Warmup < 0 || s.Warm < 0 || s.Last < 0 || s.SpanWidth < time.Second || len(s.Spans) > mostSpans {
		return nil, errors.New("the times or the number of spans are out of range")
	}
	r := NewRecorder(s.Warmup)
	r.warm, r.last, r.spans.width = s.Warm, s.Last, s.SpanWidth
	var err error
	if r.lag, err = s.Lag.histogram(digits); err != nil {
		return nil, fmt.Errorf("lag: %w", err)
	}
	for _, from := range s.Series {
		if r.series[seriesKey{from.Name, from.Class}], err = from.read(digits); err != nil {
			return nil, err
		}
	}
	for _, from := range s.Tenants {
		if r.tenants[from.Name], err = from.read(digitsInTime); err != nil {
			return nil, err
		}
	}
	for _, p := range s.Problems {
		r.errors[Problem{p.Operation, p.Status, p.Failure}] = p.Times
	}
	for i, from := range s.Spans {
		h, err := from.Response.histogram(digitsInTime)
		if err != nil {
			return nil, fmt.Errorf("span %d: %w", i+1, err)
		}
		r.spans.list = append(r.spans.list, span{response: h, requests: from.Requests, errors: from.Errors, throttle: from.Throttled, inFlight: from.InFlight})
	}
	return r, nil
}

// saved is the series with its name.
func (in *series) saved(name string, class byte) savedSeries {
	return savedSeries{name, class, in.errors, in.status, in.response.counts(), in.service.counts()}
}

// read is the series of a file.
func (s savedSeries) read(digits int) (in *series, err error) {
	in = newSeries(digits)
	in.errors = s.Errors
	maps.Copy(in.status, s.Status)
	if in.response, err = s.Response.histogram(digits); err == nil {
		in.service, err = s.Service.histogram(digits)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return in, nil
}

// counts are the buckets of the histogram that are not empty.
func (h Histogram) counts() counts {
	list := counts{}
	for i, n := range h.h.Export().Counts {
		if n != 0 {
			list = append(list, [2]int64{int64(i), n})
		}
	}
	return list
}

// histogram is the histogram with these buckets.
func (c counts) histogram(digits int) (Histogram, error) {
	snapshot := newHistogram(digits).h.Export()
	for _, bucket := range c {
		at, n := bucket[0], bucket[1]
		if at < 0 || at >= int64(len(snapshot.Counts)) || n < 0 {
			return Histogram{}, fmt.Errorf("a histogram has no bucket %d with %d requests", at, n)
		}
		snapshot.Counts[at] += n
	}
	return Histogram{hdrhistogram.Import(snapshot)}, nil
}
