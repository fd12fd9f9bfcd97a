package intake

import (
	"bufio"
	"encoding/json"
	"io"
	"maps"
)

// Place is the member of a line that says where the resource came from. Graph's own annotations
// begin with @odata.
const Place = "@scimdrill.place"

// Write writes a tenant file: users, groups with their members, the application, assignments.
func (t *Tenant) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	for _, kind := range []string{user, group} {
		for _, o := range t.objects {
			if o.kind != kind {
				continue
			}
			if err := enc.Encode(o.line()); err != nil {
				return err
			}
		}
	}
	if t.application != nil && t.application.properties["appRoles"] != nil {
		if err := enc.Encode(t.application.line()); err != nil {
			return err
		}
	}
	for _, o := range t.assignments {
		if err := enc.Encode(o.line()); err != nil {
			return err
		}
	}
	return b.Flush()
}

// line is the object as a Graph resource.
func (o *object) line() map[string]any {
	l := maps.Clone(o.properties)
	l["@odata.type"], l["id"], l[Place] = "#microsoft.graph."+o.kind, o.id, o.place
	if o.manager != "" {
		l["manager@delta"] = []any{map[string]any{"id": o.manager}}
	}
	if len(o.members) > 0 {
		list := make([]any, len(o.members))
		for i, id := range o.members {
			list[i] = map[string]any{"id": id}
		}
		l["members@delta"] = list
	}
	return l
}

// Counts are the numbers of users, groups and assignments.
func (t *Tenant) Counts() (users, groups, assignments int) {
	for _, o := range t.objects {
		if o.kind == user {
			users++
		} else {
			groups++
		}
	}
	return users, groups, len(t.assignments)
}
