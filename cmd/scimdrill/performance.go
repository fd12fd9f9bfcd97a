package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
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
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

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

// performance is a scenario that is being played.
type performance struct {
	console  *console.Console
	scenario *scenario.Scenario
	settings settings // what the command line says of the job; the scenario says the rest
	formats  []string
	timeout  time.Duration // of a request; 0 is a minute
	hidden   []string      // names that are redacted
	end      *endpoint.Endpoint

	id       runs.Identity
	clock    *clock.Virtual
	embedded *embedded // nil with an endpoint of somebody else
	file     *runs.File
	met      atomic.Pointer[func(fault.Mishap)] // who hears of faults
}

// perform plays the scenario, on a target of its own unless there is an endpoint.
func (p *performance) perform(ctx context.Context, seed *uint64) (err error) {
	p.clock = clock.NewVirtual(simulator.Start())
	p.id = runs.Identify(p.console, seed)
	given := p.settings.Target
	if p.end == nil {
		if p.embedded, err = embed(ctx, p.console, p.id.Seed, p.clock, p.mishaps()); err != nil {
			return err
		}
		defer p.embedded.close()
		p.end = p.embedded.end
		p.end.Hidden = p.hidden
		p.end.Redact.Hide(p.hidden...)
		p.settings.Target = p.end.URL.String()
	}
	out := p.settings.Out
	if p.file, err = runs.Start(p.console, out, p.id, given); err != nil {
		return err
	}
	return p.file.During(ctx, p.console, out, func() error {
		err := p.play(ctx)
		if p.embedded != nil { // the target is gone with the process
			err = errors.Join(err, exit.Unwritten(runs.RemoveIfThere(filepath.Join(out, runs.JournalName))))
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
	first, err := p.job(dir, jobOf{p.scenario.Profile, p.scenario.Scope, p.scenario.Options})
	if err != nil {
		return err
	}
	if err := p.provisionFirst(first); err != nil {
		return err
	}
	env := scenario.Env{RunID: p.id.RunID, Start: simulator.Start(), Out: p.settings.Out, Schema: first.cfg.App.Schema}
	var second *playRun // nil where there is one job
	if p.scenario.Second != nil {
		if second, err = p.secondJob(filepath.Join(dir, scenario.SecondFolder)); err != nil {
			return err
		}
		env.SecondSchema = second.cfg.App.Schema
	}
	p.surround(&env, first)
	play, err := p.scenario.Prepare(env)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	p.hear(func(m fault.Mishap) { play.Mishap(m.At, string(m.Kind), m.Method, m.Path) })
	attend(first, play)
	first.file = p.file
	p.console.Say("%s: %s", p.scenario.Name, p.scenario.Title)
	began := p.console.Now()
	var res, other *played // other is of the second job
	if second == nil {
		res, err = first.play(ctx)
	} else {
		second.deps = first.deps
		attend(second, play.Second())
		res, other, err = p.both(ctx, first, second)
	}
	if err != nil {
		return err
	}
	rep, err := p.report(ctx, play, res)
	if err == nil && other != nil {
		rep.Simulation.Second, err = secondSection(ctx, play, other)
	}
	if err != nil {
		return err
	}
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: p.console.Now().UTC(), SimulationSeconds: p.console.Now().Sub(began).Seconds()}
	return runs.Finish(p.console, rep, p.settings.Out, p.formats)
}

// surround puts the embedded target, if there is one, its faults and its slowness around a
// run.
func (p *performance) surround(env *scenario.Env, r *playRun) {
	m := p.embedded
	if m == nil {
		return
	}
	r.deps.TargetNow = p.clock.Now
	env.Target, env.NextAuthorization = m, "Bearer "+m.next
	if m.faults != nil {
		env.Faults, r.deps.Delay = orderly{m}, m.faults.Delay
	}
	slow := &patience{next: m.end.Client.Transport, delay: m.target.Delay, now: p.clock.Now, timeout: cmp.Or(p.timeout, time.Minute)}
	m.end.Client.Transport, r.deps.Latency = slow, slow.latency
}

// attend lets a play see what a run does, and gives the run its schema and its moments.
func attend(r *playRun, play *scenario.Play) {
	r.cfg.App.Schema = play.Schema()
	r.deps.Timeline, r.deps.Ended = play.Moments(), play.Ended
	r.deps.Exchange = func(x *exchange.Exchange) { play.Exchange(x) }
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
func (p *performance) report(ctx context.Context, play *scenario.Play, res *played) (*reports.Report, error) {
	kind := reports.TargetExternal
	if p.embedded != nil {
		kind = reports.TargetEmbedded
	}
	rep := p.file.Report(kind)
	if p.embedded != nil {
		rep.Target.URL = "embedded"
	}
	rep.Run.Interrupted = ctx.Err() != nil
	section, err := res.section(ctx)
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

// provisionFirst gives the first job the directory of the scenario and its changes.
func (p *performance) provisionFirst(r *playRun) error {
	tenant, err := p.scenario.Directory(r.cfg.RunID, r.cfg.Seed)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	changes, err := p.scenario.Changes(r.cfg.RunID)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	r.provision(bytes.NewReader(tenant), "the tenant of the scenario", changes)
	return nil
}

// jobOf is what a scenario says of a job.
type jobOf struct {
	profile, scope string
	options        map[string]string
}

// job is the run of a job without its source; options of the command line win.
func (p *performance) job(dir string, j jobOf) (*playRun, error) {
	s := p.settings
	s.Profile, s.For, s.Scope, s.State, s.Options = cmp.Or(j.profile, "customappsso"), time.Duration(p.scenario.For), cmp.Or(j.scope, "assigned"), dir, j.options
	r := &playRun{console: p.console, endpoint: p.end, clock: p.clock}
	if err := r.configure(s); err != nil {
		return nil, err
	}
	return r, r.begin(p.id, nil)
}
