package quarantine

import "time"

// State is the quarantine of a job (E-256). The zero value is a job outside quarantine.
type State struct {
	Reason       Reason
	Error        Error
	CurrentBegan time.Time // last evaluated and imposed
	SeriesBegan  time.Time // first imposed in this series
	NextAttempt  time.Time
	SeriesCount  int64 // how often evaluated and kept in this series
	Disabled     bool  // the 28 days are over (E-259)
}

// Active reports whether the job is in quarantine.
func (s State) Active() bool { return s.Reason != "" }

// Next gives the state after a cycle ended, and what to announce.
func Next(s State, e Event) (State, Notice) {
	if e.Cause == nil {
		if s.Active() {
			return State{}, Left
		}
		return State{}, None
	}
	notice := Kept
	switch {
	case !s.Active():
		notice = Entered
		s.SeriesBegan = e.At
	case s.Reason != e.Cause.Reason:
		notice = ReasonChanged
	}
	s.Reason, s.Error = e.Cause.Reason, e.Cause.Error
	s.CurrentBegan = e.At
	s.SeriesCount++
	s.NextAttempt = nextAttempt(s.SeriesBegan, e.At, e.Attempts)
	if over, disabled := Expire(s, e.At); disabled == Disabled {
		return over, Disabled
	}
	return s, notice
}

// Ends is the instant at which the job is disabled unless it leaves quarantine before (E-259).
func (s State) Ends() time.Time { return s.SeriesBegan.Add(Lifetime) }

// Expire disables a job whose 28 days are over. It is for a job that runs no cycles in
// the meantime: pausing does not stop that clock.
func Expire(s State, now time.Time) (State, Notice) {
	if !s.Active() || s.Disabled || now.Before(s.Ends()) {
		return s, None
	}
	s.Disabled, s.NextAttempt = true, time.Time{}
	return s, Disabled
}
