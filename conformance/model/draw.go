package model

import (
	"math/rand/v2"
	"slices"
)

const (
	users  = 3 // places of users
	groups = 2 // places of groups
	every  = 8 // steps between two comparisons of all objects
)

// draft is a sequence of steps under way, with what the steps alone say of the objects.
type draft struct {
	vocabulary *vocabulary
	random     *rand.Rand
	steps      []Step
	drawn      int          // steps, without the reads that compare
	names      map[Slot]int // of living objects
	free       map[bool][]int
	off        map[int]bool // disabled users
	in         map[Slot][]int
	next       int
	// users and groups are the attributes of this sequence, and kinds what its steps are drawn from.
	users, groups []string
	kinds         []Kind
	places        int // of users
	share         int // of steps on groups, in quarters
}

// draw returns a sequence with a number of steps, and how many it has without the reads that compare.
// It depends on the numbers and the survey only.
func (v *vocabulary) draw(seed, number uint64, most int) (steps []Step, drawn int) {
	d := &draft{
		vocabulary: v, random: rand.New(rand.NewPCG(seed, number)), //nolint:gosec // a draw, and no secret
		names: map[Slot]int{}, free: map[bool][]int{}, off: map[int]bool{}, in: map[Slot][]int{},
	}
	d.users, d.groups = focus(v.users, d.random.IntN, 3), focus(v.groups, d.random.IntN, 1)
	d.kinds, d.places = d.chances(), 1+d.random.IntN(users)
	for n := range min(2, d.places) {
		d.create(Slot{N: n})
	}
	if d.share > 0 {
		d.create(Slot{Group: true})
	}
	for tries := 0; d.drawn < most && tries < 50*most; tries++ {
		before := d.drawn
		d.step()
		if d.drawn > before && d.drawn%every == 0 {
			d.lookAround()
		}
	}
	return d.steps, d.drawn
}

// chances are the kinds of steps that a sequence is drawn from. Each sequence has some of them only, so
// that rare combinations meet.
func (d *draft) chances() []Kind {
	all := [][]Kind{{Set, Set}, {Join, Join, Leave}, {Rename, Rename}, {Disable, Disable, Enable, Enable}, {Delete}, {Put}, {Clear}, {Several}, {Project}, {Find}}
	if d.vocabulary.hasGroups {
		d.share = d.random.IntN(4) // groups have other kinds than users
	}
	if d.share == 3 {
		all = [][]Kind{{Rename, Rename}, {Join, Join, Leave}, {Join, Leave, Leave}, {Delete}, {Put, Put}, {Set}}
	}
	d.random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	out := []Kind{Create, Create}
	for _, list := range all[:3+d.random.IntN(3)] {
		out = append(out, list...)
	}
	return append(out, Set, Rename) // never nothing
}

// step adds one step, if what is drawn is possible, and a read of what it changes.
func (d *draft) step() {
	s := Step{Kind: d.kinds[d.random.IntN(len(d.kinds))], Entra: d.random.IntN(2) == 0, On: d.place()}
	_, there := d.names[s.On]
	d.turn(&s)
	switch {
	case s.Kind == Create && !there:
		d.create(s.On)
		return
	case !there || s.Kind == Create:
		return
	case !d.fill(&s):
		return
	}
	d.add(s)
	if s.writes() {
		d.add(Step{Kind: Read, On: s.On})
		d.seen(s.On)
	}
}

// turn makes a step possible that is not: a user who is disabled is enabled, and a group without
// members gets some.
func (d *draft) turn(s *Step) {
	switch {
	case s.Kind == Disable && d.off[s.On.N]:
		s.Kind = Enable
	case s.Kind == Enable && !d.off[s.On.N]:
		s.Kind = Disable
	case s.Kind == Leave && len(d.in[s.On]) == 0:
		s.Kind = Join
	case s.Kind == Join && len(d.in[s.On]) == len(d.living(func(int) bool { return true })):
		s.Kind = Leave
	}
}

// place draws a place of an object.
func (d *draft) place() Slot {
	if d.random.IntN(4) < d.share {
		return Slot{Group: true, N: d.random.IntN(groups)}
	}
	return Slot{N: d.random.IntN(d.places)}
}

// seen adds the reads of the groups that a changed user is in.
func (d *draft) seen(s Slot) {
	for n := range groups {
		if g := (Slot{Group: true, N: n}); !s.Group && slices.Contains(d.in[g], s.N) {
			d.add(Step{Kind: Read, On: g})
		}
	}
}

// lookAround adds a read of each object.
func (d *draft) lookAround() {
	for n := range users {
		if _, there := d.names[Slot{N: n}]; there {
			d.add(Step{Kind: Read, On: Slot{N: n}})
		}
	}
	for n := range groups {
		if g := (Slot{Group: true, N: n}); d.vocabulary.hasGroups && d.names[g] != 0 {
			d.add(Step{Kind: Read, On: g})
		}
	}
}

func (d *draft) add(s Step) {
	if s.Kind != Read {
		d.drawn++
	}
	d.steps = append(d.steps, s)
}
