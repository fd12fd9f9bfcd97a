package simulator_test

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
	// assigned says that there was an assignment; until then everybody is taken to be assigned.
	assigned bool
}

// thing is a user or a group.
type thing struct {
	id      string
	group   bool
	props   line
	binned  bool
	gone    bool
	manager string
	members map[string]bool
	roles   map[string]bool
	past    past
}

// past is what was ever true of a thing, at the end of some event.
type past struct {
	wanted     bool // it was to be in the target, and active
	unwanted   bool
	unassigned bool
	renamed    bool
	member     map[string]bool // whom a group ever had
}

// modelOf lives through the source of a world.
func modelOf(w *world) *model {
	m := &model{w: w, app: applicationOf(w.Profile), things: map[string]*thing{}, names: map[string]map[string]bool{}}
	for _, pass := range []bool{true, false} { // a line may name what a later one gives
		for _, l := range w.Tenant {
			m.apply(l, pass)
		}
	}
	for _, l := range w.There {
		m.called(text(l["userName"]), "there "+text(l["userName"]))
	}
	m.remember()
	for _, e := range w.Events {
		for _, l := range e.Lines {
			m.apply(l, true)
			m.apply(l, false)
		}
		if e.What == sourceEvent {
			m.remember()
		}
	}
	return m
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
		if t := m.things[text(l["principalId"])]; t != nil && isRemoved {
			delete(t.roles, text(l["appRoleId"]))
		} else if t != nil {
			t.roles[text(l["appRoleId"])] = true
			m.assigned = true
		}
	case kind == "appRoleAssignment":
	case objects:
		m.object(l, kind == "group", text(removed["reason"]))
	default:
		m.references(l)
	}
}

func (m *model) object(l line, group bool, removed string) {
	id := text(l["id"])
	t := m.things[id]
	if t == nil {
		if removed == "deleted" {
			return
		}
		t = &thing{id: id, group: group, props: line{}, members: map[string]bool{}, roles: map[string]bool{}, past: past{member: map[string]bool{}}}
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
		t.past.renamed = t.past.renamed || before != ""
		m.called(now, id)
	}
	switch removed {
	case "":
		t.binned, t.gone = false, false
	case "changed":
		t.binned = true
	case "deleted":
		t.binned, t.gone = false, true
		t.members, t.roles = map[string]bool{}, map[string]bool{}
		for _, other := range m.things {
			delete(other.members, id)
		}
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

func (m *model) called(name, id string) {
	name = strings.ToLower(name)
	if m.names[name] == nil {
		m.names[name] = map[string]bool{}
	}
	m.names[name][id] = true
}

func (m *model) references(l line) {
	t := m.things[text(l["id"])]
	if t == nil {
		return
	}
	managers, _ := l["manager@delta"].([]any)
	for _, v := range managers {
		t.manager = text(fields(v)["id"])
	}
	members, _ := l["members@delta"].([]any)
	for _, v := range members {
		if _, gone := fields(v)["@removed"]; gone {
			delete(t.members, text(fields(v)["id"]))
		} else {
			t.members[text(fields(v)["id"])] = true
		}
	}
}

// entitled is E-61 to E-63: assigned, or an immediate member of an assigned group that is
// there and security-enabled.
func (m *model) entitled(t *thing) bool {
	if m.w.ScopeAll || !m.assigned || len(t.roles) > 0 {
		return true
	}
	if t.group {
		return false
	}
	for _, g := range m.things {
		if g.members[t.id] && len(g.roles) > 0 && !g.binned && !g.gone && g.props["securityEnabled"] != false {
			return true
		}
	}
	return false
}

// wanted reports whether a thing is to be in the target, and active.
func (m *model) wanted(t *thing) bool {
	if t.binned || t.gone || !m.entitled(t) {
		return false
	}
	if t.group {
		return m.app.groups && (m.w.ScopeAll || t.props["securityEnabled"] != false)
	}
	return t.props["accountEnabled"] != false
}

// remember notes what is true now.
func (m *model) remember() {
	for _, t := range m.things {
		if m.wanted(t) {
			t.past.wanted = true
		} else {
			t.past.unwanted = true
		}
		t.past.unassigned = t.past.unassigned || !t.gone && !m.entitled(t)
		for id := range t.members {
			t.past.member[id] = true
		}
	}
}

// contested reports whether somebody else ever had the name of a user or group: who of them
// is found or made first decides then, and the others may have to wait. An object
// that was in the target before belongs to who bears its name.
func (m *model) contested(t *thing) bool {
	for name, who := range m.names {
		if !who[t.id] {
			continue
		}
		others := 0
		for id := range who {
			if id != t.id && id != "there "+name {
				others++
			}
		}
		if others > 0 {
			return true
		}
	}
	return false
}

// steady reports that a thing was wanted all the time, so that no reference to it can have
// come too early (E-44, E-45).
func (m *model) steady(t *thing) bool { return !t.past.unwanted && !m.contested(t) }
