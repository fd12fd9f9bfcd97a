package model

import (
	"context"
	"slices"
	"strings"

	"github.com/scimdrill/scimdrill/conformance/fact"
	"github.com/scimdrill/scimdrill/conformance/session"
	"github.com/scimdrill/scimdrill/conformance/survey"
)

// Options are the length and the seed of a run.
type Options struct {
	// Seed is that of the sequences.
	Seed uint64
	// Steps is how many requests are drawn. The reads that compare come on top.
	Steps int
	// More reports whether more are drawn beyond Steps; nil means no.
	More func() bool
}

// stepsEach is the number of steps of one sequence, before new objects are made.
func (o Options) stepsEach() int { return 16 }

// replays is how often a sequence is tried to make it smaller.
func (o Options) replays() int { return 150 }

// surprises is after how many differences that are tolerated a run ends: the target is then too
// different to be compared.
const surprises = 25

// Result is what a run has found.
type Result struct {
	// Steps is how many steps were compared.
	Steps int
	// Finding is nil if nothing depends on the order of requests.
	Finding *Finding
}

// Finding is a shortest sequence after which a target differs from the model.
type Finding struct {
	Steps []Step
	Fact  fact.Fact
	// Again reports that the sequence is about a new object that gets what a deleted one had.
	Again bool
}

// String lists the steps for people.
func (f *Finding) String() string {
	list := make([]string, len(f.Steps))
	for i, s := range f.Steps {
		list[i] = s.String()
	}
	return strings.Join(list, ", ")
}

// Usable reports whether a target can be asked: users can be made and changed, and an attribute of
// theirs is kept.
func Usable(s *survey.Survey) bool {
	v := speak(s)
	return s.Patch.Works && s.Users.Made.Works && len(v.users) > 0
}

// Judge draws sequences, and returns the first one whose outcome depends on the order of its
// requests. The exchanges of the case are then those of the shortest sequence. The error is that of a
// request without a response.
func Judge(ctx context.Context, c *session.Case, s *survey.Survey, o Options) (*Result, error) {
	j := &judge{Case: c, vocabulary: speak(s), tolerance: newTolerance(), options: o}
	out := &Result{}
	for number := uint64(0); j.surprised < surprises; number++ {
		length := min(o.stepsEach(), o.Steps-out.Steps)
		if length <= 0 && (o.More == nil || !o.More()) {
			break
		} else if length <= 0 {
			length = o.stepsEach()
		}
		steps, drawn := j.vocabulary.draw(o.Seed, number, length)
		out.Steps += max(drawn, 1)
		found, err := j.sequence(ctx, steps)
		if err != nil || found != nil {
			out.Finding = found
			return out, err
		}
	}
	return out, nil
}

// judge is a run under way.
type judge struct {
	*session.Case

	vocabulary *vocabulary
	tolerance  *tolerance
	options    Options
	surprised  int
}

// sequence runs steps on new objects to their end. Differences that are tolerated are taken over.
func (j *judge) sequence(ctx context.Context, steps []Step) (*Finding, error) {
	w := j.vocabulary.world(j.Case, j.tolerance)
	for at := 0; ; {
		found, taken, err := w.play(ctx, steps[at:])
		at += taken
		if err == nil && len(found) == 0 {
			found, err = w.whole(ctx)
		}
		if err != nil || len(found) == 0 {
			return nil, err
		}
		if out, err := j.differs(ctx, w, steps[:at], found); err != nil || out != nil {
			return out, err
		}
		if j.surprised++; j.surprised >= surprises {
			return nil, nil
		}
		if err := w.adopt(ctx); err != nil {
			return nil, err
		}
	}
}

// differs decides on differences after steps: those that the state explains are tolerated. One that
// only the history explains is a finding.
func (j *judge) differs(ctx context.Context, w *world, steps []Step, found []difference) (*Finding, error) {
	left, err := j.unexplained(ctx, w, found)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	least, err := j.shrink(ctx, steps, left[0])
	if err != nil || least == nil {
		return nil, err
	}
	again, found, err := j.replay(ctx, least)
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(d difference) bool { return d.key() != left[0].key() })
	if left, err = j.unexplained(ctx, again, found); err != nil || len(left) == 0 {
		return nil, err
	}
	if owned, err := j.reserved(ctx, again, least, left[0]); err != nil || owned {
		return nil, err
	}
	return j.conclude(ctx, least, left[0])
}

// unexplained are the differences that do not appear on new objects in the same state. The others are
// tolerated.
func (j *judge) unexplained(ctx context.Context, w *world, found []difference) ([]difference, error) {
	seen, sure, err := w.control(ctx, found)
	if err != nil {
		return nil, err
	}
	var left []difference
	for _, d := range found {
		if sure && !d.among(seen) {
			left = append(left, d)
			continue
		}
		j.tolerance.take(w.last, d)
	}
	return left, nil
}

// replay runs steps on new objects, and compares all of them at the end.
func (j *judge) replay(ctx context.Context, steps []Step) (*world, []difference, error) {
	w := j.vocabulary.world(j.Case, j.tolerance)
	found, _, err := w.play(ctx, steps)
	if err != nil || len(found) > 0 {
		return w, found, err
	}
	found, err = w.whole(ctx)
	return w, found, err
}

// conclude runs the shortest sequence once more, with one read at its end. Only these exchanges are
// evidence.
func (j *judge) conclude(ctx context.Context, steps []Step, d difference) (*Finding, error) {
	j.Again()
	w := j.vocabulary.world(j.Case, j.tolerance)
	found, _, err := w.play(ctx, steps)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 && d.nature == hidden {
		found, err = w.perform(ctx, Step{Kind: Find, On: d.on})
	} else if len(found) == 0 {
		found, err = w.look(ctx, d.on)
	}
	i := slices.IndexFunc(found, func(o difference) bool { return o.key() == d.key() })
	if err != nil || i < 0 {
		return nil, err
	}
	made := func(s Step) bool { return s.Kind == Create && s.On == d.on }
	return &Finding{Steps: steps, Fact: found[i].fact(w.last), Again: d.nature == apart && made(w.last)}, nil
}
