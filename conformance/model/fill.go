package model

import "slices"

// fill draws what a step needs beside its object, and notes what it does.
func (d *draft) fill(s *Step) bool {
	paths := d.users
	if s.On.Group {
		paths = d.groups
	}
	switch s.Kind {
	case Set:
		return d.set(s, paths, 1)
	case Several:
		return d.set(s, paths, 2)
	case Clear:
		return d.set(s, paths, 1) && !d.vocabulary.find(s.On, s.Paths[0]).Required
	case Put:
		return d.vocabulary.put && (d.set(s, paths, 1) || s.On.Group)
	case Rename:
		s.Name = d.name(s.On)
		d.free[s.On.Group], d.names[s.On] = append(d.free[s.On.Group], d.names[s.On]), s.Name
	case Disable, Enable:
		if s.On.Group || !d.vocabulary.active || d.off[s.On.N] != (s.Kind == Enable) {
			return false
		}
		d.off[s.On.N] = s.Kind == Disable
	case Join, Leave:
		return s.On.Group && d.members(s)
	case Delete:
		d.free[s.On.Group] = append(d.free[s.On.Group], d.names[s.On])
		delete(d.names, s.On)
		d.left(s.On)
	case Find:
		return d.vocabulary.filter
	case Create, Read, Project:
	}
	return true
}

// set draws attributes and values.
func (d *draft) set(s *Step, paths []string, n int) bool {
	if len(paths) < n {
		return false
	}
	for _, i := range d.random.Perm(len(paths))[:n] {
		s.Paths, s.Values = append(s.Paths, paths[i]), append(s.Values, d.value())
	}
	return true
}

func (d *draft) value() int {
	d.next++
	return d.next
}

// name draws a name: often one that was used before and is free again.
func (d *draft) name(of Slot) int {
	free := d.free[of.Group]
	if len(free) > 0 && d.random.IntN(2) == 0 {
		i := d.random.IntN(len(free))
		n := free[i]
		d.free[of.Group] = slices.Delete(slices.Clone(free), i, i+1)
		return n
	}
	return d.value()
}

// create adds the creation of an object with all attributes of the sequence, with some, or with its
// name alone.
func (d *draft) create(at Slot) {
	s := Step{Kind: Create, On: at, Name: d.name(at)}
	paths := d.users
	if at.Group {
		paths = d.groups
	}
	for _, path := range paths {
		if first := len(d.steps) == 0; first || d.random.IntN(2) == 0 {
			s.Paths, s.Values = append(s.Paths, path), append(s.Values, d.value())
		}
	}
	d.names[at] = s.Name
	if at.Group {
		d.in[at] = nil
		if d.vocabulary.post && d.random.IntN(2) == 0 {
			s.Members = d.living(func(n int) bool { return d.random.IntN(3) > 0 })
			d.in[at] = slices.Clone(s.Members)
		}
	} else {
		d.off[at.N] = false
	}
	d.add(s)
	d.add(Step{Kind: Read, On: at})
}

// living are the users that are there and chosen.
func (d *draft) living(chosen func(n int) bool) []int {
	var out []int
	for n := range users {
		if _, there := d.names[Slot{N: n}]; there && chosen(n) {
			out = append(out, n)
		}
	}
	return out
}

// members draws users to add or to remove, one or several.
func (d *draft) members(s *Step) bool {
	list := d.living(func(n int) bool { return slices.Contains(d.in[s.On], n) == (s.Kind == Leave) })
	if len(list) == 0 {
		return false
	}
	d.random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if s.Members = list; d.random.IntN(3) > 0 {
		s.Members = list[:1+d.random.IntN(len(list))]
	}
	if s.Kind == Join {
		d.in[s.On] = append(d.in[s.On], s.Members...)
		return true
	}
	d.in[s.On] = slices.DeleteFunc(d.in[s.On], func(n int) bool { return slices.Contains(s.Members, n) })
	return true
}

// left takes a deleted object out of groups.
func (d *draft) left(s Slot) {
	if s.Group {
		delete(d.in, s)
		return
	}
	for g := range d.in {
		d.in[g] = slices.DeleteFunc(d.in[g], func(n int) bool { return n == s.N })
	}
}
