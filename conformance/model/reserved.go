package model

import (
	"context"
	"slices"
)

// reserved reports a difference of a step that gives a used name, where a service does the same in
// the simplest case: the name of a deleted or renamed object is not free, or a new object gets what
// the deleted one had. Other checks judge these.
func (j *judge) reserved(ctx context.Context, w *world, steps []Step, d difference) (bool, error) {
	last := w.last
	if last.Kind != Create && last.Kind != Rename || d.nature != refused && last.Kind != Create || !reused(steps, last) {
		return false, nil
	}
	first := Step{Kind: Create, On: last.On, Name: 1}
	if d.path != "" && d.path != "members" && d.path != "active" && d.path != d.on.naming() {
		first.Paths, first.Values = []string{d.path}, []int{1}
	}
	again, other := Step{Kind: Create, On: last.On, Name: 1}, Step{Kind: Create, On: Slot{Group: last.On.Group, N: last.On.N + 1}, Name: 1}
	for _, simple := range [][]Step{
		{first, {Kind: Delete, On: last.On}, again},
		{first, {Kind: Rename, On: last.On, Name: 2}, other},
	} {
		_, found, err := j.replay(ctx, simple)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(found, func(o difference) bool { return o.nature == d.nature && (o.path == d.path || d.nature == refused) }) {
			j.tolerance.noReuse = j.tolerance.noReuse || d.nature == refused
			if d.nature != refused {
				j.tolerance.take(last, d)
			}
			return true, nil
		}
	}
	return false, nil
}

// reused reports whether a step gives a name that another step of the sequence gave before.
func reused(steps []Step, last Step) bool {
	given := 0
	for _, s := range steps {
		if (s.Kind == Create || s.Kind == Rename) && s.On.Group == last.On.Group && s.Name == last.Name {
			given++
		}
	}
	return given > 1
}
