package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// secondJob is the run of the second job: another application, another state, the same
// directory and target.
func (p *performance) secondJob(dir string) (*playRun, error) {
	s := p.scenario
	r, err := p.job(dir, jobOf{cmp.Or(s.Second.Profile, s.Profile), s.Second.Scope, s.Second.Options})
	if err != nil {
		return nil, err
	}
	r.cfg.Seed++ // it has ids of its own (E-5)
	r.cfg.Out = filepath.Join(p.settings.Out, scenario.SecondFolder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, exit.Broken("", "make a temporary folder: %w", err)
	}
	tenant, err := s.SecondDirectory(r.cfg.RunID, p.id.Seed)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	changes, err := s.SecondChanges(r.cfg.RunID)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	r.provision(bytes.NewReader(tenant), "the tenant of the second job", changes)
	return r, nil
}

// both runs two jobs on one clock, in turns: whose cycle, or phase of a cycle, comes first
// goes on. When one of them breaks, so does the other.
func (p *performance) both(ctx context.Context, first, second *playRun) (res, other *played, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	first.shared = true
	turns := clock.NewTurns(p.clock, 2)
	run := func(r *playRun, turn *clock.Turn) (*played, error) {
		defer turn.Leave()
		if err := turn.Begin(ctx); err != nil {
			return nil, err
		}
		r.clock = turn
		res, err := r.play(ctx)
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
	p.console.Say("the second job's logs are in %s", second.cfg.Out)
	removed := exit.Unwritten(runs.RemoveIfThere(filepath.Join(second.cfg.Out, runs.JournalName)))
	if res != nil {
		res.end()
	}
	if broke != nil && !errors.Is(broke, context.Canceled) {
		broke = exit.Broken("", "the second job: %w", broke)
		if res == nil {
			return nil, nil, misconfigured(broke)
		}
		res.cause = broke
	}
	if err != nil {
		return nil, nil, err
	}
	if res.cause = errors.Join(res.cause, removed); exit.UnwrittenBelow(res.cause, p.settings.Out) {
		return nil, nil, exit.Unwritten(res.cause)
	}
	return res, other, nil
}

// brokenOff is why a run has no result, or only a part of one.
func brokenOff(res *played, err error) error {
	if err == nil && res != nil {
		return res.cause
	}
	return err
}

// secondSection is what the report says about the second job: its log stays in its folder.
func secondSection(ctx context.Context, play *scenario.Play, res *played) (*reports.Simulation, error) {
	section, err := res.s.section(ctx, res.Result, nil)
	if err != nil {
		return nil, err
	}
	section.Entries, section.Events = nil, nil
	section.EscrowsPlanned, section.Job.QuarantinePlanned = play.Planned("second escrows"), play.Planned("second quarantine")
	return section, nil
}
