package survey

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/conformance/resource"
	"github.com/scimdrill/scimdrill/conformance/session"
)

// Objects that a bulk request creates or removes: at most, and where the endpoint announces no limit.
const (
	spared  = 50
	unnamed = 20
)

// echoes reports that the response to a create is what a read shows.
func echoes(made session.Response, shown []map[string]any) bool {
	return made.Text("id") != "" && len(shown) > 0 && len(resource.Compare(shown[0], made.Body, resource.Rules{})) == 0
}

// limit is how many operations an announced feature allows in a request.
func limit(feature map[string]any) int {
	if n, ok := feature["maxOperations"].(float64); ok {
		return min(int(n), spared)
	}
	return unnamed
}

// spare tries whether bulk requests create and remove objects. They then take the place of single
// requests that only prepare a check, or clean up after it.
func (q *questions) spare(ctx context.Context) {
	s := q.survey
	if !q.options.Spare || !s.Declared["bulk"] || q.operations < 2 || !s.Users.Made.Works {
		return
	}
	objects := []session.Planned{q.planned(&s.Users, "userName"), q.planned(&s.Users, "userName")}
	if s.Groups.Made.Works {
		objects = append(objects, q.planned(&s.Groups, "displayName"))
	}
	objects = objects[max(0, len(objects)-q.operations):]
	_, ids, err := q.MakeInBulk(ctx, objects)
	if err != nil || len(ids) < len(objects) {
		return
	}
	have := func(status int) bool {
		asked := objects[max(0, len(objects)-2):]
		path := func(o session.Planned) string { return "/" + o.Collection + "/" + ids[o.BulkID] }
		q.Ahead(ctx, path(asked[0]), path(asked[len(asked)-1]))
		for _, o := range asked {
			if a, _ := q.send(ctx, http.MethodGet, path(o), nil); a.Status != status || status == http.StatusOK && a.Text(o.Key) != o.Body[o.Key] {
				return false
			}
		}
		return true
	}
	if have(http.StatusOK) && q.RemoveInBulk(ctx) && have(http.StatusNotFound) {
		s.Bulk = q.operations
	}
}

// planned is an object with what the endpoint requires.
func (q *questions) planned(r *Resource, key string) session.Planned {
	name := q.Name("bulk")
	needed, _ := r.split()
	for i, a := range needed {
		needed[i].Sent = q.value(r, a, name)
	}
	body := Body(needed)
	body["schemas"] = Schemas(r.Name, body)
	return session.Planned{Collection: r.Name + "s", Key: key, BulkID: name, Body: q.completed(r, name, body)}
}
