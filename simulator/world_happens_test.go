package simulator_test

import (
	"fmt"
	"slices"
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
	case n == 4 && len(d.binned) > 0:
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
		d.binned = append(d.binned, id)
	}
	return []line{d.change(id, line{"@removed": line{"reason": reason}})}
}

// returns takes a user out of the recycle bin, or empties it of one.
func (d *drawing) returns() []line {
	id := pick(d, d.binned)
	d.binned = slices.DeleteFunc(d.binned, func(s string) bool { return s == id })
	if d.one(3) {
		return []line{d.change(id, line{"@removed": line{"reason": "deleted"}})}
	}
	d.users = append(d.users, id)
	return []line{d.change(id, line{"jobTitle": "Back"})}
}

func (d *drawing) renames(id string) line {
	d.made++
	return d.change(id, line{"userPrincipalName": fmt.Sprintf("r%d@w%d.test", d.made, d.w.Seed), "surname": fmt.Sprintf("Name%d", d.made)})
}

func (d *drawing) moves(id string) line {
	d.made++
	return d.change(id, line{"jobTitle": fmt.Sprintf("T%d", d.made), "displayName": fmt.Sprintf("Person %d", d.made), "givenName": fmt.Sprintf("Given%d", d.made)})
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
		l := d.change(id, line{"@removed": line{"reason": "deleted"}})
		d.groups = slices.DeleteFunc(d.groups, func(s string) bool { return s == id })
		return []line{l}
	case 2:
		return []line{d.change(id, line{"securityEnabled": d.one(2)})}
	}
	return []line{d.change(id, line{"displayName": fmt.Sprintf("Group %d of %d", d.made, d.w.Seed)})}
}
