package model

import (
	"context"
	"slices"
)

// shrinker makes a sequence smaller as long as it shows the same difference on new objects.
type shrinker struct {
	judge *judge
	key   string
	runs  int // that are left
	err   error
}

// shrink returns the fewest steps that still show a difference, or nil if they do not show it again.
func (j *judge) shrink(ctx context.Context, steps []Step, d difference) ([]Step, error) {
	s := &shrinker{judge: j, key: d.key(), runs: j.options.replays()}
	if !s.shows(ctx, steps) {
		return nil, s.err
	}
	quiet := slices.DeleteFunc(slices.Clone(steps), func(s Step) bool { return !s.writes() })
	if s.shows(ctx, quiet) {
		steps = quiet
	}
	for before := len(steps) + 1; len(steps) < before; {
		before = len(steps)
		steps = s.fewer(ctx, steps)
		steps = s.simpler(ctx, steps)
	}
	return steps, s.err
}

// fewer leaves out steps, in chunks of half the sequence first and one by one last, from the end.
func (s *shrinker) fewer(ctx context.Context, steps []Step) []Step {
	for size := max(1, len(steps)/2); ; size /= 2 {
		for at := len(steps) - size; at > -size; at -= size {
			from := max(at, 0)
			less := slices.Delete(slices.Clone(steps), from, min(at+size, len(steps)))
			if len(less) > 0 && s.shows(ctx, less) {
				steps = less
			}
			at = min(at, len(steps))
		}
		if size == 1 {
			return steps
		}
	}
}

// simpler lets steps write less, and puts members into the creation of their group.
func (s *shrinker) simpler(ctx context.Context, steps []Step) []Step {
	for i := 0; i < len(steps); i++ {
		for n := len(steps[i].Paths) - 1; n >= 0 && steps[i].Kind != Clear && steps[i].Kind != Set; n-- {
			steps = s.instead(ctx, steps, i, func(c *Step) {
				c.Paths, c.Values = slices.Delete(slices.Clone(c.Paths), n, n+1), slices.Delete(slices.Clone(c.Values), n, n+1)
			})
		}
		for n := range slices.Backward(steps[i].Members) {
			if len(steps[i].Members) > 1 || steps[i].Kind == Create {
				steps = s.instead(ctx, steps, i, func(c *Step) { c.Members = slices.Delete(slices.Clone(c.Members), n, n+1) })
			}
		}
		if steps[i].Kind == Join && s.judge.vocabulary.post {
			steps = s.folded(ctx, steps, i)
		}
	}
	return steps
}

// instead tries a changed step in the place of one.
func (s *shrinker) instead(ctx context.Context, steps []Step, i int, change func(*Step)) []Step {
	other := slices.Clone(steps)
	change(&other[i])
	if len(other[i].Paths) == 0 && other[i].Kind == Several {
		return steps
	}
	if s.shows(ctx, other) {
		return other
	}
	return steps
}

// folded tries to put the members that a step adds into the creation of the group, which stays where it
// is or comes where the step is.
func (s *shrinker) folded(ctx context.Context, steps []Step, i int) []Step {
	at := slices.IndexFunc(steps[:i], func(o Step) bool { return o.Kind == Create && o.On == steps[i].On })
	if at < 0 {
		return steps
	}
	made := steps[at]
	made.Members = slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(made.Members), steps[i].Members...))))
	early, late := slices.Clone(steps), slices.Clone(steps)
	early[at], late[i] = made, made
	for _, other := range [][]Step{slices.Delete(early, i, i+1), slices.Delete(late, at, at+1)} {
		if s.shows(ctx, other) {
			return other
		}
	}
	return steps
}

// shows reports whether steps on new objects show the difference, when all are compared at the end.
func (s *shrinker) shows(ctx context.Context, steps []Step) bool {
	if s.runs <= 0 || s.err != nil {
		return false
	}
	s.runs--
	_, found, err := s.judge.replay(ctx, steps)
	s.err = err
	return slices.ContainsFunc(found, func(d difference) bool { return d.key() == s.key })
}
