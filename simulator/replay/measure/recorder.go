package measure

import (
	"sync"
	"time"
)

// Sample is a request that has ended. Times count from the start of the run.
type Sample struct {
	// Operation is the kind of request, such as "POST /Users".
	Operation string
	// Tenant is whose request it was; empty where there is one tenant.
	Tenant string
	// Status is that of the response; 0 means no response.
	Status int
	// Failure is the class of a request without a response, such as "time-out".
	Failure string
	// Error says that the response counts as an error.
	Error bool
	// Due is when the request had to be sent by the schedule, and Ready when it could be: when
	// the response that it needed was there. Sent and Done are what happened.
	Due, Ready, Sent, Done time.Duration
	// InFlight is the number of requests under way, with this one.
	InFlight int
}

// Recorder gathers samples. It is safe for concurrent use.
type Recorder struct {
	warmup time.Duration

	mu      sync.Mutex
	series  map[seriesKey]*series
	tenants map[string]*series
	lag     Histogram
	spans   spans
	errors  map[Problem]int64
	warm    int64 // samples of the warm-up
	last    time.Duration
}

type seriesKey struct {
	operation string
	class     byte // of the status: 0, 1 to 5
}

type series struct {
	response, service Histogram
	errors            int64
	status            map[int]int64
}

func newSeries(digits int) *series {
	return &series{response: newHistogram(digits), service: newHistogram(digits), status: map[int]int64{}}
}

// take counts a sample.
func (in *series) take(s *Sample) {
	in.response.record(s.Done - s.Due)
	in.service.record(s.Done - s.Sent)
	in.status[s.Status]++
	if s.Error {
		in.errors++
	}
}

// merge adds what another series has.
func (in *series) merge(from *series) {
	in.response.merge(from.response)
	in.service.merge(from.service)
	in.errors += from.errors
	for status, n := range from.status {
		in.status[status] += n
	}
}

// of is the series of a key, made with so many digits where there is none.
func of[K comparable](all map[K]*series, key K, digits int) *series {
	in := all[key]
	if in == nil {
		in = newSeries(digits)
		all[key] = in
	}
	return in
}

// NewRecorder begins. Samples that were due in the warm-up are counted and not measured.
func NewRecorder(warmup time.Duration) *Recorder {
	return &Recorder{warmup: warmup, series: map[seriesKey]*series{}, tenants: map[string]*series{}, lag: newHistogram(digits), spans: newSpans(), errors: map[Problem]int64{}}
}

// Add counts one sample.
func (r *Recorder) Add(s Sample) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last = max(r.last, s.Done)
	if s.Due < r.warmup {
		r.warm++
		return
	}
	key := seriesKey{s.Operation, byte(min(max(s.Status/100, 0), 9))}
	of(r.series, key, digits).take(&s)
	if s.Tenant != "" {
		of(r.tenants, s.Tenant, digitsInTime).take(&s)
	}
	r.lag.record(s.Sent - max(s.Ready, s.Due))
	if s.Error {
		r.errors[Problem{s.Operation, s.Status, s.Failure}]++
	}
	r.spans.add(s.Done, s.Done-s.Due, s)
}

// Merge adds what another recorder has: that of another shard, which began later by a time. Both
// were under way at once, so that the requests under way add up.
func (r *Recorder) Merge(other *Recorder, later time.Duration) {
	other.mu.Lock()
	defer other.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	for key, from := range other.series {
		of(r.series, key, digits).merge(from)
	}
	for name, from := range other.tenants {
		of(r.tenants, name, digitsInTime).merge(from)
	}
	for p, n := range other.errors {
		r.errors[p] += n
	}
	r.lag.merge(other.lag)
	r.spans.merge(&other.spans, later)
	r.warm += other.warm
	r.last = max(r.last, other.last+later)
}
