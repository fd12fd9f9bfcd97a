package suites

import "sync"

// progress counts the checks that have ended, and their share of the time that all of them take.
type progress struct {
	tell func(done int, share float64)
	// atOnce is how many checks run beside each other. One that must be alone takes the time of as many.
	atOnce int

	mu        sync.Mutex // guards the rest, and tell
	done      int
	part, sum float64
}

// progress is that of a selection of checks. It is nil if nobody wants to know.
func (s Suite) progress(list []Spec) *progress {
	if s.Ended == nil {
		return nil
	}
	p := &progress{tell: s.Ended, atOnce: max(s.Parallel, 1)}
	for _, c := range list {
		p.sum += p.weight(c)
	}
	return p
}

// ended notes that a check has ended.
func (p *progress) ended(c Spec) {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.part += p.weight(c)
	p.tell(p.done, p.part/max(p.sum, p.part))
}

// weight is how long a check takes, in the time of a usual one. Rules about all responses take none.
func (p *progress) weight(c Spec) float64 {
	const wide = 2
	w := 1.0
	if c.wide {
		w = wide
	}
	switch {
	case c.body == nil:
		return 0
	case c.Alone:
		return w * float64(p.atOnce)
	}
	return w
}
