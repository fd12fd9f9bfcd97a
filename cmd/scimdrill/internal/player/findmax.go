package player

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/limit"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

const (
	firstRate   = 10      // a second and tenant
	highestRate = 100_000 // that is tried
	precision   = 1.05    // of the limit
	repeats     = 3       // of the rate that holds
	shortPart   = 4       // a step lasts so many times longer near the border
	behind      = 0.2     // of a step; responses that come later do not keep up
	unsentShare = 0.05    // of a step; beyond, the rate was not offered
	leastBehind = time.Second
)

// part is what one part of the stream gave.
type part struct {
	rate     float64
	result   *replay.Result
	recorder *measure.Recorder
	used     used
	dialled  int64
}

// checkFindMax checks what --find-max excludes, and reads its conditions.
func (f *Flags) checkFindMax(p *plan) (err error) {
	for _, other := range []struct {
		flag string
		set  bool
	}{
		{"--speed", f.Speed != ""},
		{"--profile", f.LoadProfile != ""},
		{"--ramp", f.Ramp > 0},
		{"--duration", f.Duration > 0},
		{"--warm-up", f.WarmUp > 0},
		{"--shard", f.Shard != ""},
		{"--fail-if", f.FailIf != ""},
	} {
		if other.set {
			return exit.Usage("--rate is the first rate, and --step the time of each", "--find-max excludes %s", other.flag)
		}
	}
	if p.demands, err = measure.ParseThresholds(f.FindMax); err != nil {
		return exit.Usage("", "--find-max: %w", err)
	}
	for _, t := range p.demands {
		if !t.Limits() {
			return exit.Usage("for example --find-max 'p99<500ms,errors<0.1%'", "--find-max: %s is not a condition that must hold", t)
		}
	}
	first := f.Rate
	if first == "" {
		first = fmt.Sprintf("%d/s", firstRate)
	}
	if p.schedule, err = replay.ParseRate(first); err != nil {
		return exit.Usage("", "--%w", err)
	}
	if p.first = p.schedule.Peak(); p.first != p.schedule.Mean(time.Hour) {
		return exit.Usage("for example --rate 10/s", "--find-max begins with one rate, and not with %q", f.Rate)
	}
	p.shown = fmt.Sprintf("rates from %s, for %s each, until %s does not hold", first, f.Step, f.FindMax)
	return nil
}

// search sends parts of the stream at one rate after the other.
func (l *Load) search(ctx context.Context, p *replay.Player) (part, error) {
	parts := replay.NewParts(l.source)
	defer parts.Close()
	var last part
	held := map[float64]part{} // the last one of each rate
	s := limit.Search{Start: l.plan.first, Highest: highestRate, Precision: precision, Repeats: repeats}
	section := &reports.ReplaySearch{Conditions: l.Flags.FindMax, StepSeconds: l.Flags.Step.Seconds()}
	s.Try = func(ctx context.Context, rate float64, effort limit.Effort) (limit.Trial, error) {
		n := l.stepSize(rate, effort)
		var err error
		if last, err = l.step(ctx, p, parts.Take(n), rate); err != nil {
			return limit.Trial{}, err
		}
		t, err := l.judge(rate, effort, n, last)
		if err != nil {
			return t, err
		}
		section.Trials = append(section.Trials, trialRow(t, last))
		l.Console.Say("%s", stepText(t, last))
		if t.Verdict == limit.Held {
			held[rate] = last
		}
		return t, nil
	}
	found, err := s.Run(ctx)
	l.found = section
	l.conclude(found)
	if found.Held != nil {
		return held[found.Held.Rate], err
	}
	return last, err
}

// stepSize is how many requests of the stream a step takes.
func (l *Load) stepSize(rate float64, effort limit.Effort) int64 {
	length := l.Flags.Step
	if effort == limit.Short {
		length /= shortPart
	}
	n := int64(rate * length.Seconds())
	for _, t := range l.plan.demands {
		n = max(n, t.Needs())
	}
	return n
}

// step sends one part.
func (l *Load) step(ctx context.Context, p *replay.Player, source replay.Source, rate float64) (part, error) {
	a := part{rate: rate, recorder: measure.NewRecorder(0), dialled: l.dialled.Load()}
	p.Again(replay.Steady(rate), a.recorder)
	stop := l.watch(p)
	defer stop()
	before := usage()
	var err error
	a.result, err = p.Play(ctx, source)
	a.used, a.dialled = usage().since(before), l.dialled.Load()-a.dialled
	if err == nil {
		err = ctx.Err()
	}
	if stopped := a.result.Stopped; err == nil && stopped != nil && !errors.Is(stopped, replay.ErrGone) {
		err = stopped
	}
	return a, err //nolint:wrapcheck // it is the reason of the whole run
}

// judge says whether a rate held.
func (l *Load) judge(rate float64, effort limit.Effort, wanted int64, a part) (limit.Trial, error) {
	t := limit.Trial{Rate: rate, Effort: effort}
	sum := a.recorder.Summary()
	r := a.result
	t.Generator = l.bottleneck(r, sum, a.used)
	if t.Reason = l.broken(r, sum, rate); t.Reason != "" {
		t.Verdict = limit.Broke
		return t, nil
	}
	wanted *= l.copies()
	switch unsent := r.UnsentTotal(); {
	case r.Read < wanted:
		t.Verdict, t.Reason = limit.Exhausted, fmt.Sprintf("the stream ended after %d of %d requests of the step", r.Read, wanted)
	case float64(unsent) > unsentShare*float64(wanted):
		t.Verdict, t.Reason = limit.Exhausted, fmt.Sprintf("%d of %d requests need ids that failed requests should have given", unsent, wanted)
	}
	return t, nil
}

// broken says which condition does not hold; empty is none. What cannot be judged in a step is not.
func (l *Load) broken(r *replay.Result, sum *measure.Summary, rate float64) string {
	if r.Stopped != nil {
		return r.Stopped.Error()
	}
	var reasons []string
	counts := measure.Counts{Unsent: r.UnsentTotal(), Different: r.DifferentTotal(), Planned: rate * float64(len(l.tenants))}
	for _, t := range l.plan.demands {
		switch res := t.Check(sum, counts); {
		case res.Unknown != "":
		case !res.Holds:
			reasons = append(reasons, fmt.Sprintf("%s is %s", t, res.Actual))
			l.judged++
		default:
			l.judged++
		}
	}
	usual := sum.All.Service.Percentile(5)
	if late := sum.Elapsed - r.Planned - 2*usual; late > max(leastBehind, time.Duration(behind*float64(r.Planned))) {
		reasons = append(reasons, fmt.Sprintf("the last response came %s after its request was due", late.Round(100*time.Millisecond)))
	}
	return strings.Join(reasons, "; ")
}

// bottleneck says where this machine, and not the target, was too slow.
func (l *Load) bottleneck(r *replay.Result, sum *measure.Summary, u used) string {
	if g := l.generator(r, sum, u, 0); r.MostInFlight < l.plan.concurrency {
		return g.Warning
	}
	return "" // requests waited for places, because responses are slow
}
