package replay

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Reasons for which a POST that may have been sent is not sent again.
const (
	nameless   = "may have been sent before the crash, and has no name to search for"
	unanswered = "may have been sent before the crash, and the search for it failed"
	ambiguous  = "may have been sent before the crash, and the search finds several objects"
)

// settled finds out what became of a POST that an earlier run may have sent, as Entra does: by a search. It
// reports whether the request is over. Otherwise the target does not have the object.
func (w *worker) settled(ctx context.Context, o *op) bool {
	entry, begun := o.tenant.perhapsSent(o.request)
	if !begun || o.request.Method != http.MethodPost || o.attempts > 0 || ctx.Err() != nil {
		return false
	}
	id, why := w.searched(ctx, o)
	switch {
	case why != "":
		w.notSent(o, why, "")
		w.player.end(o, nil, false, 0)
		return true
	case id == "":
		w.forget(ctx, entry)
		return false
	}
	o.worked = true
	ids := make([]string, len(o.makes))
	for i := range ids {
		ids[i] = id
	}
	if j := w.player.cfg.Journal; j != nil && entry != 0 {
		if err := j.Made(entry, id); err != nil {
			w.stop(ctx, err)
		}
	}
	w.note(ctx, o, http.StatusCreated, entry, ids)
	w.player.end(o, ids, true, entry)
	return true
}

// forget tells the journal that an object does not exist.
func (w *worker) forget(ctx context.Context, entry int64) {
	if j := w.player.cfg.Journal; j != nil && entry != 0 {
		if err := j.Gone(entry); err != nil {
			w.stop(ctx, err)
		}
	}
}

// searched searches for the object of a POST by each of its names. An empty id is none.
func (w *worker) searched(ctx context.Context, o *op) (id, why string) {
	made := &o.request.made
	if made.Attribute == "" {
		return "", nameless
	}
	why = unanswered
	var ids []string
	for _, way := range [][2]string{{made.Attribute, made.Value}, {made.AltAttribute, made.AltValue}} {
		if way[0] == "" || len(ids) > 0 {
			continue
		}
		lookup := &op{request: searchBy(o.request.collection, way[0], way[1]), tenant: o.tenant, lookup: true}
		_, r := w.send(ctx, lookup)
		w.player.tally.lookups.Add(1)
		if r.status != http.StatusOK {
			continue
		}
		why = ""
		for _, f := range resourcesIn(r.body) {
			// A name that is given to several groups proves nothing beside another external id.
			if f.called(way[1]) && (way[0] != "displayName" || len(f.names) == 1 || made.AltAttribute == "") && !slices.Contains(ids, f.id) {
				ids = append(ids, f.id)
			}
		}
	}
	switch {
	case len(ids) > 1:
		return "", ambiguous
	case len(ids) == 1:
		return ids[0], ""
	}
	return "", why
}

// searchBy is a query for an object by a value.
func searchBy(collection, attribute, value string) *Request {
	filter := attribute + ` eq "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
	text := "/" + collection + "?filter=" + url.QueryEscape(filter)
	return &Request{
		Method: http.MethodGet, Operation: "GET /" + collection + "?filter (after a crash)", collection: collection,
		path: template{parts: []string{text}, size: len(text)}, body: template{parts: []string{""}}, headers: &sentHeaders{},
	}
}
