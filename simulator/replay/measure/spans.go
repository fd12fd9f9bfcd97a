package measure

import "time"

// mostSpans is how many spans of time are kept. When there are more, two become one.
const mostSpans = 240

// spans are the samples by the time at which they ended, in memory that does not grow.
type spans struct {
	width time.Duration
	list  []span
}

type span struct {
	response                   Histogram
	requests, errors, throttle int64
	inFlight                   int
}

func newSpans() spans { return spans{width: time.Second} }

func (s *spans) add(done, response time.Duration, sample Sample) {
	at := s.at(done)
	at.response.record(response)
	at.requests++
	if sample.Error {
		at.errors++
	}
	if sample.Status == tooMany {
		at.throttle++
	}
	at.inFlight = max(at.inFlight, sample.InFlight)
}

// tooMany is the status of a response that asks to wait.
const tooMany = 429

// at is the span of a moment.
func (s *spans) at(t time.Duration) *span {
	for int(t/s.width) >= mostSpans {
		s.widen()
	}
	i := int(max(t, 0) / s.width)
	for len(s.list) <= i {
		s.list = append(s.list, span{response: newHistogram(digitsInTime)})
	}
	return &s.list[i]
}

// widen makes each two spans one.
func (s *spans) widen() {
	s.width *= 2
	for i := range s.list {
		if i%2 == 1 {
			s.list[i/2].merge(&s.list[i])
		} else {
			s.list[i/2] = s.list[i]
		}
	}
	kept := (len(s.list) + 1) / 2
	clear(s.list[kept:])
	s.list = s.list[:kept]
}

func (s *span) merge(other *span) {
	s.response.merge(other.response)
	s.requests, s.errors, s.throttle = s.requests+other.requests, s.errors+other.errors, s.throttle+other.throttle
	s.inFlight = max(s.inFlight, other.inFlight)
}

// merge adds the spans of a shard that began later by a time. Each goes to the span that holds its
// beginning.
func (s *spans) merge(other *spans, later time.Duration) {
	for s.width < other.width {
		s.widen()
	}
	if len(other.list) == 0 {
		return
	}
	s.at(time.Duration(len(other.list)-1)*other.width + later) // from here on, no span moves
	both := map[*span]int{}                                    // requests of the other shard under way in a span
	for i := range other.list {
		in, from := s.at(time.Duration(i)*other.width+later), &other.list[i]
		before := in.inFlight
		in.merge(from)
		in.inFlight = before
		both[in] = max(both[in], from.inFlight)
	}
	for in, n := range both {
		in.inFlight += n
	}
}
