package invariant

import (
	"net/http"
	"slices"
	"strings"
)

// history is what earlier responses of a case said.
type history struct {
	// mine are the resources that the case made, by kind and id. Other cases do not change them.
	mine map[string]bool
	// stamps are the meta.lastModified of resources of the case since its last write.
	stamps map[string]string
	// born are the meta.created of resources, by kind and id.
	born map[string]string
	// wrote is the response to the last write, if its resource was not read since.
	wrote *written
	ids   identities // of the whole run
}

// written is the resource in the response to a write.
type written struct {
	path, asked string
	object      map[string]any
}

// brief reports a response that names a resource and does not show it: the representation in a
// response to a create is optional (RFC 7644 section 3.3).
func brief(object map[string]any) bool {
	for name := range object {
		if !slices.ContainsFunc([]string{"id", "meta", "schemas", "externalId", "userName"}, func(s string) bool { return strings.EqualFold(s, name) }) {
			return false
		}
	}
	return true
}

// after takes over what a response says.
func (h *history) after(r *response) {
	switch {
	case r.write() || r.Beside || !r.Own:
		h.wrote = nil
		clear(h.stamps)
		if r.write() && r.success() && !r.Beside && !r.projected && len(r.shown) == 1 {
			s := r.shown[0]
			if id := s.id(); id != "" && !brief(s.object) {
				h.wrote = &written{path: "/" + s.kind + "s/" + id, asked: r.method + " " + r.route, object: s.object}
			}
		}
	case h.wrote != nil && r.path == h.wrote.path && r.method == http.MethodGet:
		h.wrote = nil
	}
	if kind, id := r.created(); id != "" {
		h.mine[kind+" "+id] = true
	}
	for _, s := range r.shown {
		meta := s.meta()
		if created := text(meta, "created"); created != "" && h.mine[s.key()] {
			h.born[s.key()] = created
		}
		if modified := text(meta, "lastModified"); modified != "" && h.mine[s.key()] && !r.write() && !r.Beside {
			h.stamps[s.key()] = modified
		}
	}
	if r.method == http.MethodPost && r.status == http.StatusCreated {
		h.ids.note(r)
	}
}
