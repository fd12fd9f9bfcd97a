package outcome

import (
	"encoding/json"
	"iter"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/replay"
)

// Model is what the objects of one tenant should be. Its zero value is not usable; see New.
type Model struct {
	tenant  string             // of several, which names say
	objects map[string]*object // by collection and id
	order   []string
	names   map[string]string // of what the stream created or found, by the same
}

// object is what one object should be.
type object struct {
	collection, id, name string
	created              bool // by the stream, so that all of it is known
	gone                 bool
	uncertain            bool // a write had a form that the model does not know
	removed              bool // members were taken out
	values               map[string]value
	active               *bool
	manager              *string // id; "" is none
	managerPath          string
	members              map[string]bool
	membersKnown         bool
}

// value is an attribute in the spelling of a path.
type value struct{ path, text string }

// New knows nothing. The names of its objects say the tenant, unless it is empty.
func New(tenant string) *Model {
	return &Model{tenant: tenant, objects: map[string]*object{}, names: map[string]string{}}
}

// Apply takes a write that succeeded.
func (m *Model) Apply(w replay.Write) {
	if w.Collection != "Users" && w.Collection != "Groups" || w.ID == "" {
		return
	}
	o := m.object(w)
	var body map[string]any
	if len(w.Body) > 0 && json.Unmarshal(w.Body, &body) != nil {
		o.uncertain = true
	}
	switch w.Method {
	case http.MethodPost:
		*o = object{collection: o.collection, id: o.id, name: o.name, created: true, values: map[string]value{}, members: map[string]bool{}, membersKnown: true}
		o.whole(body)
	case http.MethodPut:
		o.values, o.active, o.manager, o.members, o.membersKnown = map[string]value{}, nil, nil, map[string]bool{}, true
		o.whole(body)
	case http.MethodDelete:
		o.gone = true
	case http.MethodPatch:
		o.patch(body)
	}
}

func (m *Model) object(w replay.Write) *object {
	key := w.Collection + "/" + w.ID
	o := m.objects[key]
	if o == nil {
		o = &object{collection: w.Collection, id: w.ID, name: w.Name, values: map[string]value{}, members: map[string]bool{}}
		m.objects[key] = o
		m.order = append(m.order, key)
	}
	if o.name == "" {
		o.name = w.Name
	}
	m.names[key] = o.name
	return o
}

// Len is the number of objects.
func (m *Model) Len() int { return len(m.order) }

// Own reports whether an object is one of the stream.
func (m *Model) Own(targetID string) (endstate.Ref, bool) {
	for _, collection := range []string{"Users", "Groups"} {
		if o := m.objects[collection+"/"+targetID]; o != nil {
			return m.ref(o), true
		}
	}
	return endstate.Ref{}, false
}

// Expected are all objects, in the order in which the stream met them.
func (m *Model) Expected() iter.Seq2[endstate.Expected, error] {
	return func(yield func(endstate.Expected, error) bool) {
		for _, key := range m.order {
			if !yield(m.expected(m.objects[key]), nil) {
				return
			}
		}
	}
}

func (m *Model) ref(o *object) endstate.Ref {
	name := o.name
	if m.tenant != "" {
		name += " of tenant " + m.tenant
	}
	return endstate.Ref{Type: strings.TrimSuffix(o.collection, "s"), ID: o.id, Name: name, Target: o.id}
}

func (m *Model) expected(o *object) endstate.Expected {
	e := endstate.Expected{Ref: m.ref(o), AnyMembers: o.collection == "Users"}
	if o.gone {
		e.Presence = endstate.Gone
		return e
	}
	for _, path := range []string{"userName", "externalId", "displayName"} {
		if v, ok := o.values[strings.ToLower(path)]; ok && !o.uncertain && (path != "displayName" || o.collection == "Groups") {
			e.Matching = append(e.Matching, endstate.Match{Path: path, Value: v.text, CaseExact: path == "externalId"})
		}
	}
	if !o.uncertain {
		for _, key := range slices.Sorted(maps.Keys(o.values)) {
			v := o.values[key]
			e.Attributes = append(e.Attributes, endstate.Attribute{Path: v.path, Want: []string{v.text}})
		}
		e.Active = o.active
		if o.manager != nil {
			e.Manager = &endstate.Reference{Path: o.managerPath}
			if *o.manager != "" {
				e.Manager.Ref = m.reference("Users", *o.manager)
			} else {
				e.Manager = nil
			}
		}
	}
	if o.collection == "Groups" {
		e.OtherMembers = !o.membersKnown
		e.AnyMembers = o.uncertain
		for _, id := range slices.Sorted(maps.Keys(o.members)) {
			if o.members[id] && !m.lost(id) {
				e.Members = append(e.Members, endstate.Reference{Ref: m.reference("Users", id)})
			}
		}
		if o.removed {
			e.After = endstate.AfterRemoval
		}
	}
	return e
}

// lost reports whether a member was deleted, so that no group can have it.
func (m *Model) lost(id string) bool {
	for _, collection := range []string{"Users", "Groups"} {
		if o := m.objects[collection+"/"+id]; o != nil {
			return o.gone
		}
	}
	return false
}

func (m *Model) reference(collection, id string) endstate.Ref {
	if ref, known := m.Own(id); known {
		return ref
	}
	return endstate.Ref{Type: strings.TrimSuffix(collection, "s"), ID: id, Name: id, Target: id}
}
