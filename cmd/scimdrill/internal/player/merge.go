package player

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/replay"
	"github.com/scimdrill/scimdrill/simulator/replay/measure"
)

// Merge makes one report of the shards of a replay.
type Merge struct {
	Console *console.Console
	Dirs    []string
	FailIf  string // in place of the conditions of the shards
	Out     string
	Formats []string
	Held    *Held // nil: the end state is not compared
}

// Run reads all shards, checks that they are the parts of one run, and writes the report.
func (m *Merge) Run(ctx context.Context) error {
	var parts []piece
	for _, dir := range m.Dirs {
		p, err := readPiece(dir)
		if err != nil {
			return exit.Usage("", "%w", err)
		}
		parts = append(parts, p)
	}
	if err := belong(parts); err != nil {
		return exit.Usage("", "%w", err)
	}
	slices.SortFunc(parts, func(a, b piece) int { return a.shard.Index - b.shard.Index })
	thresholds, err := m.thresholds(parts)
	if err != nil {
		return exit.Usage("", "--fail-if: %w", err)
	}
	compare, done, err := m.comparison(ctx, parts)
	if err != nil {
		return err
	}
	defer done()
	file, err := runs.Start(m.Console, m.Out, runs.Identity{}, parts[0].report.Target.URL)
	if err != nil {
		return err
	}
	return file.During(ctx, m.Console, m.Out, func() error {
		all := merged(parts)
		if err := writeFigures(m.Out, all.Figures, all.Began); err != nil {
			return err
		}
		rep := file.Report(reports.TargetExternal)
		rep.Run.ID, rep.Run.Seed = parts[0].report.Run.ID, parts[0].report.Run.Seed
		rep.Timing = reports.Timing{Started: parts[0].report.Timing.Started, Ended: parts[0].report.Timing.Ended}
		for _, p := range parts {
			rep.Run.Interrupted = rep.Run.Interrupted || p.report.Run.Interrupted
			rep.Target.Notes = append(rep.Target.Notes, p.notes()...)
			rep.Timing.Started = earlier(rep.Timing.Started, p.report.Timing.Started)
			if p.report.Timing.Ended.After(rep.Timing.Ended) {
				rep.Timing.Ended = p.report.Timing.Ended
			}
		}
		rep.Target.Notes = append(rep.Target.Notes, m.shown(parts)...)
		rep.Replay = section(parts, all, thresholds)
		if compare != nil && rep.Replay.Stopped == "" {
			var err error
			if rep.Replay.EndState, err = compare(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		}
		return runs.Finish(m.Console, rep, m.Out, m.Formats)
	})
}

// thresholds are those of the flag, or of all shards.
func (m *Merge) thresholds(parts []piece) ([]measure.Threshold, error) {
	texts := []string{m.FailIf}
	if m.FailIf == "" {
		texts = nil
		for _, p := range parts {
			for _, text := range p.Thresholds {
				if !slices.Contains(texts, text) {
					texts = append(texts, text)
				}
			}
		}
	}
	if len(texts) == 0 {
		return nil, nil
	}
	return measure.ParseThresholds(strings.Join(texts, ","))
}

// merged are the counts of all shards. They count from the moment at which the first one began.
func merged(parts []piece) share {
	all := share{Began: parts[0].Began}
	for _, p := range parts {
		all.Began = earlier(all.Began, p.Began)
	}
	all.Figures = measure.NewRecorder(time.Duration(parts[0].report.Replay.WarmupSeconds * float64(time.Second)))
	for _, p := range parts {
		all.Figures.Merge(p.Figures, p.Began.Sub(all.Began))
	}
	return all
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// result adds up what the shards did.
func result(parts []piece) *replay.Result {
	r := &replay.Result{}
	for _, p := range parts {
		f := &p.report.Replay.Measured
		r.Read, r.Sent, r.Retried, r.Lookups = r.Read+f.Requests, r.Sent+f.Sent, r.Retried+f.Retried, r.Lookups+f.Lookups
		r.Earlier += f.Earlier
		r.MostInFlight += f.MostInFlight
		if why := p.report.Replay.Stopped; why != "" && r.Stopped == nil {
			r.Stopped = errors.New("shard " + p.name() + ": " + why)
		}
		addUnsent(r, f.NotSent)
		addDifferences(r, f.Differences)
		addAnswers(r, f.Answers)
	}
	return r
}

// addUnsent adds the requests that a shard could not send, by reason.
func addUnsent(r *replay.Result, list []reports.ReplayUnsent) {
	for _, u := range list {
		i := slices.IndexFunc(r.Unsent, func(known replay.Unsent) bool { return known.Why == u.Why })
		if i < 0 {
			i = len(r.Unsent)
			r.Unsent = append(r.Unsent, replay.Unsent{Why: u.Why})
		}
		at := &r.Unsent[i]
		at.Count += u.Count
		room := mostExamples - min(mostExamples, len(at.Examples))
		at.Examples = append(at.Examples, u.Examples[:min(len(u.Examples), room)]...)
	}
}

// addDifferences adds the responses of a shard whose status is not the recorded one.
func addDifferences(r *replay.Result, list []reports.ReplayDifference) {
	for _, d := range list {
		i := slices.IndexFunc(r.Different, func(known replay.Different) bool {
			return known.Operation == d.Operation && known.Recorded == d.Recorded && known.Have == d.Actual
		})
		if i < 0 {
			i = len(r.Different)
			r.Different = append(r.Different, replay.Different{Operation: d.Operation, Recorded: d.Recorded, Have: d.Actual, Example: d.Example})
		}
		r.Different[i].Count += d.Count
	}
}

// addAnswers adds what the responses of a shard have that recorded ones do not, or lack.
func addAnswers(r *replay.Result, list []reports.ReplayAnswer) {
	for _, a := range list {
		i := slices.IndexFunc(r.Answered, func(known replay.Answered) bool { return known.Operation == a.Operation && known.What == a.What })
		if i < 0 {
			i = len(r.Answered)
			r.Answered = append(r.Answered, replay.Answered{Operation: a.Operation, What: a.What, Example: a.Example})
		}
		r.Answered[i].Count += a.Count
	}
}
