package model

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/scimdrill/scimdrill/conformance/session"
)

// perform carries out one step, which is possible, and returns what differs.
func (w *world) perform(ctx context.Context, s Step) ([]difference, error) {
	r := w.request(s)
	if s.writes() {
		w.before, w.last = w.known(), s
	}
	w.sent++
	if !s.writes() {
		a, err := w.Send(ctx, r.method, r.path, nil, nil)
		if err != nil {
			return nil, err
		}
		return w.read(s, a), nil
	}
	a, err := w.write1(ctx, s, r)
	if err != nil {
		return nil, err
	}
	if !success(a.Status) || s.Kind == Create && a.ID() == "" {
		return []difference{{nature: refused, on: s.On, response: a}}, nil
	}
	if s.Kind == Create {
		r.after.id = a.ID()
	}
	if s.Kind == Delete {
		w.past[r.after.id] = true
		w.left(s.On)
	}
	if name, ok := r.after.values[s.On.naming()].(string); ok {
		w.used[name] = true
	}
	w.objects[s.On] = r.after
	return nil, nil
}

// left takes a deleted user out of its groups. Whether the target does so is up to it.
func (w *world) left(s Slot) {
	for at, o := range w.objects {
		if at.Group && !s.Group {
			o.members = slices.DeleteFunc(o.members, func(n int) bool { return n == s.N })
		}
	}
}

// write1 sends a write.
func (w *world) write1(ctx context.Context, s Step, r request) (session.Response, error) {
	switch {
	case s.Kind == Create:
		return w.Make(ctx, s.On.collection(), s.On.naming(), r.body)
	case r.body == nil:
		return w.Send(ctx, r.method, r.path, nil, nil)
	}
	return w.Send(ctx, r.method, r.path, r.body, nil)
}

// read judges the response to a step that changes nothing.
func (w *world) read(s Step, a session.Response) []difference {
	o := w.objects[s.On]
	switch {
	case s.Kind == Find:
		there := slices.ContainsFunc(a.Page().Resources, func(m map[string]any) bool { return m["id"] == o.id })
		if a.Status != http.StatusOK || !there {
			return []difference{{nature: hidden, on: s.On, response: a}}
		}
	case !o.alive:
		if a.Status == http.StatusOK && !w.tolerance.softly {
			return []difference{{nature: stays, on: s.On, response: a}}
		}
	case a.Status != http.StatusOK || a.Body == nil:
		return []difference{{nature: gone, on: s.On, response: a}}
	case s.Kind == Read:
		return w.compared(s.On, a)
	}
	return nil
}

// play carries out the steps that are possible until something differs. It returns how many steps
// it has taken.
func (w *world) play(ctx context.Context, steps []Step) (found []difference, taken int, err error) {
	for i, s := range steps {
		if !w.possible(s) {
			continue
		}
		if found, err = w.perform(ctx, s); err != nil || len(found) > 0 {
			return found, i + 1, err
		}
	}
	return nil, len(steps), nil
}

// whole compares all objects.
func (w *world) whole(ctx context.Context) (found []difference, err error) {
	for _, s := range w.slots() {
		more, err := w.look(ctx, s)
		if err != nil {
			return found, err
		}
		found = append(found, more...)
	}
	return found, nil
}

// look reads one object and compares it.
func (w *world) look(ctx context.Context, s Slot) ([]difference, error) {
	step := Step{Kind: Read, On: s}
	if !w.possible(step) {
		return nil, nil
	}
	return w.perform(ctx, step)
}

// adopt takes over what the target shows of all objects.
func (w *world) adopt(ctx context.Context) error {
	for _, s := range w.slots() {
		o := w.objects[s]
		if !o.alive {
			continue
		}
		w.sent++
		a, err := w.Send(ctx, http.MethodGet, "/"+s.collection()+"/"+url.PathEscape(o.id), nil, nil)
		if err != nil {
			return err
		}
		if a.Status != http.StatusOK || a.Body == nil {
			delete(w.objects, s)
			continue
		}
		w.takeOver(s, a)
	}
	return nil
}

// takeOver takes over one representation.
func (w *world) takeOver(s Slot, a session.Response) {
	o := w.objects[s]
	for _, d := range w.compared(s, a) {
		if d.path == "members" {
			o.members = slices.DeleteFunc(w.members(a), func(n int) bool { return n == unknown })
			continue
		}
		o.values[d.path] = d.got
	}
}
