package intake

import "time"

// Rate counts requests over time in a fixed number of buckets: when time runs out of them, two become one.
type Rate struct {
	// Width is the time of a bucket.
	Width time.Duration
	// Counts are the requests in each.
	Counts []int
	// Peak is the most in one second.
	Peak int

	second   time.Duration
	inSecond int
}

const mostBuckets = 128

func (r *Rate) add(at time.Duration) {
	if r.Width == 0 {
		r.Width = time.Second
	}
	for at >= mostBuckets*r.Width {
		r.halve()
	}
	i := int(at / r.Width)
	for len(r.Counts) <= i {
		r.Counts = append(r.Counts, 0)
	}
	r.Counts[i]++
	if second := at / time.Second; second != r.second {
		r.second, r.inSecond = second, 0
	}
	r.inSecond++
	r.Peak = max(r.Peak, r.inSecond)
}

func (r *Rate) halve() {
	r.Width *= 2
	for i := range (len(r.Counts) + 1) / 2 {
		n := r.Counts[2*i]
		if 2*i+1 < len(r.Counts) {
			n += r.Counts[2*i+1]
		}
		r.Counts[i] = n
	}
	r.Counts = r.Counts[:(len(r.Counts)+1)/2]
}

// Within returns the rate in at most a number of buckets.
func (r Rate) Within(rows int) Rate {
	r.Counts = append([]int{}, r.Counts...)
	for len(r.Counts) > rows {
		r.halve()
	}
	return r
}
