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
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// secondEngine is the run of the second job: another application, another state, the same
// directory and target.
func (p *performance) secondEngine(dir string) (simulator.Config, error) {
	s := p.scenario
	cfg, err := p.configure(dir, jobOf{cmp.Or(s.Second.Profile, s.Profile), s.Second.Scope, s.Second.Options})
	if err != nil {
		return cfg, err
	}
	cfg.Seed++ // it has ids of its own (E-5)
	cfg.Out = filepath.Join(p.Out, scenario.SecondFolder)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cfg, exit.Broken("", "make a temporary folder: %w", err)
	}
	tenant, err := s.SecondDirectory(cfg.RunID, p.id.Seed)
	if err != nil {
		return cfg, exit.Usage("", "%w", err)
	}
	cfg.Tenant, cfg.TenantName = bytes.NewReader(tenant), "the tenant of the second job"
	if cfg.Changes, err = s.SecondChanges(cfg.RunID); err != nil {
		return cfg, exit.Usage("", "%w", err)
	}
	return cfg, nil
}

// ofSecond are the live objects of the second job.
func ofSecond(deps simulator.Deps, play *scenario.Play, s *simulation) simulator.Deps {
	deps.Progress, deps.Timeline = nil, play.Moments()
	deps.Exchange = func(x *exchange.Exchange) { play.Exchange(x) }
	deps.Ended, deps.Logged = play.Ended, s.logged
	return deps
}

// duet is a run of one of two jobs.
type duet struct {
	cfg  simulator.Config
	deps simulator.Deps
}

// both runs two jobs on one clock, in turns: whose cycle, or phase of a cycle, comes first
// goes on. When one of them breaks, so does the other.
func (p *performance) both(ctx context.Context, first, second duet) (res, other *simulator.Result, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	turns := clock.NewTurns(p.clock, 2)
	run := func(d duet, turn *clock.Turn) (*simulator.Result, error) {
		defer turn.Leave()
		if err := turn.Begin(ctx); err != nil {
			return nil, err
		}
		d.deps.Clock = turn
		res, err := simulator.Run(ctx, d.cfg, d.deps)
		if err != nil {
			cancel(err)
		}
		return res, err
	}
	done := make(chan error)
	go func() {
		var err error
		other, err = run(second, turns[1])
		done <- err
	}()
	res, err = run(first, turns[0])
	if broke := <-done; broke != nil && !errors.Is(broke, context.Canceled) {
		err = exit.Broken("", "the second job: %w", broke)
	}
	p.app.Say("the second job's logs are in %s", second.cfg.Out)
	return res, other, errors.Join(err, exit.Unwritten(runs.RemoveIfThere(filepath.Join(second.cfg.Out, runs.JournalName))))
}

// secondSection is what the report says about the second job: its log stays in its folder.
func secondSection(ctx context.Context, s *simulation, play *scenario.Play, res *simulator.Result) (*reports.Simulation, error) {
	section, err := s.section(ctx, res, nil)
	if err != nil {
		return nil, err
	}
	section.Entries, section.Events = nil, nil
	section.EscrowsPlanned, section.Job.QuarantinePlanned = play.Planned("second escrows"), play.Planned("second quarantine")
	return section, nil
}
