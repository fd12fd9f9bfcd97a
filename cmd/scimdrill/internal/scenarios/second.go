package scenarios

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// secondJob is the run of the second job: another application, another state, the same
// directory and target.
func (p *Performance) secondJob(dir string) (*play.Run, error) {
	s := p.Scenario
	r, err := p.job(dir, jobOf{cmp.Or(s.Second.Profile, s.Profile), s.Second.Scope, s.Second.Options})
	if err != nil {
		return nil, err
	}
	r.Config.Seed++ // it has ids of its own (E-5)
	r.Config.Out = filepath.Join(p.Settings.Out, scenario.SecondFolder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, exit.Broken("", "make a temporary folder: %w", err)
	}
	tenant, err := s.SecondDirectory(r.Config.RunID, p.id.Seed)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	changes, err := s.SecondChanges(r.Config.RunID)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	r.Provision(bytes.NewReader(tenant), "the tenant of the second job", changes)
	return r, nil
}

// both runs two jobs on one clock, in turns: whose cycle, or phase of a cycle, comes first
// goes on. When one of them breaks, so does the other.
func (p *Performance) both(ctx context.Context, first, second *play.Run) (res, other *play.Played, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	first.Shared = true
	turns := clock.NewTurns(p.clock, 2)
	run := func(r *play.Run, turn *clock.Turn) (*play.Played, error) {
		defer turn.Leave()
		if err := turn.Begin(ctx); err != nil {
			return nil, err
		}
		r.Clock = turn
		res, err := r.Play(ctx)
		if broke := brokenOff(res, err); broke != nil {
			cancel(broke)
		}
		return res, err
	}
	done := make(chan error)
	go func() {
		var err error
		other, err = run(second, turns[1])
		done <- brokenOff(other, err)
	}()
	res, err = run(first, turns[0])
	broke := <-done
	p.Console.Say("the second job's logs are in %s", second.Config.Out)
	removed := exit.Unwritten(runs.RemoveIfThere(filepath.Join(second.Config.Out, runs.JournalName)))
	if res != nil {
		res.End()
	}
	if broke != nil && !errors.Is(broke, context.Canceled) {
		broke = exit.Broken("", "the second job: %w", broke)
		if res == nil {
			return nil, nil, play.Misconfigured(broke)
		}
		res.Cause = broke
	}
	if err != nil {
		return nil, nil, err
	}
	if res.Cause = errors.Join(res.Cause, removed); exit.UnwrittenBelow(res.Cause, p.Settings.Out) {
		return nil, nil, exit.Unwritten(res.Cause)
	}
	return res, other, nil
}

// brokenOff is why a run has no result, or only a part of one.
func brokenOff(res *play.Played, err error) error {
	if err == nil && res != nil {
		return res.Cause
	}
	return err
}

// secondSection is what the report says about the second job: its log stays in its folder.
func secondSection(ctx context.Context, script *scenario.Play, res *play.Played) (*reports.Simulation, error) {
	res.Cause = nil // the section of the first job says why it stopped
	section, err := res.Section(ctx)
	if err != nil {
		return nil, err
	}
	section.Entries, section.Events = nil, nil
	section.EscrowsPlanned, section.Job.QuarantinePlanned = script.Planned("second escrows"), script.Planned("second quarantine")
	return section, nil
}
