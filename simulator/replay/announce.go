package replay

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/simulator/replay/ledger"
)

// admitted reports whether a request may be sent, and announces in the journal what it makes.
func (w *worker) admitted(ctx context.Context, o *op) (entry int64, ok bool) {
	p := w.player
	if ctx.Err() != nil {
		return 0, false
	}
	if why, variable := w.why(o); why != "" {
		w.notSent(o, why, variable)
		return 0, false
	}
	if p.cfg.Guard != nil {
		if err := p.cfg.Guard.Admit(ctx); err != nil {
			w.stop(ctx, err)
			return 0, false
		}
	}
	if o.request.Method != http.MethodPost && o.request.Method != http.MethodDelete {
		return 0, true
	}
	entry, err := w.announce(o)
	if err != nil {
		w.stop(ctx, err)
		return 0, false
	}
	return entry, true
}

// announce tells the journal of a POST, and the ledger of a POST or DELETE, before it is sent.
func (w *worker) announce(o *op) (entry int64, err error) {
	p := w.player
	if p.cfg.Journal != nil && o.request.Method == http.MethodPost && o.request.made.Attribute != "" {
		object := o.request.made
		if len(p.tenants) > 1 {
			object.Tenant = o.tenant.Account
		}
		if entry, err = p.cfg.Journal.Intent(object); err != nil {
			return 0, err
		}
	}
	if p.cfg.Ledger == nil || o.lookup {
		return entry, nil
	}
	return entry, p.cfg.Ledger.Begin(o.request.Number, o.tenant.number, entry)
}

// note tells the ledger of a response. A request without one is as if it had not been sent.
func (w *worker) note(ctx context.Context, o *op, status int, entry int64, ids []string) {
	l := w.player.cfg.Ledger
	if l == nil || o.lookup || status == 0 || o.request.Method == http.MethodGet && (!o.worked || len(ids) == 0) {
		return
	}
	if o.worked && status >= http.StatusBadRequest {
		status = http.StatusNoContent // it is gone, as it should be
	}
	if err := l.End(&ledger.Note{Request: o.request.Number, Tenant: o.tenant.number, Entry: entry, Status: status, IDs: ids}); err != nil {
		w.stop(ctx, err)
	}
}

// notSent counts and names a request that cannot be sent.
func (w *worker) notSent(o *op, why, variable string) {
	p := w.player
	n := NotSent{Request: o.request.Number, Tenant: o.tenant.Name, Operation: o.request.Operation, Object: o.request.subject(), Needs: variable, Why: why}
	p.tally.notSent(n)
	if p.cfg.NotSent != nil {
		p.cfg.NotSent(n)
	}
}

// gone reports whether an earlier run may have removed what is not found.
func (w *worker) gone(o *op, r *reply) bool {
	_, begun := o.tenant.perhapsSent(o.request)
	return begun && r.status == http.StatusNotFound && o.request.Method == http.MethodDelete
}

// journal notes what became of a creation or a removal.
func (w *worker) journal(o *op, r *reply, entry int64, worked bool, ids []string) error {
	j := w.player.cfg.Journal
	switch {
	case j == nil:
		return nil
	case entry != 0 && worked && len(ids) > 0 && ids[0] != "":
		return j.Made(entry, ids[0])
	case entry != 0 && r.status >= 400 && r.status < 500:
		return j.Gone(entry) // refused; after other errors, the object may exist
	case o.request.Method == http.MethodDelete && (worked || r.status == http.StatusNotFound):
		if b := o.target(); b != nil && b.entry != 0 {
			return j.Gone(b.entry)
		}
	}
	return nil
}
