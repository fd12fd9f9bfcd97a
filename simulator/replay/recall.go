package replay

import (
	"net/http"

	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
)

// past is what earlier runs sent to a tenant.
type past struct {
	ended done
	begun map[int64]int64 // POSTs and DELETEs that may have been sent, with their entries in the journal
	last  int64           // the highest number of a request
	ids   map[int64]ledger.Note
}

// Recall takes what earlier runs or other shards did with the same stream, from their ledgers. Their requests
// are not sent again, and the ids of their responses are known.
func (p *Player) Recall(source Source, ledgers ...string) error {
	for _, t := range p.tenants {
		t.past = &past{begun: map[int64]int64{}, ids: map[int64]ledger.Note{}}
	}
	for _, path := range ledgers {
		err := ledger.Read(path, func(n ledger.Note) error {
			if n.Tenant < len(p.tenants) {
				p.tenants[n.Tenant].note(n)
			}
			return nil
		})
		if err != nil {
			return err //nolint:wrapcheck // names the file
		}
	}
	for request, err := range source {
		if err != nil {
			return err
		}
		for _, t := range p.tenants {
			t.remember(request)
		}
	}
	for _, t := range p.tenants {
		t.past.ids = nil // their memory is not needed any more
	}
	return nil
}

// Recalled is how many responses earlier runs noted.
func (p *Player) Recalled() (n int) {
	for _, t := range p.tenants {
		n += t.past.ended.count()
	}
	return n
}

// note takes a line of a ledger.
func (t *tenant) note(n ledger.Note) {
	t.past.last = max(t.past.last, n.Request)
	if n.Status == 0 {
		t.past.begun[n.Request] = n.Entry
		return
	}
	delete(t.past.begun, n.Request)
	t.past.ended.set(n.Request)
	if n.Worked() {
		t.order.worked.set(n.Request)
	}
	if len(n.IDs) > 0 {
		t.past.ids[n.Request] = n
	}
}

// remember binds the ids of a request that was sent.
func (t *tenant) remember(r *Request) {
	if !t.past.ended.has(r.Number) {
		return
	}
	bindings := t.order.bindings
	if b := bindings[r.object]; b != nil && r.Method == http.MethodDelete && t.order.worked.has(r.Number) {
		b.removed = true
	}
	n := t.past.ids[r.Number]
	for i, variable := range r.binds {
		b := &binding{state: failed, name: r.binds[0]}
		if i < len(n.IDs) && n.IDs[i] != "" {
			b.state, b.id, b.own, b.entry = bound, n.IDs[i], r.Method == http.MethodPost && n.Worked(), n.Entry
		}
		if known := bindings[variable]; b.state == bound || known == nil {
			bindings[variable] = b
		}
	}
}

// sent reports whether an earlier run sent a request. A GET before the last one that it sent is of use only for
// the ids that it gives.
func (t *tenant) sent(r *Request) bool {
	switch {
	case t.past == nil:
		return false
	case t.past.ended.has(r.Number):
		return true
	case r.Method != http.MethodGet || r.Number >= t.past.last:
		return false
	}
	return t.order.knows(r.binds)
}

// knows reports whether all ids are there.
func (r *order) knows(variables []key) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, variable := range variables {
		if b := r.bindings[variable]; b == nil || b.state != bound {
			return false
		}
	}
	return true
}

// perhapsSent reports whether an earlier run may have sent a POST or DELETE whose response it did not note, and
// its entry in the journal.
func (t *tenant) perhapsSent(r *Request) (entry int64, begun bool) {
	if t.past == nil {
		return 0, false
	}
	entry, begun = t.past.begun[r.Number]
	return entry, begun
}
