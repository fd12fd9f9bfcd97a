package engine

import (
	"cmp"

	"github.com/scimdrill/scimdrill/reports/exchange"
)

// note adds a note for the administrator.
func (r *run) note(text string) {
	if r.deps.Note != nil {
		r.deps.Note(text)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.result.Notes = append(r.result.Notes, text)
}

// record keeps an exchange of the job in the transcript.
func (r *run) record(x *exchange.Exchange) {
	if r.deps.Exchange != nil {
		r.deps.Exchange(x)
	}
	r.keep(x)
}

// keep keeps any exchange in the transcript.
func (r *run) keep(x *exchange.Exchange) {
	r.reach.Saw(x)
	if r.har == nil || r.cfg.Transcript != "all" && x.Failure == "" && x.Status < 400 {
		return
	}
	if err := r.har.Add(x); err != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.unwritten = cmp.Or(r.unwritten, err)
	}
}
