package replay

import (
	"iter"
	"math/bits"
	"net/http"
)

// Write is a write that succeeded, with the ids of this target.
type Write struct {
	Tenant             int // its place in the Config
	Method, Collection string
	ID                 string // of the object
	Name               string // by which people call it
	Body               []byte
}

// done keeps which requests succeeded, in a bit each.
type done []uint64

func (d *done) set(number int64) {
	for int(number/64) >= len(*d) {
		*d = append(*d, 0)
	}
	(*d)[number/64] |= 1 << (number % 64)
}

func (d done) has(number int64) bool {
	return int(number/64) < len(d) && d[number/64]&(1<<(number%64)) != 0
}

func (d done) count() (n int) {
	for _, word := range d {
		n += bits.OnesCount64(word)
	}
	return n
}

// Writes are the writes of the stream that succeeded, in the order of the stream. The player must have
// played, and source must be the stream that it played.
func (p *Player) Writes(source Source) iter.Seq2[Write, error] {
	return func(yield func(Write, error) bool) {
		for request, err := range source {
			if err != nil {
				yield(Write{}, err)
				return
			}
			if request.Method == http.MethodGet {
				continue
			}
			for i, t := range p.tenants {
				if !t.order.worked.has(request.Number) {
					continue
				}
				w := t.order.write(request)
				w.Tenant = i
				if !yield(w, nil) {
					return
				}
			}
		}
	}
}

// write fills a request as it was sent.
func (r *order) write(request *Request) Write {
	ids := make([]string, len(request.needs))
	for i, variable := range request.needs {
		if b := r.bindings[variable]; b != nil {
			ids[i] = b.id
		}
	}
	w := Write{Method: request.Method, Collection: request.collection, Name: request.subject(), Body: request.body.fill(ids, escapeJSON)}
	variable := request.object
	if variable.none() && len(request.binds) > 0 {
		variable = request.binds[0]
	}
	if b := r.bindings[variable]; b != nil {
		w.ID = b.id
	}
	if request.literal {
		w.ID = request.literalID()
	}
	return w
}
