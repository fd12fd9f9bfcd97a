package worlds_test

import (
	"fmt"
	"slices"
	"strconv"
)

// happens is one change of the source.
func (d *drawing) happens() []line {
	switch n := d.IntN(17); {
	case n < 2:
		return d.joins()
	case n == 2 && len(d.users) > 3:
		return d.leaves("deleted")
	case n == 3 && len(d.users) > 3:
		return d.leaves("changed")
	case n == 4 && len(d.restorable()) > 0:
		return d.returns()
	case n == 5:
		return []line{d.change(pick(d, d.users), line{"accountEnabled": false})}
	case n == 6:
		return []line{d.change(pick(d, d.users), line{"accountEnabled": true})}
	case n == 7:
		return []line{d.renames(pick(d, d.users))}
	case n < 10:
		return []line{d.moves(pick(d, d.users))}
	case n == 10:
		return []line{d.assignment(pick(d, d.everybody()), d.one(2))}
	case n == 11 && (d.one(4) || d.w.Set["clearedManager"] != "" && d.one(2)):
		return []line{d.unmanaged(pick(d, d.users))}
	case n == 11:
		return []line{d.manager(pick(d, d.users), pick(d, d.users))}
	case n == 12 && len(d.groups) > 0:
		return d.regroups()
	case len(d.groups) > 0:
		return []line{d.member(pick(d, d.groups), pick(d, d.everybody()), d.one(2))}
	}
	return []line{d.moves(pick(d, d.users))}
}

func (d *drawing) everybody() []string { return slices.Concat(d.users, d.groups) }

func (d *drawing) joins() []line {
	l := d.user()
	id := d.users[len(d.users)-1]
	lines := []line{l}
	if d.one(2) {
		lines = append(lines, d.assignment(id, false))
	}
	if len(d.groups) > 0 && !d.one(3) {
		lines = append(lines, d.member(pick(d, d.groups), id, false))
	}
	if d.one(2) {
		lines = append(lines, d.manager(id, pick(d, d.users)))
	}
	return lines
}

// leaves takes a user into the recycle bin, or away for good.
func (d *drawing) leaves(reason string) []line {
	id := pick(d, d.users)
	d.users = slices.DeleteFunc(d.users, func(s string) bool { return s == id })
	if reason == "changed" {
		d.binned[id] = d.minute
	}
	return []line{d.change(id, line{"@removed": line{"reason": reason}})}
}

// returns takes a user out of the recycle bin, or empties it of one.
func (d *drawing) returns() []line {
	id := pick(d, d.restorable())
	delete(d.binned, id)
	switch {
	case d.one(3):
		return []line{d.change(id, line{"@removed": line{"reason": "deleted"}})}
	case slices.Contains(d.everyGroup, id):
		d.groups = append(d.groups, id)
		return []line{d.change(id, line{"securityEnabled": true})}
	}
	d.users = append(d.users, id)
	return []line{d.change(id, line{"jobTitle": "Back"})}
}

// restorable are those in the recycle bin who will be there for a while.
func (d *drawing) restorable() []string {
	var out []string
	for id, minute := range d.binned {
		if d.minute < minute+bin-day {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

func (d *drawing) renames(id string) line {
	d.made++
	return d.change(id, line{"userPrincipalName": fmt.Sprintf("r%d@w%d.test", d.made, d.w.Seed), "surname": fmt.Sprintf("Name%d", d.made)})
}

func (d *drawing) moves(id string) line {
	d.made++
	l := line{"jobTitle": fmt.Sprintf("T%d", d.made), "displayName": fmt.Sprintf("Person %d", d.made), "givenName": fmt.Sprintf("Given%d", d.made)}
	if d.one(2) {
		l["department"] = fmt.Sprint("D", d.IntN(4))
	}
	switch n := d.IntN(8); {
	case n == 6, d.w.Set["clearedValue"] != "" && d.one(2):
		l["jobTitle"] = nil // E-120, W-C6
	case n == 7:
		l["proxyAddresses"] = d.addresses()
	case n == 0:
		l["city"] = nil
	case n == 1:
		l["city"] = d.city()
	case n == 2:
		l["employeeId"] = strconv.Itoa(d.IntN(400))
	}
	return d.change(id, l)
}

// regroups founds, renames, secures or ends a group.
func (d *drawing) regroups() []line {
	d.made++
	id := pick(d, d.groups)
	switch d.IntN(6) {
	case 0:
		l := d.group()
		id = d.groups[len(d.groups)-1]
		return []line{l, d.assignment(id, false), d.member(id, pick(d, d.users), false), d.member(id, pick(d, d.users), false)}
	case 1:
		reason := pick(d, []string{"deleted", "changed"})
		if reason == "changed" {
			d.binned[id] = d.minute
		}
		d.groups = slices.DeleteFunc(d.groups, func(s string) bool { return s == id })
		return []line{d.change(id, line{"@removed": line{"reason": reason}})}
	case 2:
		return []line{d.change(id, line{"securityEnabled": d.one(2)})}
	}
	return []line{d.change(id, line{"displayName": fmt.Sprintf("Group %d of %d", d.made, d.w.Seed)})}
}
