package limit

import (
	"context"
	"math"
)

// Effort is how long a rate is tried.
type Effort int

const (
	// Short is enough while rates double: twice what a target can do shows soon.
	Short Effort = iota
	// Full is for rates near the border.
	Full
)

// Verdict is how a trial ended.
type Verdict int

const (
	// Held means that all conditions held.
	Held Verdict = iota
	// Broke means that one did not.
	Broke
	// Exhausted means that the stream ended before the trial did.
	Exhausted
)

// Trial is a rate that was tried.
type Trial struct {
	Rate    float64 // requests a second
	Effort  Effort
	Verdict Verdict
	// Reason says what did not hold, or why the trial has no verdict.
	Reason string
	// Generator says that this machine, and not the target, was the bottleneck; empty where not.
	Generator string
}

// Search says how the limit is looked for.
type Search struct {
	// Start is the first rate, and Highest the last one that is tried.
	Start, Highest float64
	// Precision is the ratio of the two sides of the border at which the search ends, such as 1.05.
	Precision float64
	// Repeats is how often the rate that holds must hold.
	Repeats int
	// Try sends at a rate.
	Try func(context.Context, float64, Effort) (Trial, error)
}

// Found is the outcome of a search.
type Found struct {
	Trials []Trial
	// Held is the highest rate that held, and Broke the lowest above it that did not; nil is none.
	Held, Broke *Trial
	// Times is how often Held held.
	Times int
	// Unsteady says that a rate held once and broke once.
	Unsteady bool
	// Exhausted says that the stream ended before the limit was found.
	Exhausted bool
	// Unreached says that the highest rate held.
	Unreached bool
}

const (
	down       = 4  // the rate is divided by it while none holds
	mostDown   = 16 // the first rate is divided by it at most
	mostTrials = 80
	most       = 2 // trials that must agree; a single one may have been disturbed
)

// Run searches until the border is known as precisely as asked. After an error, what was found until then is returned too.
func (s Search) Run(ctx context.Context) (*Found, error) {
	f := &Found{}
	for rate, effort := s.Start, Short; len(f.Trials) < mostTrials; {
		t, err := s.Try(ctx, rate, effort)
		if err != nil {
			return f, err
		}
		f.Trials = append(f.Trials, t)
		if t.Verdict == Exhausted {
			f.Exhausted = true
			return f, nil
		}
		f.border()
		var more bool
		if rate, effort, more = s.next(f, t); !more {
			return f, nil
		}
	}
	return f, nil
}

// border finds the two sides of the border again. A rate broke when two trials say so, or when it
// broke as often as it held.
func (f *Found) border() {
	f.Held, f.Broke, f.Times, f.Unsteady = nil, nil, 0, false
	for i := range f.Trials {
		t := &f.Trials[i]
		if held, broke := f.count(t.Rate); t.Verdict == Broke && broke >= most && broke >= held && (f.Broke == nil || t.Rate <= f.Broke.Rate) {
			f.Broke = t
		}
	}
	for i := range f.Trials {
		t := &f.Trials[i]
		held, broke := f.count(t.Rate)
		if t.Verdict != Held || broke >= held || f.Broke != nil && t.Rate >= f.Broke.Rate {
			continue
		}
		if f.Held == nil || t.Rate >= f.Held.Rate {
			f.Held, f.Times, f.Unsteady = t, held, broke > 0
		}
	}
	if f.Broke != nil {
		held, _ := f.count(f.Broke.Rate)
		f.Unsteady = f.Unsteady || held > 0
	}
}

// count is how often a rate held and broke.
func (f *Found) count(rate float64) (held, broke int) {
	for i := range f.Trials {
		switch t := &f.Trials[i]; {
		case t.Rate != rate:
		case t.Verdict == Held:
			held++
		case t.Verdict == Broke:
			broke++
		}
	}
	return held, broke
}

// next is the rate that is tried after a trial.
func (s Search) next(f *Found, last Trial) (rate float64, effort Effort, more bool) {
	held, broke := f.count(last.Rate)
	switch {
	case broke > 0 && held < broke+1 && broke < most, held > 0 && broke > 0 && held+broke < most+1: // trials disagree, or one alone broke
		return last.Rate, Full, true
	case f.Broke == nil && f.Held.Rate >= s.Highest:
		f.Unreached = true
		return 0, Full, false
	case f.Broke == nil:
		return min(2*f.Held.Rate, s.Highest), Short, true
	case f.Held == nil:
		rate = f.Broke.Rate / down
		return rate, Full, rate >= s.Start/mostDown
	case f.Broke.Rate/f.Held.Rate > s.Precision:
		return rounded(math.Sqrt(f.Held.Rate*f.Broke.Rate), f.Held.Rate, f.Broke.Rate), Full, true
	}
	return f.Held.Rate, Full, f.Times < s.Repeats
}

// rounded is a rate that people can read, where one fits between two others.
func rounded(rate, above, below float64) float64 {
	digits := math.Pow(10, math.Floor(math.Log10(rate))-2)
	if r := math.Round(rate/digits) * digits; r > above && r < below {
		return r
	}
	return rate
}
