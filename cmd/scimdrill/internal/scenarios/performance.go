package scenarios

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/targets"
	"github.com/scimdrill/scimdrill/fixtures"
	"github.com/scimdrill/scimdrill/fixtures/fault"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/scenario"
)

// Load reads a built-in scenario by its name, or a file.
func Load(name string) (*scenario.Scenario, error) {
	var data []byte
	file := name
	var err error
	if strings.ContainsAny(name, "/\\") || strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml") {
		data, err = wholefile.Read(name, 4<<20)
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

// Performance is a scenario that is being played.
type Performance struct {
	Console  *console.Console
	Scenario *scenario.Scenario
	Settings play.Settings // what the command line says of the job; the scenario says the rest
	Formats  []string
	Timeout  time.Duration // of a request; 0 is a minute
	Hidden   []string      // names that are redacted
	Endpoint *endpoint.Endpoint

	id       runs.Identity
	clock    *clock.Virtual
	embedded *targets.Embedded // nil with an endpoint of somebody else
	file     *runs.File
	met      atomic.Pointer[func(fault.Mishap)] // who hears of faults
}

// Perform plays the scenario, on a target of its own unless there is an endpoint.
func (p *Performance) Perform(ctx context.Context, seed *uint64) (err error) {
	p.clock = clock.NewVirtual(engine.Start())
	p.id = runs.Identify(p.Console, seed)
	given := p.Settings.Target
	if p.Endpoint == nil {
		behind, err := p.behind()
		if err != nil {
			return err
		}
		if p.embedded, err = targets.Embed(ctx, p.Console, p.id.Seed, p.clock, behind, p.mishaps()); err != nil {
			return err
		}
		defer p.embedded.Close()
		p.Endpoint = p.embedded.End
		p.Endpoint.Hidden = p.Hidden
		p.Endpoint.Redact.Hide(p.Hidden...)
		p.Settings.Target = p.Endpoint.URL.String()
	}
	out := p.Settings.Out
	if p.file, err = runs.Start(p.Console, out, p.id, given); err != nil {
		return err
	}
	return p.file.During(ctx, p.Console, out, func() error { return p.play(ctx) })
}

func (p *Performance) play(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "scimdrill-scenario-")
	if err != nil {
		return exit.Broken("", "create a temporary folder: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the system's temporary folder
	jobs, err := p.configured(dir)
	if err != nil {
		return err
	}
	script, err := p.prepare(jobs)
	if err != nil {
		return err
	}
	jobs[0].run.File = p.file
	p.Console.Say("%s: %s", p.Scenario.Name, p.Scenario.Title)
	began := p.Console.Now()
	if err := p.run(ctx, jobs); err != nil {
		return err
	}
	rep, err := p.report(ctx, script, jobs)
	if err != nil {
		return err
	}
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: p.Console.Now().UTC(), SimulationSeconds: p.Console.Now().Sub(began).Seconds()}
	return runs.Finish(p.Console, rep, p.Settings.Out, p.Formats)
}

// prepare plans what happens, and lets each job have its part of it.
func (p *Performance) prepare(jobs []*job) (*scenario.Play, error) {
	main := jobs[0].run
	env := scenario.Env{RunID: p.id.RunID, Start: engine.Start(), Schema: main.Config.App.Schema}
	others := jobs[1:]
	for _, j := range others {
		env.SecondSchema = j.run.Config.App.Schema
	}
	p.surround(&env, main)
	script, err := p.Scenario.Prepare(env)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	p.hear(func(m fault.Mishap) { script.Mishap(m.At, string(m.Kind), m.Method, m.Path) })
	for _, j := range others {
		j.run.Deps = main.Deps
		attend(j.run, script.Second())
	}
	attend(main, script)
	return script, nil
}

// surround puts the embedded target, if there is one, its faults and its slowness around a
// run.
func (p *Performance) surround(env *scenario.Env, r *play.Run) {
	m := p.embedded
	if m == nil {
		return
	}
	r.Deps.TargetNow = p.clock.Now
	env.Target, env.Organization, env.NextAuthorization = m, m.Organization(), "Bearer "+m.Next
	if m.Faults != nil {
		env.Faults, r.Deps.Delay = targets.Orderly{Embedded: m}, m.Faults.Delay
	}
	slow := &targets.GivingUp{Next: m.End.Client.Transport, Delay: m.Target.Delay, Now: p.clock.Now, Timeout: cmp.Or(p.Timeout, time.Minute)}
	m.End.Client.Transport, r.Deps.Latency = slow, slow.Latency
}

// attend lets a play see what a run does, and gives the run its schema and its moments.
func attend(r *play.Run, script *scenario.Play) {
	r.Config.App.Schema = script.Schema()
	r.Deps.Timeline, r.Deps.Ended = script.Moments(), script.Ended
	r.Deps.Logged, r.Deps.Audited = script.Logged, script.Audited
	r.Deps.Exchange = func(x *exchange.Exchange) { script.Exchange(x) }
}

// behind is the organization that the scenario wants behind its target, nil for none.
func (p *Performance) behind() (*targets.Behind, error) {
	name := p.Scenario.Target.Persona
	if name == "" {
		if p.Scenario.Target.Organization != nil {
			return nil, exit.Usage("add persona: goto", "target.organization is given without target.persona")
		}
		return nil, nil
	}
	text, err := p.Scenario.OrganizationText(p.id.RunID)
	if err != nil {
		return nil, exit.Usage("", "%w", err)
	}
	return &targets.Behind{Persona: name, Text: text}, nil
}

// mishaps are what the scenario wants before its target, nil for nothing.
func (p *Performance) mishaps() *targets.Mishaps {
	texts, target := p.Scenario.Mishaps()
	for _, text := range target {
		if r, _, err := fault.Parse(text); err == nil && !r.Kind.Sure() {
			texts = append(texts, text)
		}
	}
	if len(texts) == 0 {
		return nil
	}
	stale := slices.ContainsFunc(texts, func(text string) bool { return strings.HasPrefix(text, string(fault.Stale)) })
	return &targets.Mishaps{Stale: stale, Met: func(m fault.Mishap) {
		if hear := p.met.Load(); hear != nil {
			(*hear)(m)
		}
	}}
}

// hear lets somebody be told of faults from now on.
func (p *Performance) hear(fn func(fault.Mishap)) { p.met.Store(&fn) }

// report is what came of the scenario.
func (p *Performance) report(ctx context.Context, script *scenario.Play, jobs []*job) (*reports.Report, error) {
	kind := reports.TargetExternal
	if p.embedded != nil {
		kind = reports.TargetEmbedded
	}
	rep := p.file.Report(kind)
	if p.embedded != nil {
		rep.Target.URL = "embedded"
	}
	rep.Run.Interrupted = exit.Interrupted(ctx)
	var list []reports.Job
	for _, j := range jobs {
		if j.played == nil {
			continue
		}
		section, err := j.played.Section(ctx)
		if err != nil {
			return nil, err
		}
		result := section.Jobs[0]
		result.Name, result.EscrowsPlanned, result.QuarantinePlanned = j.name, j.planned(script, "escrows"), j.planned(script, "quarantine")
		list = append(list, result)
		if section.EndState != nil {
			section.EndState.Planned = script.Planned("differences")
		}
		if rep.Simulation == nil { // events and the end of the run are those of the main job
			rep.Simulation = section
		}
	}
	section := rep.Simulation
	section.Jobs, section.Expectations = list, script.Results()
	section.Events = append(section.Events, script.Events()...)
	slices.SortStableFunc(section.Events, func(a, b reports.Event) int { return a.At.Compare(b.At) })
	return rep, nil
}
