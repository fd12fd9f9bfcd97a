package worlds_test

import (
	"strings"
)

// model is the source once more, in plain maps, by the documented rules about who is in
// scope. It reads the same lines as the engine and shares no code with it.
type model struct {
	w      *world
	app    worldApp
	things map[string]*thing
	order  []string
	names  map[string]map[string]bool // who ever had a matching value
	in     map[string]map[string]bool // groups by member
	// assigned says that there was an assignment; until then everybody is taken to be assigned.
	assigned bool
	scope    scopeSetting
	schema   *worldSchema
	minute   int
	binned   int // things in the recycle bin
	// looked are those of whom something may have changed since it was noted what is true.
	looked map[string]bool
	ever   struct{ actions map[string]bool } // of users: on at some time
	never  struct{ actions map[string]bool } // off at some time
}

// thing is a user or a group.
type thing struct {
	id       string
	group    bool
	props    line
	binned   bool
	binnedAt int // the minute
	gone     bool
	manager  string
	members  map[string]bool
	roles    map[string]bool
	names    map[string]bool // matching values that it ever had
	past     past
}

// past is what was ever true of a thing, at the end of some event.
type past struct {
	wanted     bool // it was to be in the target, and active
	unwanted   bool
	unassigned bool // or did not pass the filters
	dropped    bool // a filter kept the engine from looking at it
	binned     bool // it was in the recycle bin
}

// modelOf lives through the source of a world until some minute.
func modelOf(w *world, until int) *model {
	m := &model{
		w: w, app: applicationOf(w.Profile), things: map[string]*thing{}, names: map[string]map[string]bool{}, in: map[string]map[string]bool{},
		scope: scopeSetting{all: w.ScopeAll, inForce: w.ScopeAll}, looked: map[string]bool{},
	}
	m.ever.actions, m.never.actions = map[string]bool{}, map[string]bool{}
	m.configured(w.Schema)
	for _, pass := range []bool{true, false} { // a line may name what a later one gives
		for _, l := range w.Tenant {
			m.apply(l, pass)
		}
	}
	for _, l := range w.There {
		m.called(nil, text(l["userName"]), "there "+text(l["userName"]))
	}
	m.remember()
	for _, e := range w.arriving() {
		m.passes(e.Minute)
		m.happens(e)
		m.remember()
	}
	m.passes(until)
	m.remember()
	return m
}

// happens takes an event.
func (m *model) happens(e event) {
	for _, objects := range []bool{true, false} {
		for _, l := range e.Lines {
			m.apply(l, objects)
		}
	}
	switch e.What {
	case schemaEvent:
		m.configured(e.Schema)
		m.scope.settle()
	case scopeEvent:
		m.scope.change(e.All)
	case restartEvent:
		if clears(e.Scope, "Watermark") || m.w.dropsLinks(e.Scope) {
			m.scope.settle()
		}
	default:
		return
	}
	m.everybody()
}

func (m *model) everybody() {
	for id := range m.things {
		m.looked[id] = true
	}
}

// configured puts other mappings and filters into force.
func (m *model) configured(s *worldSchema) {
	if m.schema = s; s == nil {
		m.schema = plainSchema()
	}
	for _, action := range []string{"Add", "Update", "Delete"} {
		if m.schema.does(action) {
			m.ever.actions[action] = true
		} else {
			m.never.actions[action] = true
		}
	}
}

// bin is how long the directory keeps what was deleted, in minutes (E-40 step 9).
const bin = 30 * day

// passes lets time go by: what was 30 days in the recycle bin is gone.
func (m *model) passes(minute int) {
	m.minute = max(m.minute, minute)
	if m.binned == 0 {
		return
	}
	for _, t := range m.things {
		if t.binned && t.binnedAt+bin <= m.minute {
			m.removed(t)
		}
	}
}

// removed takes a thing away for good, with all that refers to it.
func (m *model) removed(t *thing) {
	if t.binned {
		m.binned--
	}
	t.binned, t.gone = false, true
	for id := range t.members {
		m.unmember(t, id)
	}
	for g := range m.in[t.id] {
		m.unmember(m.things[g], t.id)
	}
	t.roles = map[string]bool{}
	m.looked[t.id] = true
}

func (m *model) member(g *thing, id string) {
	if m.in[id] == nil {
		m.in[id] = map[string]bool{}
	}
	m.in[id][g.id], g.members[id] = true, true
	m.looked[id] = true
}

func (m *model) unmember(g *thing, id string) {
	delete(g.members, id)
	delete(m.in[id], g.id)
	m.looked[id] = true
}

// object is a JSON object, as it was drawn or as it was read.
func object(v any) (line, bool) {
	switch v := v.(type) {
	case line:
		return v, true
	case map[string]any:
		return v, true
	}
	return nil, false
}

func fields(v any) line { l, _ := object(v); return l }

func text(v any) string { s, _ := v.(string); return s }

// apply takes a line: objects, or what refers to objects.
func (m *model) apply(l line, objects bool) {
	removed, isRemoved := object(l["@removed"])
	switch kind := strings.TrimPrefix(text(l["@odata.type"]), "#microsoft.graph."); {
	case kind == "appRoleAssignment" && !objects:
		t := m.things[text(l["principalId"])]
		if t == nil {
			return
		}
		if isRemoved {
			delete(t.roles, text(l["appRoleId"]))
		} else {
			t.roles[text(l["appRoleId"])] = true
			if !m.assigned {
				m.assigned = true
				m.everybody()
			}
		}
		m.look(t)
	case kind == "appRoleAssignment":
	case objects:
		m.object(l, kind == "group", text(removed["reason"]))
	default:
		m.references(l)
	}
}

// look notes that somebody may have come into scope or left it.
func (m *model) look(t *thing) {
	m.looked[t.id] = true
	for id := range t.members {
		m.looked[id] = true
	}
}

func (m *model) object(l line, group bool, removed string) {
	id := text(l["id"])
	t := m.things[id]
	if t == nil {
		if removed == "deleted" {
			return
		}
		t = &thing{id: id, group: group, props: line{}, members: map[string]bool{}, roles: map[string]bool{}, names: map[string]bool{}}
		m.things[id] = t
		m.order = append(m.order, id)
	}
	before := m.key(t)
	for name, v := range l {
		if name != "id" && !strings.Contains(name, "@") {
			t.props[name] = v
		}
	}
	if now := m.key(t); now != before {
		m.called(t, now, id)
	}
	m.look(t)
	switch {
	case removed == "deleted":
		m.removed(t)
	case removed == "changed" && !t.binned:
		t.binned, t.binnedAt = true, m.minute
		m.binned++
	case removed == "":
		if t.binned {
			m.binned--
		}
		t.binned, t.gone = false, false
	}
}

// key is the value by which the object is looked for in the target, or has to be unique there.
func (m *model) key(t *thing) string {
	if t.group {
		return text(t.props["displayName"])
	}
	return original(text(t.props["userPrincipalName"]))
}

// original is the address of a guest (E-70).
func original(upn string) string {
	if i := strings.Index(upn, "#EXT#@"); i > 0 {
		upn = upn[:i]
		j := strings.LastIndex(upn, "_")
		return upn[:j] + "@" + upn[j+1:]
	}
	return upn
}

func (m *model) called(t *thing, name, id string) {
	name = strings.ToLower(name)
	if m.names[name] == nil {
		m.names[name] = map[string]bool{}
	}
	m.names[name][id] = true
	if t != nil {
		t.names[name] = true
	}
}

func (m *model) references(l line) {
	t := m.things[text(l["id"])]
	if t == nil {
		return
	}
	managers, _ := l["manager@delta"].([]any)
	for _, v := range managers {
		if t.manager = text(fields(v)["id"]); fields(v)["@removed"] != nil {
			t.manager = ""
		}
	}
	members, _ := l["members@delta"].([]any)
	for _, v := range members {
		if _, gone := fields(v)["@removed"]; gone {
			m.unmember(t, text(fields(v)["id"]))
		} else {
			m.member(t, text(fields(v)["id"]))
		}
	}
}

// contested reports whether somebody else ever had the name of a user or group: who of them
// is found or made first decides then, and the others may have to wait. An object
// that was in the target before belongs to who bears its name.
func (m *model) contested(t *thing) bool {
	for name := range t.names {
		for id := range m.names[name] {
			if id != t.id && id != "there "+name {
				return true
			}
		}
	}
	return false
}

// disputed reports that somebody may have to wait for good: for a name, or for a matching
// value that can be asked for.
func (m *model) disputed(t *thing) bool {
	ever, _ := m.refused(t)
	return ever || m.contested(t)
}

// steady reports that a thing was wanted all the time, so that no reference to it can have
// come too early (E-44, E-45).
func (m *model) steady(t *thing) bool {
	return !t.past.unwanted && !m.disputed(t) && !m.never.actions["Add"] && !m.never.actions["Update"]
}
