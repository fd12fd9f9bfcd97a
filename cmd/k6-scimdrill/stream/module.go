// Package stream is the module k6/x/scimdrill: a stream of scimdrill, sent by the virtual users of k6.
//
//	script ─► open ─► Stream (one in a process, of all virtual users: objects, ids)
//	       ─► send(n) ─► the requests of object n ─► target, samples of k6
//
// An iteration sends all requests of one object, in the order of the stream. Objects are sorted by what they need. k6
// says when an iteration begins, and which iterations of a test fall to which instance. An id that another instance has
// is found by the name of its object, as Entra finds it.
package stream

import (
	"errors"
	"sync"

	"go.k6.io/k6/js/modules"
)

func init() { modules.Register("k6/x/scimdrill", &root{streams: map[options]*Stream{}}) }

// root keeps the streams of this process.
type root struct {
	mu      sync.Mutex
	streams map[options]*Stream
}

// instance is the module of one virtual user.
type instance struct {
	root *root
	vu   modules.VU
}

// NewModuleInstance implements modules.Module.
func (r *root) NewModuleInstance(vu modules.VU) modules.Instance { return &instance{r, vu} }

// Exports implements modules.Instance.
func (i *instance) Exports() modules.Exports {
	return modules.Exports{Named: map[string]any{"open": i.open}}
}

// Handle is a stream as the script of one virtual user has it.
type Handle struct {
	// Objects is how many iterations the stream takes.
	Objects int
	// Left is how many requests are left out, because only rules find a value of theirs.
	Left int

	stream *Stream
	vu     modules.VU
	meters meters
}

// open reads a stream once in a process. It fails for a target that must not be loaded.
func (i *instance) open(given map[string]string) (*Handle, error) {
	env := i.vu.InitEnv()
	if env == nil {
		return nil, errors.New("open a stream outside of the functions of the script")
	}
	o, err := parse(given)
	if err != nil {
		return nil, err
	}
	i.root.mu.Lock()
	defer i.root.mu.Unlock()
	s := i.root.streams[o]
	if s == nil {
		if s, err = read(o); err != nil {
			return nil, err
		}
		i.root.streams[o] = s
	}
	m, err := newMeters(env.Registry)
	return &Handle{len(s.objects), s.left, s, i.vu, m}, err
}

// Send sends the requests of object n, which is exec.scenario.iterationInTest.
func (h *Handle) Send(n int) error {
	state := h.vu.State()
	if state == nil {
		return errors.New("send only from the functions of the script")
	}
	if n < 0 || n >= len(h.stream.objects) {
		return nil // an executor with a duration may begin more iterations than there are objects
	}
	u := &user{h.stream, h.vu.Context(), state, h.meters}
	return u.object(n)
}
