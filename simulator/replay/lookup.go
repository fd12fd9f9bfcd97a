package replay

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	lookupEvery = 500 * time.Millisecond
	lookupTries = 120
)

// unknown is what can be done about a variable that no request before gives. In a shard, another
// one may make the object. It is searched for in the target, as Entra searches for a reference.
func (p *Player) unknown(t *tenant, variable key) (*binding, *op) {
	_, name := named(variable.name())
	if p.cfg.Shard.whole() || name == "" {
		return &binding{state: failed}, nil
	}
	text := searchFor(variable.name())
	collection, _, _ := strings.Cut(text[1:], "?")
	request := &Request{
		Method: http.MethodGet, Operation: "GET /" + collection + "?filter (other shard)", collection: collection,
		path: template{parts: []string{text}, size: len(text)}, body: template{parts: []string{""}}, binds: []key{variable}, headers: &sentHeaders{},
	}
	o := &op{request: request, tenant: t, lookup: true}
	b := &binding{maker: o, name: variable}
	o.makes = []*binding{b}
	return b, o
}

// searchFor is the path and query by which an object is found by its name, as Entra finds a reference.
func searchFor(variable string) string {
	collection, name := named(variable)
	collection = strings.ToUpper(collection[:1]) + collection[1:]
	attribute := "userName"
	if collection == "Groups" {
		attribute = "displayName"
	}
	filter := attribute + ` eq "` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	return "/" + collection + "?filter=" + url.QueryEscape(filter)
}

// notYet searches again later where the object is not there yet.
func (w *worker) notYet(ctx context.Context, o *op, r *reply) bool {
	w.player.tally.lookups.Add(1)
	if r.status == http.StatusOK && len(resourcesIn(r.body)) > 0 {
		return false
	}
	if o.attempts++; o.attempts >= lookupTries || ctx.Err() != nil {
		return false
	}
	w.player.later(ctx, lookupEvery, o)
	return true
}
