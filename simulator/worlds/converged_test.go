package worlds_test

import (
	"slices"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// converged compares the target with the model once nothing is due any more. anew says that
// everything was looked at again by a restart, which heals references that came too early
// (E-44, E-45) and failures whose escrows a restart dropped (E-240).
func (l *life) converged(m *model, anew bool) (*snapshot, error) {
	s, err := l.snapshot()
	if err != nil {
		return nil, err
	}
	c := converging{life: l, m: m, s: s, anew: anew, lostLinks: l.w.everDropsLinks() || anew && l.w.dropsLinks(portalScope)}
	stale := l.w.meets(fault.Stale)
	c.stale = stale
	c.forgotten = l.w.hides() && l.w.forgets() || stale && (l.w.Dialect == "customappsso" || l.w.Set["checkReferences"] == "true")
	if !anew && (l.w.restarts("Escrows", "Watermark") || l.w.Set["initialPruning"] == "true" || stale) {
		return s, nil // E-240: what failed is not tried again; what was compared with the past is not looked at again
	}
	c.whole()
	if anew {
		c.agreed()
	}
	return s, nil
}

// whole compares everybody.
func (c *converging) whole() {
	c.escrowed()
	c.shared()
	for _, id := range c.m.order {
		switch t := c.m.things[id]; {
		case c.refused(t):
		case c.m.contested(t), !c.anew && c.m.undecided(t):
		case c.m.dropped(t): // E-86: it stays as it was when it was looked at last
			if _, ok := c.s.target(t); ok && !t.past.wanted {
				c.problem("created", "%s was never in scope and is in the target", t.id)
			}
		case c.m.wanted(t):
			c.there(t)
		default:
			c.away(t)
		}
	}
	c.strangers()
}

// converging is one comparison.
type converging struct {
	*life
	m         *model
	s         *snapshot
	anew      bool
	lostLinks bool
	// stale says that a replica of the target is behind.
	stale bool
	// forgotten says that failed writes of members, which the target may have done, may have
	// been forgotten with their escrows; members are never read (E-240, E-292). Or a question
	// whether a member is there was answered by the past (W-21).
	forgotten bool
}

// escrowed: what stays escrowed has a reason that time does not heal.
func (c *converging) escrowed() {
	for _, e := range c.s.escrows {
		t, other := c.m.things[e.id], c.m.things[e.other]
		switch {
		case e.code == "UnableToResolveReferenceAttributeValue" && c.w.Set["retryUnresolved"] == "true" && c.unresolved(other):
			continue
		case c.orphaned(t) && (e.code == "InvalidAnchor" || e.what != "object"), c.orphaned(other), c.refusedTogether(t): // a member that is gone is refused
			continue
		}
		if t != nil && !c.m.disputed(t) && (other == nil || !c.m.disputed(other)) {
			c.problem("escrow "+e.code, "%s %s %s is still escrowed: %s", e.what, e.id, e.other, e.why)
		}
	}
}

// unresolved reports that somebody is not to be in the target, and referred to all the same:
// with retryUnresolved that is tried again and again, against E-44 and E-45.
func (c *converging) unresolved(t *thing) bool {
	return t != nil && (!c.m.wanted(t) || !c.anew && c.m.undecided(t) || !c.m.schema.does("Add"))
}

// orphaned reports that the link of a thing leads to nobody, and rightly: the target did a
// DELETE whose answer was lost, and before the retry its object came back into scope. What
// is linked and gone is InvalidAnchor then, at every retry and after a restart that keeps the
// links, and is not made again (E-103, A-17); rematchOn404 heals it where users are updated
// and looked at (E-86, E-115), and so does a cleared connector data store (E-269).
func (c *converging) orphaned(t *thing) bool {
	if t == nil {
		return false
	}
	heals := c.w.Set["rematchOn404"] == "true" && !c.m.dropped(t) && (t.group || c.m.schema.does("Update"))
	return !heals && c.unheard[c.s.links[t.id].target]
}

// refusedTogether reports that a PATCH of several members names one whom the target does not
// have, so that it refuses all of them, at every retry (W-71).
func (c *converging) refusedTogether(g *thing) bool {
	if g == nil || c.w.Set["membersPerPatch"] == "" {
		return false
	}
	for id := range g.members {
		if k, linked := c.s.links[id]; linked && c.s.users[k.target] == nil && c.s.groups[k.target] == nil {
			return true
		}
	}
	return false
}

// there checks somebody who is to be in the target.
func (c *converging) there(t *thing) {
	o, ok := c.s.target(t)
	if c.orphaned(t) {
		c.orphans++
		return
	}
	if !ok {
		if t.group || c.m.schema.does("Add") {
			c.problem("missing", "%s is in scope and is not in the target: link %v", t.id, c.s.links[t.id])
		}
		return
	}
	if t.group {
		if got := text(o["displayName"]); got != text(t.props["displayName"]) {
			c.problem("group", "%s is called %q and not %q", t.id, got, t.props["displayName"])
		}
		c.members(t, membersOf(o))
		return
	}
	if !c.m.schema.does("Update") { // E-115
		return
	}
	for property, attribute := range c.m.app.user {
		if !c.m.schema.maps(attribute) {
			continue
		}
		want := text(t.props[property])
		switch property {
		case "jobTitle":
			if want == "" && c.keeps() { // E-120
				continue
			}
		case "userPrincipalName":
			want = original(want)
		case "id":
			want = t.id
		}
		if got := at(o, attribute); got != want {
			c.problem("attribute", "%s has %s %q and not %q", t.id, attribute, got, want)
		}
	}
	if c.active() && o["active"] != true {
		c.problem("active", "%s is in scope and has active %v", t.id, o["active"])
	}
	if c.m.app.manager && c.w.Dialect != "customappsso" { // whose path, manager, is none of a User's (W-C5)
		c.manager(t, managerOf(o))
	}
}

func (c *converging) manager(t *thing, got string) {
	manager := c.m.things[t.manager]
	if t.manager == "" && c.clearsManagers() && (c.anew || c.m.steady(t)) && got != "" {
		c.problem("manager", "%s has no manager and %q in the target", t.id, got)
	}
	if manager == nil || c.orphaned(manager) || !c.m.wanted(manager) || c.m.disputed(manager) || !c.anew && !c.m.steady(manager) {
		return // E-44: a manager out of scope is not written, and the old one stays
	}
	if want := c.s.links[manager.id].target; got != want {
		c.problem("manager", "%s has the manager %q (%s) and not %q (%s)", t.id, got, c.s.owner[got], want, manager.id)
	}
}

// members compares the members of a group with those of the source who are in the target.
func (c *converging) members(g *thing, got []string) {
	if c.forgotten || c.refusedTogether(g) {
		return
	}
	for id := range g.members {
		t := c.m.things[id]
		if c.w.Dialect == "optscim" && c.w.Set["memberAdd"] == "replace" {
			break // W-84: each new member takes the place of all
		}
		if t == nil || !c.anew && c.m.undecided(t) || !c.m.wanted(t) || c.m.disputed(t) || !c.anew && !c.certain(g, t) {
			continue
		}
		if k, ok := c.s.links[id]; ok && !c.orphaned(t) && !slices.Contains(got, k.target) {
			c.problem("member", "%s is not a member of %s in the target", id, g.id)
		}
	}
	for _, target := range got {
		id := c.s.owner[target]
		switch t := c.m.things[id]; {
		case id != "" && g.members[id]:
		case c.lostLinks: // E-269: what was written is forgotten with the links
		case id == "" || c.m.disputed(t):
		case !c.anew && !c.certain(g, t):
		default:
			c.problem("member", "%s is a member of %s in the target and not in the source", id, g.id)
		}
	}
}

// keeps reports that a value of the target stays when that of the source becomes null (E-120,
// W-C6); what is written without a read is never cleared.
func (c *converging) keeps() bool {
	return c.w.Set["clearedValue"] == "" || !c.anew && c.w.Set["readBeforeUpdate"] == "false"
}

// clearsManagers reports that a manager who is gone is taken out of the target (W-64, A-56).
func (c *converging) clearsManagers() bool {
	set := c.w.Set["clearedManager"]
	return set != "" && set != "keep" || set == "" && c.w.Dialect == "optscim"
}

// refused checks somebody whose matching value cannot be asked for (E-98, A-19), and reports
// that nothing else can be said.
func (c *converging) refused(t *thing) bool {
	ever, always := c.m.refused(t)
	if k, ok := c.s.links[t.id]; ok && always {
		c.problem("created", "%s is linked to %s, and its matching value holds %s", t.id, k.target, c.w.Set["specialCharacters"])
	}
	return ever
}

// shared checks that only those are linked to one target object who have one name.
func (c *converging) shared() {
	for target, ids := range c.s.shared {
		for _, id := range ids {
			if t := c.m.things[id]; t == nil || !c.m.contested(t) {
				c.problem("twice", "%s is linked to %s, and so is another one of %v", id, target, ids)
			}
		}
	}
}

// certain reports that no change of a membership can have been passed over because one of
// the two was out of scope (E-45, E-46).
func (c *converging) certain(g, t *thing) bool {
	return c.m.steady(t) && (c.m.steady(g) || c.w.Set["deleteGroups"] != "false")
}

// away checks somebody who is not to be in the target, or not to be active there.
func (c *converging) away(t *thing) {
	o, ok := c.s.target(t)
	switch {
	case !ok:
	case !t.past.wanted:
		c.problem("created", "%s was never in scope and is in the target", t.id)
	case t.group:
		if c.w.Set["deleteGroups"] != "false" {
			c.problem("group", "%s is out of scope and still in the target", t.id)
		}
	case t.gone:
		binned := t.past.binned && c.w.Set["softDeleteUnassigns"] == "true"
		if c.m.schema.does("Delete") && !t.past.unassigned && !binned {     // E-220: who left scope before is not managed any more
			c.problem("deleted", "%s was deleted and is still in the target", t.id)
		}
	case c.w.Set["skipOutOfScopeDeletions"] == "true" && (c.w.Set["skipOutOfScopeAll"] == "true" || !c.m.inScope(t, c.m.scope.inForce)): // E-219
	case c.softDelete() && c.active():
		if c.m.schema.does("Update") && o["active"] != false {
			c.problem("active", "%s is out of scope or blocked and has active %v", t.id, o["active"])
		}
	case !c.softDelete() && c.m.schema.does("Delete"):
		c.problem("deleted", "%s is out of scope, the target knows no inactive users (E-218), and it is there", t.id)
	}
}

// active reports that IsSoftDeleted is mapped.
func (c *converging) active() bool { return c.m.app.active && c.m.schema.maps("active") }

// softDelete reports that the target knows inactive users.
func (c *converging) softDelete() bool {
	return c.cfg.App.SupportsSoftDelete && c.w.Set["supportsSoftDelete"] != "false"
}

// strangers checks the target objects that nobody is linked to: those that were there
// before, and those whose creation was answered by a mishap and whose maker was renamed or
// left scope before matching could find them.
func (c *converging) strangers() {
	for id, o := range c.s.users {
		switch name := text(o["userName"]); {
		case c.s.owner[id] != "" || c.lostLinks || c.before[id] && name != "stranger@elsewhere.test":
		case name == "stranger@elsewhere.test": // E-4: never linked, so never touched
			if at(o, "name.givenName") != "Before" || text(o["displayName"]) != "" {
				c.problem("stranger", "an account that nobody is linked to was changed: %v", o)
			}
		case !c.lost[id] && !c.m.renamedAway(name):
			c.problem("twice", "%s (%s) is in the target, and nobody is linked to it", id, name)
		}
	}
	for id, o := range c.s.groups {
		if c.s.owner[id] == "" && !c.lostLinks && !c.lost[id] && !c.m.renamedAway(text(o["displayName"])) {
			c.problem("twice", "the group %s (%v) is in the target, and nothing is linked to it", id, o["displayName"])
		}
	}
}
