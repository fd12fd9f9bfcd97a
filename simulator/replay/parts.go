package replay

import "iter"

// Parts is a stream that is sent in parts, one after the other.
type Parts struct {
	next func() (*Request, error, bool)
	stop func()
}

// NewParts begins; Close ends it.
func NewParts(source Source) *Parts {
	next, stop := iter.Pull2(source)
	return &Parts{next, stop}
}

// Take is the next part, of at most n requests. The part before it must have ended.
func (p *Parts) Take(n int64) Source {
	return func(yield func(*Request, error) bool) {
		for range n {
			request, err, more := p.next()
			if !more || !yield(request, err) {
				return
			}
		}
	}
}

// Close releases the stream.
func (p *Parts) Close() { p.stop() }
