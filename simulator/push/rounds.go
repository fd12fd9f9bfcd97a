package push

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/scimdrill/scimdrill/simulator/directory"
)

// position is how far a run came.
type position struct {
	Started   time.Time `json:"started"`
	Now       time.Time `json:"now"`
	Watermark int64     `json:"watermark"` // of the directory's change log
	Initial   bool      `json:"initial"`   // the first round is over
	Number    int       `json:"number"`    // of rounds
	Scheduled time.Time `json:"scheduled"` // what Provider.Scheduled did last
}

const positionRecord = "position"

// rounds runs rounds until the end.
func (r *run) rounds(ctx context.Context) error {
	if _, err := r.store.Load(ctx, positionRecord, &r.position); err != nil {
		return err
	}
	if r.position.Started.IsZero() {
		r.position.Started = r.deps.Clock.Now()
		r.position.Scheduled = r.position.Started
	} else if err := r.deps.Clock.WaitUntil(ctx, r.position.Now); err != nil {
		return err
	}
	r.result.Started = r.position.Started
	s, err := r.session(ctx)
	if err != nil {
		return err
	}
	if err := r.provider.Connect(ctx, s); err != nil {
		round := Round{Number: r.position.Number + 1, At: s.Now(), First: !r.position.Initial, Counts: s.counts, Failed: true}
		r.end(round)
		return err
	}
	if r.cfg.Only != nil {
		return r.only(ctx, s)
	}
	for first := true; ; first = false {
		at, due, err := r.next(ctx)
		if err != nil {
			return err
		}
		if !first && !due {
			return nil
		}
		if !first {
			if err := r.deps.Clock.WaitUntil(ctx, at); err != nil {
				return err
			}
			if s, err = r.session(ctx); err != nil {
				return err
			}
		}
		if err := r.round(ctx, s); err != nil {
			return err
		}
	}
}

// session begins a round.
func (r *run) session(ctx context.Context) (*Session, error) {
	everyone, err := r.tenant.EveryoneAssigned(ctx)
	return &Session{
		Tenant: r.tenant, Store: r.store, Seed: r.cfg.Seed, run: r, everyone: everyone || r.cfg.ScopeAll, touched: map[int64]bool{},
	}, err
}

// next is the instant of the next round; due is false if there is none.
func (r *run) next(ctx context.Context) (at time.Time, due bool, err error) {
	earlier := func(t time.Time) {
		if !due || t.Before(at) {
			at, due = t, true
		}
	}
	applied, _, err := r.tenant.Applied(ctx)
	if err != nil {
		return at, false, err
	}
	if applied < len(r.cfg.Changes) {
		earlier(r.position.Started.Add(r.cfg.Changes[applied].At))
	}
	tasks, err := r.store.Tasks(ctx)
	if err != nil {
		return at, false, err
	}
	for _, t := range tasks {
		if !t.Due.IsZero() {
			earlier(t.Due)
		}
	}
	if len(r.deps.Timeline) > 0 {
		earlier(r.position.Started.Add(r.deps.Timeline[0].At))
	}
	if every := r.provider.Every(); every > 0 && (due || r.cfg.For > 0) {
		earlier(r.position.Scheduled.Add(every))
	}
	if r.cfg.For > 0 && due && !at.Before(r.position.Started.Add(r.cfg.For)) {
		return at, false, nil
	}
	return at, due, nil
}

// round does what is due now.
func (r *run) round(ctx context.Context, s *Session) error {
	now := s.Now()
	for len(r.deps.Timeline) > 0 && !r.position.Started.Add(r.deps.Timeline[0].At).After(now) {
		m := r.deps.Timeline[0]
		r.deps.Timeline = r.deps.Timeline[1:]
		if err := m.Do(ctx, s, now); err != nil {
			return err
		}
	}
	if err := r.apply(ctx, now); err != nil {
		return err
	}
	everyone, err := r.tenant.EveryoneAssigned(ctx)
	if err != nil {
		return err
	}
	s.everyone = everyone || r.cfg.ScopeAll
	latest, err := r.tenant.Latest(ctx)
	if err != nil {
		return err
	}
	due, err := r.due(ctx, now)
	if err != nil {
		return err
	}
	users, groups, err := r.affected(ctx, latest)
	if err != nil {
		return err
	}
	if err := r.objects(ctx, s, directory.User, users, due); err != nil {
		return err
	}
	if groups, err = r.withTouched(ctx, s, groups); err != nil {
		return err
	}
	if err := r.objects(ctx, s, directory.Group, groups, due); err != nil {
		return err
	}
	if every := r.provider.Every(); every > 0 && !now.Before(r.position.Scheduled.Add(every)) {
		if err := r.provider.Scheduled(ctx, s); err != nil {
			return err
		}
		r.position.Scheduled = now
	}
	first := !r.position.Initial
	r.position.Now, r.position.Watermark, r.position.Initial = now, latest, true
	r.position.Number++
	if err := r.store.Save(ctx, positionRecord, r.position); err != nil {
		return err
	}
	r.end(Round{Number: r.position.Number, At: now, First: first, Counts: s.counts})
	return r.commit(ctx)
}

// end adds a round to the result, if it did anything.
func (r *run) end(round Round) {
	if round.Counts == (Counts{}) && !round.First && !round.Failed {
		return
	}
	r.result.Rounds = append(r.result.Rounds, round)
	if r.deps.Ended != nil {
		r.deps.Ended(round)
	}
}

// apply brings the changes that are due into the directory.
func (r *run) apply(ctx context.Context, now time.Time) error {
	applied, _, err := r.tenant.Applied(ctx)
	if err != nil {
		return err
	}
	n := applied
	for n < len(r.cfg.Changes) && !r.position.Started.Add(r.cfg.Changes[n].At).After(now) {
		n++
	}
	if n == applied {
		return nil
	}
	return r.tenant.Apply(ctx, r.cfg.Changes[applied:n], r.position.Started, n)
}

// due are the objects whose task is due.
func (r *run) due(ctx context.Context, now time.Time) (map[int64]bool, error) {
	tasks, err := r.store.Tasks(ctx)
	list := map[int64]bool{}
	for _, t := range tasks {
		if !t.Due.IsZero() && !t.Due.After(now) {
			list[t.Num] = true
		}
	}
	return list, err
}

// affected are the objects that a round looks at: all in the first one, later those that changed.
func (r *run) affected(ctx context.Context, latest int64) (users, groups []int64, err error) {
	if r.position.Initial {
		if users, err = r.tenant.Changed(ctx, r.position.Watermark, latest, directory.User, false); err != nil {
			return nil, nil, err
		}
		groups, err = r.tenant.Changed(ctx, r.position.Watermark, latest, directory.Group, false)
		return users, groups, err
	}
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		err := r.tenant.Each(ctx, kind, func(o *directory.Object) error {
			if kind == directory.User {
				users = append(users, o.Num)
			} else {
				groups = append(groups, o.Num)
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return users, groups, nil
}

// withTouched adds the pushed groups of users whose link became another one.
func (r *run) withTouched(ctx context.Context, s *Session, groups []int64) ([]int64, error) {
	if len(s.touched) == 0 {
		return groups, nil
	}
	links, err := r.store.Links(ctx, directory.Group)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		if slices.Contains(groups, l.Num) {
			continue
		}
		members, err := r.tenant.Members(ctx, l.Num)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(members, func(m int64) bool { return s.touched[m] }) {
			groups = append(groups, l.Num)
		}
	}
	return groups, nil
}

// objects looks at objects of one kind: those given, then those whose task is due.
func (r *run) objects(ctx context.Context, s *Session, kind directory.Kind, nums []int64, due map[int64]bool) error {
	for _, num := range slices.Sorted(keys(due)) {
		if !slices.Contains(nums, num) {
			nums = append(nums, num)
		}
	}
	for _, num := range nums {
		o, err := r.tenant.Get(ctx, num)
		if err != nil {
			return err
		}
		if o == nil || o.Kind != kind {
			continue
		}
		if err := cmp.Or(ctx.Err(), r.object(ctx, s, o, due[num])); err != nil {
			return err
		}
	}
	return nil
}

// object looks at one object and commits what came of it.
func (r *run) object(ctx context.Context, s *Session, o *directory.Object, retried bool) error {
	look := r.provider.User
	if o.Kind == directory.Group {
		look = r.provider.Group
	}
	if err := look(ctx, s, o, retried); err != nil {
		return err
	}
	if !r.store.open {
		return nil
	}
	return r.commit(ctx)
}

func keys(m map[int64]bool) func(yield func(int64) bool) {
	return func(yield func(int64) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// only looks at the objects of a run on demand.
func (r *run) only(ctx context.Context, s *Session) error {
	for _, kind := range []directory.Kind{directory.User, directory.Group} {
		for _, id := range r.cfg.Only {
			o, err := r.tenant.ByID(ctx, id)
			if err != nil {
				return err
			}
			if o != nil && o.Kind == kind {
				if err := r.object(ctx, s, o, true); err != nil {
					return err
				}
			}
		}
	}
	r.end(Round{Number: r.position.Number + 1, At: s.Now(), First: true, Counts: s.counts})
	return r.commit(ctx)
}
