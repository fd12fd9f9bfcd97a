package survey

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/resource"
)

// defaults makes a resource with what is required only, and notes what the endpoint adds. A
// service may give an attribute that nobody sent a value of its own (RFC 7644 section 3.3).
func (q *questions) defaults(ctx context.Context, r *Resource) {
	needed, wanted := r.split()
	if len(wanted) == 0 {
		return
	}
	a, _, body := q.post(ctx, r, q.Name("default"), needed)
	if !created(a) || q.id(a) == "" {
		return
	}
	read := q.byID(ctx, "/"+r.Name+"s/"+q.id(a), isThere)
	if read.Status != http.StatusOK {
		return
	}
	name, _ := body["userName"].(string)
	q.queried(ctx, r, "userName", name, anything) // of two users, the second may be found later
	r.Defaults = map[string]any{}
	for _, d := range resource.Compare(body, read.Body, resource.Rules{Loose: func(string) bool { return true }}) {
		if top := resource.Top(d.Path); d.Want == nil && read.Body[resource.Key(read.Body, top)] != nil {
			r.Defaults[top] = read.Body[resource.Key(read.Body, top)]
		}
	}
}
