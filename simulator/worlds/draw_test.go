package worlds_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"

	"github.com/scimdrill/scimdrill/fixtures/fault"
)

// drawing makes a world out of chance.
type drawing struct {
	*rand.Rand
	w          *world
	minute     int
	made       int // objects and names so far
	users      []string
	groups     []string
	everyGroup []string        // also those that are gone
	binned     map[string]int  // by id, the minute
	lines      map[string]line // users as they were made
	names      []string        // that somebody had and gave up
}

func drawWorld(seed uint64) *world {
	d := &drawing{Rand: rand.New(rand.NewPCG(seed, 0x5eed)), w: &world{Seed: seed, Set: map[string]string{}}, lines: map[string]line{}, binned: map[string]int{}}
	d.settings()
	d.tenant()
	d.target()
	d.life()
	return d.w
}

// one reports true once in n times.
func (d *drawing) one(n int) bool { return d.IntN(n) == 0 }

func (d *drawing) settings() {
	w, apps := d.w, applications()
	w.Profile = apps[min(d.IntN(len(apps)+6)/2, len(apps)-1)].name // goto and customappsso more often
	if d.one(2) {
		w.Profile = apps[d.IntN(2)].name
	}
	w.Dialect = []string{"legacy", "optscim", "legacy", "optscim", "customappsso"}[d.IntN(5)]
	w.Parallel = []int{1, 4, 16}[d.IntN(3)]
	w.ScopeAll = d.one(4)
	w.Cycles = 10 + d.IntN(21)
	w.Later = d.one(4)
	if d.one(8) {
		w.Interval, w.Cycles = day, w.Cycles+20 // so that the recycle bin is emptied on the way
	}
	d.options()
	if d.one(4) || w.filtersOtherwise() {
		w.Schema = d.schema()
	}
	if d.one(4) {
		return // without mishaps
	}
	w.Rates = map[fault.Kind]float64{}
	for _, kind := range append(mishaps(), fault.Corrupted) {
		w.Rates[kind] = float64(d.IntN(4)) * 0.01 * float64(1+d.IntN(3))
	}
	for _, f := range []struct {
		text string
		n    int
	}{
		{"burst=0.1:25m", 5},
		{"object-limit=2/1h", 6},
		{"rate-limit=3/m:60", 10},
		{"stale=0.2:1h", 8},
		{"latency=0.2:2ms", 5},
		{"jitter=0.5:3ms", 5},
	} {
		if d.one(f.n) {
			w.Faults = append(w.Faults, f.text)
		}
	}
	if d.one(3) {
		w.Preflight = 0.1
	}
}

// tenant makes users, among them guests and blocked ones, groups, and who has the application.
func (d *drawing) tenant() {
	for range 5 + d.IntN(36) {
		d.w.Tenant = append(d.w.Tenant, d.user())
	}
	for range 1 + d.IntN(6) {
		d.w.Tenant = append(d.w.Tenant, d.group(), d.assignment(d.groups[len(d.groups)-1], false))
		if d.one(4) { // a group that has not got the application
			d.w.Tenant = d.w.Tenant[:len(d.w.Tenant)-1]
		}
	}
	for _, id := range d.users {
		for range 1 + d.IntN(2) {
			d.w.Tenant = append(d.w.Tenant, d.member(pick(d, d.groups), id, false))
		}
	}
	if len(d.groups) > 1 && d.one(2) { // E-62: nested
		d.w.Tenant = append(d.w.Tenant, d.member(d.groups[0], d.groups[1], false))
	}
	for range 1 + d.IntN(4) { // at least one assignment, or all would be assigned
		d.w.Tenant = append(d.w.Tenant, d.assignment(pick(d, d.users), false))
	}
	for _, id := range d.users {
		if d.one(3) {
			d.w.Tenant = append(d.w.Tenant, d.manager(id, pick(d, d.users)))
		}
	}
}

func pick(d *drawing, list []string) string { return list[d.IntN(len(list))] }

// user is a new person.
func (d *drawing) user() line {
	d.made++
	id := fmt.Sprintf("%04x-u%03d", d.IntN(1<<16), d.made)
	name := fmt.Sprintf("p%d@w%d.test", d.made, d.w.Seed)
	switch {
	case d.one(12):
		name = fmt.Sprintf("p%d_home.test#EXT#@w%d.test", d.made, d.w.Seed) // E-70
	case d.one(25) && len(d.names) > 0:
		name = pick(d, d.names) // that somebody else had, or has
	case d.w.Set["specialCharacters"] != "" && d.one(6):
		name = fmt.Sprintf("p%d%s@w%d.test", d.made, d.w.Set["specialCharacters"], d.w.Seed) // E-98
	}
	l := line{
		"@odata.type": "#microsoft.graph.user", "id": id, "userPrincipalName": name, "mail": fmt.Sprintf("p%d@mail%d.test", d.made, d.w.Seed),
		"mailNickname": fmt.Sprintf("p%d", d.made), "displayName": fmt.Sprintf("Person %d", d.made), "givenName": "Given", "surname": fmt.Sprintf("Name%d", d.made),
		"jobTitle": "T0", "department": fmt.Sprint("D", d.IntN(4)), "accountEnabled": !d.one(10),
	}
	if !d.one(4) {
		l["employeeId"] = strconv.Itoa(d.IntN(400))
	}
	if d.one(2) {
		l["city"] = d.city()
	}
	if d.one(2) {
		l["proxyAddresses"] = d.addresses()
	}
	d.users = append(d.users, id)
	d.names = append(d.names, name)
	d.lines[id] = l
	return l
}

// addresses are one or two values of an attribute that has several.
func (d *drawing) addresses() []any {
	out := []any{}
	for range 1 + d.IntN(2) {
		out = append(out, fmt.Sprintf("a%d@mail%d.test", d.made, d.IntN(3)))
	}
	return out
}

func (d *drawing) city() string { return pick(d, []string{"Rome", "Oslo", "Linz", "Split"}) }

func (d *drawing) group() line {
	d.made++
	id := fmt.Sprintf("%04x-g%03d", d.IntN(1<<16), d.made)
	d.groups = append(d.groups, id)
	d.everyGroup = append(d.everyGroup, id)
	return line{
		"@odata.type": "#microsoft.graph.group", "id": id, "displayName": fmt.Sprintf("Group %d of %d", d.made, d.w.Seed),
		"mailNickname": fmt.Sprintf("g%d", d.made), "securityEnabled": !d.one(10),
	}
}

func (d *drawing) change(id string, more line) line {
	kind := "user"
	if slices.Contains(d.everyGroup, id) {
		kind = "group"
	}
	l := line{"@odata.type": "#microsoft.graph." + kind, "id": id}
	maps.Copy(l, more)
	return l
}

func (d *drawing) assignment(id string, gone bool) line {
	role := d.role()
	// The id is found first where an assignment is removed, the principal only if it is unknown.
	l := line{"@odata.type": "#microsoft.graph.appRoleAssignment", "id": "a-" + id + "-" + role, "principalId": id, "appRoleId": role}
	if gone {
		l["@removed"] = line{"reason": "deleted"}
	}
	return l
}

// role is one of two, or Default Access, where that is not the same (E-66).
func (d *drawing) role() string {
	if d.w.Set["skipDefaultAccess"] != "" && d.one(2) {
		return defaultAccess
	}
	return fmt.Sprint("role", d.IntN(2))
}

func (d *drawing) member(group, id string, gone bool) line {
	m := line{"id": id}
	if gone {
		m["@removed"] = line{"reason": "deleted"}
	}
	return d.change(group, line{"members@delta": []any{m}})
}

func (d *drawing) manager(id, manager string) line {
	return d.change(id, line{"manager@delta": []any{line{"id": manager}}})
}

// unmanaged takes whatever manager a user has away (W-C6).
func (d *drawing) unmanaged(id string) line {
	return d.change(id, line{"manager@delta": []any{line{"id": pick(d, d.users), "@removed": line{"reason": "deleted"}}}})
}

// target makes some users before the job does: a few are those of people of the tenant, who
// are found by name, and one is nobody's.
func (d *drawing) target() {
	app := applicationOf(d.w.Profile)
	there := func(name, mail string) {
		d.w.There = append(d.w.There, line{
			"schemas": []any{"urn:ietf:params:scim:schemas:core:2.0:User"}, "userName": name, "active": d.one(2),
			"emails": []any{line{"type": "work", "value": mail}}, "name": line{"givenName": "Before"},
		})
	}
	there("stranger@elsewhere.test", "stranger@elsewhere.test")
	if app.byID {
		return
	}
	for _, id := range d.users {
		if d.one(8) {
			name, _ := d.lines[id]["userPrincipalName"].(string)
			mail, _ := d.lines[id]["mail"].(string)
			there(original(name), mail)
		}
	}
}

// life is what happens in the busy cycles.
func (d *drawing) life() {
	end, every := d.w.end(), d.w.every()
	for d.minute = 1 + d.IntN(every); d.minute < end; d.minute += 1 + d.IntN(2*every/3) {
		d.add(event{What: sourceEvent, Lines: d.happens()})
	}
	for _, e := range []struct {
		n    int
		draw func()
	}{
		{4, func() { d.spell(outageEvent) }},
		{4, func() { d.spell(tokenEvent) }},
		{3, d.restart},
		{5, d.restart},
		{4, d.pause},
		{3, d.reconfigure},
		{5, d.reconfigure},
		{4, d.rescope},
	} {
		if d.one(e.n) {
			d.minute = 1 + d.IntN(end-1)
			e.draw()
		}
	}
	if d.one(3) {
		for range 1 + d.IntN(3) {
			d.w.Events = append(d.w.Events, event{What: stopEvent, Writes: 1 + d.IntN(120)})
		}
	}
	sort.SliceStable(d.w.Events, func(i, j int) bool { return d.w.Events[i].Minute < d.w.Events[j].Minute })
}

func (d *drawing) add(e event) {
	e.Minute = d.minute
	d.w.Events = append(d.w.Events, e)
}

func (d *drawing) spell(what string) {
	until := d.minute + 1 + d.IntN(5*d.w.every())
	d.add(event{What: what, Until: min(until, d.w.end()+5*interval)})
}

// reconfigure saves other mappings or filters, or those of the profile again.
func (d *drawing) reconfigure() {
	s := plainSchema()
	if !d.one(4) {
		s = d.schema()
	}
	d.add(event{What: schemaEvent, Schema: s})
}

func (d *drawing) rescope() { d.add(event{What: scopeEvent, All: !d.w.ScopeAll || d.one(4)}) }

func (d *drawing) restart() {
	scopes := []string{portalScope, "Watermark", "None", "QuarantineState", "Full", "ConnectorDataStore", "Escrows"}
	if d.w.gate() {
		scopes = append(scopes, "ForceDeletes", "ForceDeletes", "ForceDeletes,Watermark")
	}
	d.add(event{What: restartEvent, Scope: pick(d, scopes)})
}

func (d *drawing) pause() {
	d.add(event{What: pauseEvent})
	d.minute += 1 + d.IntN(4*d.w.every())
	d.add(event{What: startEvent})
}

// mishaps are those that need a rate and nothing else, and that a run gets over.
func mishaps() []fault.Kind {
	return []fault.Kind{fault.TooManyRequests, fault.ServerError, fault.ResetBefore, fault.Lost, fault.ResetAfter, fault.Truncated}
}
