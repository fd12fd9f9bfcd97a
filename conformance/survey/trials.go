package survey

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/resource"
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
		special := strings.EqualFold(a.Path, "active") || strings.EqualFold(a.Path, "userName")
		if a.Patch == Unknown && !special && a.patchable() {
			list = append(list, a)
		}
	}
	q.halves(ctx, slices.CompactFunc(list, sameList), path)
	for i := 1; i < len(r.Attributes); i++ { // the first leaf of a list speaks for the others
		if a := &r.Attributes[i]; sameList(&r.Attributes[i-1], a) && r.Attributes[i-1].Patch == Refused {
			a.Patch, a.Note = Refused, r.Attributes[i-1].Note
		}
	}
}

// manager looks whether a target without /Schemas keeps a manager.
func (q *questions) manager(ctx context.Context, r *Resource, path string) {
	if r.Described || !q.survey.Patch.Works {
		return
	}
	op := "replace"
	if q.survey.Capital {
		op = "Replace"
	}
	a, _ := q.send(ctx, http.MethodPatch, path, patchOp(op, resource.Enterprise+":manager", map[string]any{"value": q.user}))
	read, _ := q.send(ctx, http.MethodGet, path, nil)
	r.Manager = a.Status >= http.StatusInternalServerError || read.Status != http.StatusOK || resource.Value(read.Body, resource.Enterprise+":manager.value") != nil
}

// sameList reports two leaves of one list whose elements have no type. They are written as a
// whole.
func sameList(a, b *Attribute) bool {
	return a.inList() && b.inList() && a.list() == b.list()
}

// list is the attribute of a leaf in a list.
func (a *Attribute) list() string { return a.Path[:strings.LastIndex(a.Path, ".")] }

// other is the path and the value of an operation that changes the attribute.
func (a *Attribute) other() (path string, value any) {
	value = Other(*a, a.Sent)
	if !a.inList() {
		return a.Path, value
	}
	return a.list(), []any{map[string]any{a.Path[len(a.list())+1:]: value}}
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
		at, value := a.other()
		operations[i] = map[string]any{"op": name, "path": at, "value": value}
	}
	a, _ := q.send(ctx, http.MethodPatch, path, map[string]any{"schemas": []string{patchURN}, "Operations": operations})
	if a.Status < 400 || a.Status >= 500 && a.Status != http.StatusNotImplemented { // a crash says nothing of an attribute
		return
	}
	if len(list) == 1 {
		list[0].Patch, list[0].Note = Refused, said(a)
		return
	}
	q.halves(ctx, list[:len(list)/2], path)
	q.halves(ctx, list[len(list)/2:], path)
}
