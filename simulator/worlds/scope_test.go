package worlds_test

// scopeSetting is sync all or sync assigned, and what of it is in force.
type scopeSetting struct {
	all, inForce bool
	// open says that all came into force and that nobody looked at everybody since: who is not
	// changed waits for a restart.
	open bool
}

// change sets it; from all to assigned it has no effect until a restart (E-47, E-275).
func (s *scopeSetting) change(all bool) {
	s.open = s.open || all && !s.inForce
	s.all, s.inForce = all, all || s.inForce
}

// settle is a restart, or another schema: everybody is looked at under the setting (E-276).
func (s *scopeSetting) settle() { s.inForce, s.open = s.all, false }

// entitled is E-61 to E-63: assigned, or an immediate member of an assigned group that is
// there and security-enabled.
func (m *model) entitled(t *thing, all bool) bool {
	if all || !m.assigned || m.counts(t) {
		return true
	}
	if t.group {
		return false
	}
	for id := range m.in[t.id] {
		if g := m.things[id]; m.counts(g) && !g.binned && !g.gone && m.secured(g) && m.brings(g) {
			return true
		}
	}
	return false
}

// counts reports that one of somebody's roles entitles it: Default Access need not (E-66).
func (m *model) counts(t *thing) bool {
	for role := range t.roles {
		if role != defaultAccess || m.w.Set["skipDefaultAccess"] != "true" {
			return true
		}
	}
	return false
}

// secured reports that a group gives scope as far as its kind goes (E-63, A-20).
func (m *model) secured(g *thing) bool {
	return g.props["securityEnabled"] != false || m.w.Set["unsecuredGroups"] == "scope"
}

// brings reports that a group brings its members into scope whether it is in scope or not.
func (m *model) brings(g *thing) bool {
	return m.w.Set["filteredGroups"] != "none" || m.pass(m.schema.Groups.Scope, g)
}

func (m *model) pass(filters []andFilter, t *thing) bool { return pass(filters, t.props, m.w.Set) }

// inScope is assignment and scoping filter (E-76).
func (m *model) inScope(t *thing, all bool) bool {
	return m.entitled(t, all) && m.pass(m.schema.of(t.group).Scope, t)
}

// dropped reports that a filter at reading, or one that says which mapping an object belongs
// to, keeps the engine from looking at it: it stays as it is (E-86).
func (m *model) dropped(t *thing) bool {
	sets := m.schema.of(t.group)
	return !m.pass(sets.Input, t) || !m.pass(sets.Category, t)
}

func (m *model) wantedIn(t *thing, all bool) bool {
	if t.binned || t.gone || m.dropped(t) || !m.inScope(t, all) {
		return false
	}
	if t.group {
		return m.app.groups && (all || m.secured(t))
	}
	return t.props["accountEnabled"] != false
}

// wanted reports whether a thing is to be in the target, and active.
func (m *model) wanted(t *thing) bool { return m.wantedIn(t, m.scope.inForce) }

// undecided reports that it depends on a setting which came into force and which a restart
// has to bring to those of whom nothing changes.
func (m *model) undecided(t *thing) bool {
	return m.scope.open && (m.wantedIn(t, true) != m.wantedIn(t, false) || m.inScope(t, true) != m.inScope(t, false))
}

// remember notes what is true now.
func (m *model) remember() {
	for id := range m.looked {
		t := m.things[id]
		if t == nil {
			continue
		}
		settings := []bool{m.scope.inForce}
		if m.scope.open {
			settings = []bool{true, false}
		}
		for _, all := range settings {
			if m.wantedIn(t, all) {
				t.past.wanted = true
			} else {
				t.past.unwanted = true
			}
			t.past.unassigned = t.past.unassigned || !t.gone && !m.inScope(t, all)
		}
		t.past.binned = t.past.binned || t.binned
		t.past.dropped = t.past.dropped || m.dropped(t)
	}
	clear(m.looked)
}
