package replay

import (
	"maps"
	"slices"
	"sync"
)

// op is a request of one tenant on its way through the player.
type op struct {
	request *Request
	tenant  *tenant
	due     int64 // nanoseconds since the start
	ready   int64
	after   []*op // which wait for this one
	waits   int   // for how many others it waits
	done    bool
	worked  bool // has a response of success

	needs    []*binding
	makes    []*binding
	about    []*object
	reads    []*object // that it only names
	attempts int
	lookup   bool // searches for an object of another shard, and holds no place

	// Most requests have no more of them than this, and need no memory of their own.
	needsRoom [2]*binding
	makesRoom [3]*binding
	aboutRoom [5]*object
}

// order says which requests of a tenant wait for others: those about the same object, those that
// need an id, and a DELETE for those that name the object. It is safe for concurrent use.
type order struct {
	mu       sync.Mutex
	objects  map[key]*object
	idle     int // about how many of them no request under way is about
	bindings map[key]*binding
	worked   done // the requests that succeeded
}

// mostIdle is how many idle objects are kept, beside as many as there are others: most requests are
// about an object that was there a moment ago.
const mostIdle = 1 << 12

// object is one that requests under way are about, or name.
type object struct {
	tail    *op // the last request about it
	readers int // requests under way that name it
	drain   *op // waits until there are none
}

func newOrder() *order { return &order{objects: map[key]*object{}, bindings: map[key]*binding{}} }

func (w *op) waitFor(other *op) {
	if other == nil || other.done || other == w {
		return
	}
	other.after = append(other.after, w)
	w.waits++
}

func (r *order) object(k key) *object {
	o := r.objects[k]
	if o == nil {
		o = &object{}
		r.objects[k] = o
	}
	return o
}

// admit takes a request in the order of the stream, and reports whether it can be sent at once.
// unknown is called for a variable that no request before it gives.
func (r *order) admit(w *op, unknown func(variable key) *binding) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, variable := range w.request.needs {
		b := r.bindings[variable]
		if b == nil {
			if b = unknown(variable); b.state == pending {
				r.bindings[variable] = b
			}
		}
		if b.state == pending {
			w.waitFor(b.maker)
		}
		w.needs = append(w.needs, b)
		if variable != w.request.object {
			o := r.object(r.canonical(variable))
			o.readers++
			w.reads = append(w.reads, o)
		}
	}
	for _, k := range w.request.touches {
		w.join(r, r.canonical(k))
	}
	if b := w.target(); b != nil && w.request.Method == "DELETE" {
		b.removed = true
	}
	for _, variable := range w.request.binds {
		b := r.bindings[variable]
		if b == nil || b.state == failed || b.removed || w.request.Method == "POST" && !w.request.inferred {
			b = &binding{maker: w, name: w.request.binds[0]}
			r.bindings[variable] = b
		}
		w.makes = append(w.makes, b)
	}
	if len(w.makes) > 0 && w.request.Method == "POST" {
		w.join(r, w.request.binds[0])
	}
	return w.waits == 0
}

// finish ends a request, and gives those that can be sent now.
func (r *order) finish(w *op, ids []string, own bool, entry int64) (ready []*op) {
	r.mu.Lock()
	defer r.mu.Unlock()
	w.done = true
	if w.worked {
		r.worked.set(w.request.Number)
	}
	for i, b := range w.makes {
		if b.maker != w {
			continue
		}
		b.maker = nil
		if i < len(ids) && ids[i] != "" {
			b.state, b.id, b.own, b.entry = bound, ids[i], own, entry
		} else {
			b.state = failed
		}
	}
	for _, other := range w.after {
		if other.waits--; other.waits == 0 {
			ready = append(ready, other)
		}
	}
	w.after = nil
	for _, o := range w.reads {
		if o.readers--; o.readers == 0 {
			if o.drain != nil {
				if o.drain.waits--; o.drain.waits == 0 {
					ready = append(ready, o.drain)
				}
			}
			r.release(o)
		}
	}
	for _, o := range w.about {
		r.release(o)
	}
	if r.idle > mostIdle+len(r.objects)/2 {
		r.sweep()
	}
	return ready
}

// canonical is the one key of an object that several variables stand for.
func (r *order) canonical(k key) key {
	if b := r.bindings[k]; b != nil && !b.name.none() {
		return b.name
	}
	return k
}

// join makes a request the last one about an object.
func (w *op) join(r *order, k key) {
	o := r.object(k)
	if o.tail == w {
		return
	}
	w.waitFor(o.tail)
	if w.request.Method == "DELETE" && o.readers > 0 && !slices.Contains(w.reads, o) {
		o.drain = w
		w.waits++
		o = &object{} // who comes later names what comes after the removal
		r.objects[k] = o
	}
	o.tail = w
	w.about = append(w.about, o)
}

// over reports whether no request under way is about an object or names it.
func (o *object) over() bool { return o.readers == 0 && (o.tail == nil || o.tail.done) }

// release counts an object that no request under way is about.
func (r *order) release(o *object) {
	if o.over() {
		o.tail = nil // its memory is not needed
		r.idle++
	}
}

// sweep drops the objects that no request under way is about.
func (r *order) sweep() {
	r.idle = 0
	maps.DeleteFunc(r.objects, func(_ key, o *object) bool { return o.over() })
}

// missing is the first variable of a request whose id is not known, and whether a request was to
// give it.
func (r *order) missing(w *op) (variable string, made bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, b := range w.needs {
		if b.state != bound {
			return w.request.needs[i].name(), !b.name.none()
		}
	}
	return "", false
}

// target is the binding of the object in the path of a request, or nil.
func (w *op) target() *binding {
	for i, variable := range w.request.needs {
		if variable == w.request.object {
			return w.needs[i]
		}
	}
	return nil
}
