package measure

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Problem is a class of errors.
type Problem struct {
	Operation string
	Status    int    // 0: no response
	Failure   string // why there was none
}

// Percentiles returns those that reports show.
func Percentiles() []float64 { return []float64{50, 90, 95, 99, 99.9} }

// Summary is what a recorder has counted.
type Summary struct {
	Requests int64 // measured, without those of the warm-up
	Warmup   int64
	Errors   int64
	// Throttled are the responses 429.
	Throttled int64
	// Elapsed is the time from the end of the warm-up to the last response.
	Elapsed    time.Duration
	All        Figures
	Operations []Operation
	// Tenants are the figures of each tenant, by its name; none where there is one.
	Tenants   []Operation
	Lag       Histogram
	Problems  []Count
	Spans     []Span
	SpanWidth time.Duration
}

// Figures are the times of some requests.
type Figures struct{ Response, Service Histogram }

// Operation is a kind of request, or a tenant.
type Operation struct {
	Figures

	Name     string
	Requests int64
	Errors   int64
	Status   map[int]int64
}

// Count is a class of errors, and how many there were.
type Count struct {
	Problem

	Times int64
}

// Span is what ended in a span of time.
type Span struct {
	At        time.Duration // its beginning
	Requests  int64
	Errors    int64
	Throttled int64
	InFlight  int // at most
	Response  Histogram
}

// Rate is the number of requests a second.
func (s *Summary) Rate() float64 {
	if s.Elapsed <= 0 {
		return 0
	}
	return float64(s.Requests) / s.Elapsed.Seconds()
}

// ErrorRate is the part of the requests that failed, from 0 to 1.
func (s *Summary) ErrorRate() float64 {
	if s.Requests == 0 {
		return 0
	}
	return float64(s.Errors) / float64(s.Requests)
}

// Summary is what was counted until now.
func (r *Recorder) Summary() *Summary {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := &Summary{Warmup: r.warm, Elapsed: max(0, r.last-r.warmup), Lag: newHistogram(digits), SpanWidth: r.spans.width}
	s.All = Figures{newHistogram(digits), newHistogram(digits)}
	s.Lag.merge(r.lag)
	byName := map[string]*Operation{}
	for key, in := range r.series {
		o := byName[key.operation]
		if o == nil {
			o = &Operation{Figures: Figures{newHistogram(digits), newHistogram(digits)}, Name: key.operation, Status: map[int]int64{}}
			byName[key.operation] = o
		}
		for _, f := range []*Figures{&o.Figures, &s.All} {
			f.Response.merge(in.response)
			f.Service.merge(in.service)
		}
		o.Requests += in.response.Count()
		o.Errors += in.errors
		for status, n := range in.status {
			o.Status[status] += n
		}
		s.Throttled += in.status[tooMany]
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		s.Operations = append(s.Operations, *byName[name])
		s.Requests += byName[name].Requests
		s.Errors += byName[name].Errors
	}
	for _, name := range slices.Sorted(maps.Keys(r.tenants)) {
		in := r.tenants[name]
		o := Operation{Figures: Figures{newHistogram(digitsInTime), newHistogram(digitsInTime)}, Name: name, Requests: in.response.Count(), Errors: in.errors, Status: maps.Clone(in.status)}
		o.Response.merge(in.response)
		o.Service.merge(in.service)
		s.Tenants = append(s.Tenants, o)
	}
	for p, n := range r.errors {
		s.Problems = append(s.Problems, Count{p, n})
	}
	slices.SortFunc(s.Problems, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Status, b.Status), cmp.Compare(a.Failure, b.Failure))
	})
	for i := range r.spans.list {
		in := &r.spans.list[i]
		copied := newHistogram(digitsInTime)
		copied.merge(in.response)
		s.Spans = append(s.Spans, Span{
			At: time.Duration(i) * r.spans.width, Requests: in.requests, Errors: in.errors, Throttled: in.throttle, InFlight: in.inFlight, Response: copied,
		})
	}
	return s
}

// Operation finds a kind of request; nil is none.
func (s *Summary) Operation(name string) *Operation {
	for i := range s.Operations {
		if s.Operations[i].Name == name {
			return &s.Operations[i]
		}
	}
	return nil
}
