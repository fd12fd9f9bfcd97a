package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// listScenarios prints the built-in scenarios.
func listScenarios(a *console.Console) error {
	names, err := fixtures.Scenarios()
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	for _, name := range names {
		s, err := loadScenario(name)
		if err != nil {
			return err
		}
		a.Row(fmt.Sprintf("%-32s  ", name), s.Title)
	}
	return nil
}

// loadScenario reads a built-in scenario by its name, or a file.
func loadScenario(name string) (*scenario.Scenario, error) {
	var data []byte
	file := name
	var err error
	if strings.ContainsAny(name, "/\\") || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		data, err = os.ReadFile(name)
	} else {
		data, file, err = fixtures.ReadScenario(name)
	}
	if err != nil {
		return nil, exit.Usage("", "--scenario: %w", err)
	}
	s, err := scenario.Parse(data, file)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return s, nil
}

// conflicting are the flags of simulate that a scenario brings itself.
func conflicting() []string {
	return []string{"profile", "schema", "tenant", "generate", "changes", "cycles", "for", "clock", "scope", "state", "restart", "plan", "expect-plan"}
}

// performance is a scenario that is being played.
type performance struct {
	*simulateCommand

	app      *console.Console
	id       runs.Identity
	scenario *scenario.Scenario
	clock    *clock.Virtual
	embedded *embedded // nil with --target
	end      *endpoint.Endpoint
	run      *runs.File
	met      atomic.Pointer[func(fault.Mishap)] // who hears of faults
}

// playScenario runs the engine through a scenario and reports its expectations.
func (c *simulateCommand) playScenario(ctx context.Context, a *console.Console) error {
	for _, p := range a.Line.Ctx.Path {
		if p.Flag != nil && slices.Contains(conflicting(), p.Flag.Name) {
			return exit.Usage("leave it out, or write it into a copy of the scenario", "--%s: a scenario says this itself", p.Flag.Name)
		}
	}
	s, err := loadScenario(c.Scenario)
	if err != nil {
		return err
	}
	p := &performance{simulateCommand: c, app: a, scenario: s, clock: clock.NewVirtual(simulator.Start())}
	if c.Target != "" {
		if why := s.NeedsEmbedded(); why != "" {
			return exit.Usage("leave out --target, and the scenario runs on a target of its own", "the scenario %s needs an embedded target: %s", s.Name, why)
		}
		if p.end, err = c.OpenForWriting(a); err != nil {
			return err
		}
	}
	p.id = runs.Identify(a, c.Seed)
	if p.end == nil {
		if p.embedded, err = embed(ctx, a, p.id.Seed, p.clock, p.mishaps()); err != nil {
			return err
		}
		defer p.embedded.close()
		p.end = p.embedded.end
		p.end.Hidden = c.Redact
		p.end.Redact.Hide(c.Redact...)
	}
	if p.run, err = runs.Start(a, c.Out, p.id, c.Target); err != nil {
		return err
	}
	return p.run.During(ctx, a, c.Out, func() error {
		err := p.play(ctx)
		if p.embedded != nil { // the target is gone with the process
			err = errors.Join(err, exit.Unwritten(runs.RemoveIfThere(filepath.Join(c.Out, runs.JournalName))))
		}
		return err
	})
}

func (p *performance) play(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "scimdrill-scenario-")
	if err != nil {
		return exit.Broken("", "make a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	cfg, err := p.engine(dir)
	if err != nil {
		return err
	}
	env := scenario.Env{RunID: p.id.RunID, Start: simulator.Start(), Out: p.Out, Schema: cfg.App.Schema}
	var second simulator.Config
	if p.scenario.Second != nil {
		if second, err = p.secondEngine(filepath.Join(dir, scenario.SecondFolder)); err != nil {
			return err
		}
		env.SecondSchema = second.App.Schema
	}
	deps := simulator.Deps{HTTP: p.end.Client, Clock: p.clock, Now: p.app.Now}
	if m := p.embedded; m != nil {
		deps.TargetNow = p.clock.Now
		env.Target, env.NextAuthorization = m, "Bearer "+m.next
		if m.faults != nil {
			env.Faults, deps.Delay = orderly{m}, m.faults.Delay
		}
		slow := &patience{next: m.end.Client.Transport, delay: m.target.Delay, now: p.clock.Now, timeout: cmp.Or(p.Timeout, time.Minute)}
		m.end.Client.Transport, deps.Latency = slow, slow.latency
	}
	play, err := p.scenario.Prepare(env)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	p.hear(func(m fault.Mishap) { play.Mishap(m.At, string(m.Kind), m.Method, m.Path) })
	cfg.App.Schema = play.Schema()
	s := &simulation{Console: p.app, cfg: cfg, run: p.run, bar: p.app.Progress()}
	s.bar.Virtual = p.clock.Now
	deps.Progress, deps.Timeline, deps.Exchange = s.progress, play.Moments(), func(x *exchange.Exchange) { play.Exchange(x) }
	deps.Logged = s.logged
	deps.Ended = func(c cycle.Result) {
		play.Ended(c)
		s.ended(c)
	}
	p.app.Say("%s: %s", p.scenario.Name, p.scenario.Title)
	began := p.app.Now()
	var res, other *simulator.Result // other is of the second job, nil where there is none
	var t *simulation                // of the second job
	if play.Second() == nil {
		res, err = simulator.Run(ctx, cfg, deps)
	} else {
		second.App.Schema = play.Second().Schema()
		t = &simulation{Console: p.app, cfg: second, run: s.run}
		res, other, err = p.both(ctx, duet{cfg, deps}, duet{second, ofSecond(deps, play.Second(), t)})
	}
	s.bar.End()
	if res == nil {
		return configuration(p.app, err)
	}
	if exit.UnwrittenBelow(err, p.Out) {
		return exit.Unwritten(err)
	}
	rep, err := p.report(ctx, s, play, res, err)
	if err == nil && other != nil {
		rep.Simulation.Second, err = secondSection(ctx, t, play, other)
	}
	if err != nil {
		return err
	}
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: p.app.Now().UTC(), SimulationSeconds: p.app.Now().Sub(began).Seconds()}
	return runs.Finish(p.app, rep, p.Out, p.Format)
}

// mishaps are what the scenario wants before its target, nil for nothing.
func (p *performance) mishaps() *mishaps {
	texts, target := p.scenario.Mishaps()
	for _, text := range target {
		if r, _, err := fault.Parse(text); err == nil && !r.Kind.Sure() {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	stale := slices.ContainsFunc(texts, func(text string) bool { return strings.HasPrefix(text, string(fault.Stale)) })
	return &mishaps{stale: stale, met: func(m fault.Mishap) {
		if hear := p.met.Load(); hear != nil {
			(*hear)(m)
		}
	}}
}

// hear lets somebody be told of faults from now on.
func (p *performance) hear(fn func(fault.Mishap)) { p.met.Store(&fn) }

// report is what came of the scenario, without the second job.
func (p *performance) report(ctx context.Context, s *simulation, play *scenario.Play, res *simulator.Result, cause error) (*reports.Report, error) {
	kind := reports.TargetExternal
	if p.embedded != nil {
		kind = reports.TargetEmbedded
	}
	rep := p.run.Report(kind)
	if p.embedded != nil {
		rep.Target.URL = "embedded"
	}
	rep.Run.Interrupted = ctx.Err() != nil
	section, err := s.section(ctx, res, cause)
	if err != nil {
		return nil, err
	}
	section.Events = append(section.Events, play.Events()...)
	slices.SortStableFunc(section.Events, func(a, b reports.Event) int { return a.At.Compare(b.At) })
	section.Expectations = play.Results()
	section.EscrowsPlanned, section.Job.QuarantinePlanned = play.Planned("escrows"), play.Planned("quarantine")
	rep.Simulation = section
	return rep, nil
}

// engine is the run that the scenario asks for.
func (p *performance) engine(dir string) (simulator.Config, error) {
	s := p.scenario
	cfg, err := p.configure(dir, jobOf{s.Profile, s.Scope, s.Options})
	if err != nil {
		return cfg, err
	}
	tenant, err := s.Directory(cfg.RunID, cfg.Seed)
	if err != nil {
		return cfg, exit.Usage("", "%w", err)
	}
	cfg.Tenant, cfg.TenantName = bytes.NewReader(tenant), "the tenant of the scenario"
	if cfg.Changes, err = s.Changes(cfg.RunID); err != nil {
		return cfg, exit.Usage("", "%w", err)
	}
	return cfg, nil
}

// jobOf is what a scenario says of a job.
type jobOf struct {
	profile, scope string
	options        map[string]string
}

// configure makes the run of a job without its source; options of the command line win.
func (p *performance) configure(dir string, j jobOf) (simulator.Config, error) {
	c := *p.simulateCommand
	c.Profile, c.For, c.Scope, c.State = cmp.Or(j.profile, "customappsso"), time.Duration(p.scenario.For), cmp.Or(j.scope, "assigned"), dir
	if c.Target == "" {
		c.Target = p.end.URL.String()
	}
	given := c.Set
	c.Set = nil
	cfg, err := c.config(p.end)
	if err != nil {
		return cfg, err
	}
	maps.Copy(cfg.Set, j.options)
	c.Set = given
	cfg.Seed, cfg.RunID = p.id.Seed, p.id.RunID
	return cfg, c.options(cfg.Set)
}
