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
		rep.Replay = section(parts, all, thresholds)
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
	unsent, different := map[string]int{}, map[reports.ReplayDifference]int{}
	for _, p := range parts {
		f := &p.report.Replay.Measured
		r.Read, r.Sent, r.Retried, r.Lookups = r.Read+f.Requests, r.Sent+f.Sent, r.Retried+f.Retried, r.Lookups+f.Lookups
		r.MostInFlight += f.MostInFlight
		if why := p.report.Replay.Stopped; why != "" && r.Stopped == nil {
			r.Stopped = errors.New("shard " + p.name() + ": " + why)
		}
		for _, u := range f.NotSent {
			i, known := unsent[u.Why]
			if !known {
				i = len(r.Unsent)
				unsent[u.Why], r.Unsent = i, append(r.Unsent, replay.Unsent{Why: u.Why})
			}
			r.Unsent[i].Count += u.Count
			r.Unsent[i].Examples = append(r.Unsent[i].Examples, u.Examples[:min(len(u.Examples), mostExamples-min(mostExamples, len(r.Unsent[i].Examples)))]...)
		}
		for _, d := range f.Differences {
			key := reports.ReplayDifference{Operation: d.Operation, Recorded: d.Recorded, Actual: d.Actual}
			i, known := different[key]
			if !known {
				i = len(r.Different)
				different[key] = i
				r.Different = append(r.Different, replay.Different{Operation: d.Operation, Recorded: d.Recorded, Have: d.Actual, Example: d.Example})
			}
			r.Different[i].Count += d.Count
		}
	}
	return r
}
