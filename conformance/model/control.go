package model

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

// control repeats the last request on new objects that are created in the state of before. It
// returns what differs then: this follows from the state, whatever came before. sure is false if the
// objects could not be brought into that state.
func (w *world) control(ctx context.Context, found []difference) (seen []difference, sure bool, err error) {
	c := w.vocabulary.world(w.Case, w.tolerance)
	defer func() { w.sent += c.sent }()
	for _, s := range w.needed(found) {
		if sure, err = c.arrange(ctx, s, w.moved(c, s)); err != nil || !sure {
			return nil, false, err
		}
	}
	last := w.last
	if !c.possible(last) {
		return nil, false, nil
	}
	if seen, err = c.perform(ctx, last); err != nil {
		return nil, false, err
	}
	for _, d := range found {
		if d.nature == hidden {
			more, err := c.perform(ctx, Step{Kind: Find, On: d.on})
			if err != nil {
				return nil, false, err
			}
			seen = append(seen, more...)
			continue
		}
		more, err := c.look(ctx, d.on)
		if err != nil {
			return nil, false, err
		}
		seen = append(seen, more...)
	}
	return seen, true, nil
}

// needed are the objects of before that the last request or a difference is about, and the members of
// the groups among them, users first.
func (w *world) needed(found []difference) []Slot {
	want := map[Slot]bool{w.last.On: true}
	for _, d := range found {
		want[d.on] = true
	}
	for _, n := range w.last.Members {
		want[Slot{N: n}] = true
	}
	for s := range maps.Clone(want) {
		if o := w.before[s]; o != nil && s.Group {
			for _, n := range o.members {
				want[Slot{N: n}] = true
			}
		}
	}
	var out []Slot
	for _, s := range w.slots() {
		if o := w.before[s]; want[s] && o != nil && o.alive {
			out = append(out, s)
		}
	}
	return out
}

// moved is an object of before with the names of another world.
func (w *world) moved(to *world, s Slot) *object {
	o := w.before[s].copied()
	keys := slices.SortedFunc(maps.Keys(w.names), func(a, b string) int {
		return cmp.Or(len(w.names[b])-len(w.names[a]), strings.Compare(a, b)) // no name is replaced within a longer one
	})
	for path, v := range o.values {
		text, ok := v.(string)
		if !ok {
			continue
		}
		for _, key := range keys {
			what, n := key[:1], number(key[1:])
			if strings.Contains(text, w.names[key]) {
				text = strings.ReplaceAll(text, w.names[key], to.called(what, n))
				break
			}
		}
		o.values[path] = text
	}
	o.members = w.livingBefore(o.members)
	return o
}

func (w *world) livingBefore(users []int) []int {
	return slices.DeleteFunc(slices.Clone(users), func(n int) bool { return w.before[Slot{N: n}] == nil || !w.before[Slot{N: n}].alive })
}

func number(text string) int {
	n := 0
	for _, r := range text {
		n = n*10 + int(r-'0')
	}
	return n
}

// arrange creates an object in a state: by a create, and by one PATCH where the create does not reach
// it. It reports whether a read shows the state.
func (w *world) arrange(ctx context.Context, s Slot, o *object) (bool, error) {
	members := o.members
	if !w.vocabulary.post {
		members = nil
	}
	w.sent++
	a, err := w.Make(ctx, s.collection(), s.naming(), w.body(s, o.values, members))
	if err != nil || !success(a.Status) || a.ID() == "" {
		return false, err
	}
	o.id, o.alive = a.ID(), true
	w.objects[s] = o
	w.last = Step{Kind: Create, On: s}
	found, err := w.look(ctx, s)
	if err != nil || len(found) == 0 {
		return true, err
	}
	if err := w.correct(ctx, s, found); err != nil {
		return false, err
	}
	found, err = w.look(ctx, s)
	return len(found) == 0, err
}

// correct brings the attributes of an object that differ into the state of the model.
func (w *world) correct(ctx context.Context, s Slot, found []difference) error {
	var list []map[string]any
	for _, d := range found {
		switch {
		case d.nature != apart:
			return nil
		case d.path == "members":
			list = append(list, map[string]any{"op": "replace", "path": d.path, "value": references(w.ids(w.objects[s].members))})
		case d.want == nil:
			list = append(list, map[string]any{"op": "remove", "path": d.path})
		default:
			list = append(list, map[string]any{"op": "replace", "path": d.path, "value": d.want})
		}
	}
	w.sent++
	_, err := w.Send(ctx, "PATCH", "/"+s.collection()+"/"+w.objects[s].id, w.operations(Step{}, list...), nil)
	return err
}
