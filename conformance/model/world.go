package model

import (
	"fmt"
	"maps"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// object is what the model knows of a user or group.
type object struct {
	id    string
	alive bool
	// values are those of the compared attributes, by path; a missing one is absent.
	values  map[string]any
	members []int // numbers of users, sorted
}

func (o *object) copied() *object {
	c := *o
	c.values, c.members = maps.Clone(o.values), slices.Clone(o.members)
	return &c
}

// world is one set of objects of the target beside the model of them.
type world struct {
	*session.Case
	vocabulary *vocabulary
	tolerance  *tolerance
	objects    map[Slot]*object
	names      map[string]string // by what they name
	used       map[string]bool   // values of userName and displayName
	past       map[string]bool   // ids of deleted objects
	sent       int               // requests
	// last is the last write, and before the objects before it.
	last   Step
	before map[Slot]*object
}

func (v *vocabulary) world(c *session.Case, t *tolerance) *world {
	return &world{
		Case: c, vocabulary: v, tolerance: t, objects: map[Slot]*object{}, names: map[string]string{}, used: map[string]bool{}, past: map[string]bool{},
	}
}

// called returns the name with a number, which is unique to this world.
func (w *world) called(what string, n int) string {
	key := fmt.Sprintf("%s%d", what, n)
	if w.names[key] == "" {
		w.names[key] = w.Name(what)
	}
	return w.names[key]
}

// naming is the value of userName or displayName with a number.
func (w *world) naming(of Slot, n int) string {
	if of.Group {
		return "Conf " + w.called("g", n)
	}
	return w.UserName(w.called("u", n))
}

// value is the value with a number of an attribute.
func (w *world) value(of Slot, path string, n int) any {
	return w.vocabulary.value(w.vocabulary.find(of, path), n, func(n int) string { return w.called("x", n) }, w.Mail)
}

// get returns a living object, or nil.
func (w *world) get(s Slot) *object {
	if o := w.objects[s]; o != nil && o.alive {
		return o
	}
	return nil
}

// slots are the places in use, users first.
func (w *world) slots() []Slot {
	return slices.SortedFunc(maps.Keys(w.objects), func(a, b Slot) int {
		if a.Group != b.Group {
			if a.Group {
				return 1
			}
			return -1
		}
		return a.N - b.N
	})
}

// known are the objects of the model, as they are now.
func (w *world) known() map[Slot]*object {
	out := map[Slot]*object{}
	for s, o := range w.objects {
		out[s] = o.copied()
	}
	return out
}

// user returns the number of the living user with an id.
func (w *world) user(id string) (int, bool) {
	for s, o := range w.objects {
		if !s.Group && o.alive && o.id == id {
			return s.N, true
		}
	}
	return 0, false
}

// ids are those of users.
func (w *world) ids(users []int) []string {
	var out []string
	for _, n := range users {
		if o := w.get(Slot{N: n}); o != nil {
			out = append(out, o.id)
		}
	}
	return out
}

// possible reports whether the model has what a step needs: the objects are there, and a new one is
// not. Members that are to be removed are members, and those to be added are not.
func (w *world) possible(s Step) bool {
	o := w.get(s.On)
	switch {
	case w.tolerance.refuses(s):
		return false
	case s.Kind == Create:
		return o == nil && w.free(s) && len(w.ids(s.Members)) == len(s.Members)
	case s.Kind == Read:
		return w.objects[s.On] != nil
	case o == nil:
		return false
	case s.Kind == Rename:
		return w.free(s)
	case s.Kind == Disable:
		return o.values["active"] == true
	case s.Kind == Enable:
		return o.values["active"] == false
	case s.Kind == Join, s.Kind == Leave:
		return len(w.ids(s.Members)) == len(s.Members) && !slices.ContainsFunc(s.Members, func(n int) bool {
			return slices.Contains(o.members, n) != (s.Kind == Leave)
		})
	}
	return true
}

// free reports whether no living object has the name that a step gives.
func (w *world) free(s Step) bool {
	name := w.naming(s.On, s.Name)
	if w.tolerance.noReuse && w.used[name] {
		return false
	}
	for at, o := range w.objects {
		if at.Group == s.On.Group && at != s.On && o.alive && o.values[s.On.naming()] == name {
			return false
		}
	}
	return true
}
