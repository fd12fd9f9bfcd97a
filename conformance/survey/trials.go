package survey

import (
	"context"
	"net/http"
	"strings"
)

// trials finds the kept attributes that PATCH refuses to change. All of them are sent in one
// request, as Entra does; halves find the refused ones. What an accepted PATCH does is left to
// the checks.
func (q *questions) trials(ctx context.Context, r *Resource, path string) {
	if !q.survey.Patch.Works {
		return
	}
	var list []*Attribute
	for i := range r.Attributes {
		a := &r.Attributes[i]
		special := strings.EqualFold(a.Path, "active") || strings.EqualFold(a.Path, "userName") || a.inList()
		if a.Patch == Unknown && !special && a.patchable() {
			list = append(list, a)
		}
	}
	q.halves(ctx, list, path)
}

func (q *questions) halves(ctx context.Context, list []*Attribute, path string) {
	if len(list) == 0 || ctx.Err() != nil {
		return
	}
	name := "replace"
	if q.survey.Capital {
		name = "Replace"
	}
	operations := make([]any, len(list))
	for i, a := range list {
		operations[i] = map[string]any{"op": name, "path": a.Path, "value": Other(*a, a.Sent)}
	}
	a, _ := q.send(ctx, http.MethodPatch, path, map[string]any{"schemas": []string{patchURN}, "Operations": operations})
	if a.Status < 400 || a.Status >= 500 { // a crash says nothing of an attribute
		return
	}
	if len(list) == 1 {
		list[0].Patch, list[0].Note = Refused, said(a)
		return
	}
	q.halves(ctx, list[:len(list)/2], path)
	q.halves(ctx, list[len(list)/2:], path)
}
