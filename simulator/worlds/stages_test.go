package worlds_test

import (
	"context"
	"time"

	"github.com/scimdrill/scimdrill/simulator/job"
)

// day is one in minutes.
const day = 24 * 60

// stages are the minutes at which the parts of a world that follow the busy one begin.
type stages struct{ calm, quiet, later int }

// later is a month and some days, in which nothing happens but that the recycle bin is emptied.
const later = bin + 3*day

func (w *world) stages() stages {
	s := stages{calm: w.end() + day}
	s.quiet = s.calm + 3*day
	s.later = s.quiet + later
	return s
}

// whole lives through a world: busy, calm, perhaps a month, and everything anew.
func (l *life) whole() error {
	w := l.w
	l.cfg.For = minutes(w.end())
	if err := l.run(); err != nil {
		return err
	}
	trace := l.door.take()
	// Calm: no mishaps, and whatever stands still is started. All retries fall into three days.
	l.door.calm.Store(true)
	l.stops = l.stops[:l.stopped]
	at := w.stages()
	l.cfg.Interval = 6 * time.Hour
	more, err := l.quietUntil(at.calm, at.quiet)
	if err != nil {
		return err
	}
	if err := l.settled(append(trace, more...), at.quiet); err != nil {
		return err
	}
	end := at.quiet
	if w.Later {
		end = at.later
		if trace, err = l.quietUntil(at.later-3*day, end); err != nil {
			return err
		}
		if err := l.settled(trace, end); err != nil {
			return err
		}
	}
	if err := l.anew(end); err != nil {
		return err
	}
	l.logWhole()
	return nil
}

// quietUntil runs the job to a minute; at another one before it, it is started, and what was
// held back may go.
func (l *life) quietUntil(start, end int) ([]*sent, error) {
	add := func(minute int, do func(ctx context.Context, j *job.Job, at time.Time) error) {
		l.moments = append(l.moments, &moment{at: minutes(minute), do: do})
	}
	add(start, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) })
	for at := start + 1; at < end && l.w.gate(); at += 6 * 60 {
		add(at, func(ctx context.Context, j *job.Job, at time.Time) error { return l.reset(ctx, j, at, "ForceDeletes") })
	}
	for at := start + 1; at < end && l.w.Set["escrowEnd"] == "disable"; at += 6 * 60 { // each object that is given up disables the job anew
		add(at, func(ctx context.Context, j *job.Job, at time.Time) error { return j.Start(ctx, at) })
	}
	l.cfg.For = minutes(end)
	err := l.run()
	return l.door.take(), err
}

// releases is how often what is held back has to be let go: what is allowed goes, and what
// comes on top is counted anew (E-228).
func (l *life) releases() int {
	if l.w.gate() {
		return 1
	}
	return 0
}

// settled checks what came to rest at a minute.
func (l *life) settled(trace []*sent, minute int) error {
	l.see(trace)
	m := modelOf(l.w, minute-day) // the last cycles may have met what they have to look at again
	l.acted(m, trace)
	s, err := l.converged(m, false)
	if err != nil {
		return err
	}
	if len(s.escrows) == 0 && !m.empties(minute-2*day, minute) {
		l.quiet(trace, 2)
	}
	return nil
}

// anew looks at everything once more by the portal's restart, and where links lead to nobody
// clears them.
func (l *life) anew(minute int) error {
	const cycles = 3
	m := modelOf(l.w, minute-day)
	m.scope.settle()
	m.everybody()
	m.remember()
	l.cfg.Cycles = cycles
	l.verifying()
	if err := l.restarted(job.Portal); err != nil {
		return err
	}
	for range 2 * l.releases() {
		if err := l.restarted(job.ForceDeletes); err != nil {
			return err
		}
	}
	trace := l.door.take()
	l.see(trace)
	l.acted(m, trace)
	l.orphans = 0
	s, err := l.converged(m, true)
	if err != nil {
		return err
	}
	if len(s.escrows) == 0 && !m.empties(minute-day, minute+14*day) {
		l.quiet(trace, 1)
	}
	if l.orphans == 0 {
		return nil
	}
	return l.rematched(m)
}

func (l *life) restarted(scope job.Scope) error {
	l.cleared, l.cfg.Restart = l.cleared || scope.Has(job.Watermark), &scope
	if scope.Has(job.ForceDeletes) {
		l.door.note(forceMark)
	}
	return l.run()
}

// rematched clears the connector data store, which is what heals links that lead to nobody:
// everybody is matched afresh (E-103, E-269).
func (l *life) rematched(m *model) error {
	if err := l.restarted(job.Full); err != nil {
		return err
	}
	l.see(l.door.take())
	l.orphans = 0
	s, err := l.snapshot()
	if err != nil {
		return err
	}
	c := converging{life: l, m: m, s: s, anew: true, lostLinks: true}
	c.whole()
	if l.orphans > 0 {
		l.problem("missing", "%d links lead to nobody after all links were cleared", l.orphans)
	}
	return nil
}

// empties reports that somebody is 30 days in the recycle bin between two minutes.
func (m *model) empties(from, to int) bool {
	for _, t := range m.things {
		if gone := t.binnedAt + bin; t.binnedAt > 0 && gone >= from && gone <= to {
			return true
		}
	}
	return false
}
