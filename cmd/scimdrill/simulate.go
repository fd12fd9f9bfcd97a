package main

import (
	"context"
	"fmt"
	"math"
	"runtime/debug"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/crowd"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/postbox"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/engine"
	choices "github.com/scimdrill/scimdrill/simulator/options"
)

type simulateCommand struct {
	endpoint.Flags
	bound.Lasting
	crowd.Generated

	AdoptExisting bool `help:"Also write to existing objects on a host that is not loopback, as Entra does." group:"Target"`
	Rebind        bool `help:"Use a --state that belongs to another target. Its links are dropped, and all objects are matched again." group:"Target"`

	Client      string        `help:"Provisioning client: entra, okta or onelogin; --client NAME --list-options lists its options." enum:"entra,okta,onelogin" default:"entra" placeholder:"NAME"`
	ClientMode  string        `help:"Kind of Okta's app: aiw (App Integration Wizard) or oin (catalogue); like --set mode." enum:",aiw,oin" default:"" placeholder:"aiw|oin"`
	Profile     string        `help:"Built-in application profile; see scimdrill profiles." default:"customappsso" placeholder:"NAME"`
	Schema      string        `help:"Synchronization schema exported from Graph, instead of the profile's schema." placeholder:"FILE"`
	Scenario    string        `help:"Scenario to play: a name from --list-scenarios, or a YAML file. Without --target, it uses an embedded target." placeholder:"NAME|FILE"`
	Tenant      string        `help:"Source directory: a tenant file, responses of Graph, CSV, or a folder of them." placeholder:"FILE"`
	TenantMerge bool          `help:"With an existing --state: keep what --tenant does not name. Without it, the tenant is complete, and what is missing was removed."`
	Generate    string        `help:"Source directory to generate, such as users=1000,groups=50 or preset=school." placeholder:"COUNTS"`
	Changes     string        `help:"Change stream of the source, or one to generate with --generate: morning, week or year." placeholder:"FILE|KIND"`
	Cycles      int           `help:"Number of cycles to run (default: 3, unless --for is given)." placeholder:"N"`
	For         time.Duration `type:"above-zero" help:"Simulated duration, counted from the first cycle, such as 7d, 1d12h, 36h, PT1H30M or P1W." placeholder:"TIME"`
	Clock       string        `help:"virtual: a month takes seconds; wall: cycles run in real time." enum:"virtual,wall" default:"virtual"`
	Interval    time.Duration `type:"above-zero" help:"Time between the starts of two cycles (default: the application's interval)." placeholder:"TIME"`
	Dialect     string        `help:"How changes become requests: legacy, optscim or customappsso (default: from a flag in the tenant URL, otherwise from the application)." placeholder:"NAME"`
	Scope       string        `help:"Users and groups in scope: assigned or all (default: that of the job in --state, otherwise assigned)." enum:",assigned,all" default:"" placeholder:"assigned|all"`
	Parallel    int           `help:"Number of concurrent requests." default:"1" placeholder:"N"`
	Rate        float64       `help:"Requests per second; 0 means no limit on loopback and 25 elsewhere." placeholder:"N"`
	State       string        `help:"Folder that stores the job between runs." placeholder:"DIR"`
	Restart     *string       `help:"Restart the job of --state before its next cycle, as Graph does. SCOPE is a comma-separated list of Watermark, Escrows, QuarantineState, ConnectorDataStore, ForceDeletes (allow deletes) and Full. An empty SCOPE restarts like the portal; None only starts a paused job." placeholder:"SCOPE"`
	SMTP        string        `name:"smtp" help:"Also deliver notifications to a mail server, on loopback or named by --allow-host. Without it, they are files in outbox/." placeholder:"HOST:PORT"`
	Seed        *uint64       `help:"Seed that makes the run repeatable." placeholder:"N"`

	Plan       bool   `help:"Show what the next cycle would create, update, disable, delete or skip, and why. Nothing is written to the target. Without --target, no request is sent." group:"Plan"`
	Against    string `help:"With --plan: also show the changes since this schema." placeholder:"FILE|PROFILE" group:"Plan"`
	ExpectPlan string `help:"Run, and exit with 1 if the first cycle differs from this plan.json. Uses its seed." placeholder:"FILE" group:"Plan"`

	Transcript    string   `help:"Exchanges to record in exchanges.har: off, failures or all." enum:"off,failures,all" default:"failures"`
	Verify        string   `help:"Compare the target with the directory at the end: all, sample=N or off. Only reads. On a host that is not loopback, only what the run itself wrote is compared." default:"all" placeholder:"WHAT"`
	Set           []string `help:"Engine option; see --list-options. Repeatable." placeholder:"OPTION=VALUE" sep:"none"`
	ListScenarios bool     `help:"List the built-in scenarios."`
	ListOptions   bool     `help:"List the engine options with default, rule and evidence."`
	Format        []string `help:"Reports to write: text, json, junit, html, markdown, sarif, codequality, badge." default:"json,html" placeholder:"FORMAT"`
	Out           string   `help:"Folder for log, job, audit log and reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (simulateCommand) Help() string {
	return `Runs the cycles of a job on a virtual clock. It writes a report and the documents that Graph
would show: provisioning log, job and audit log.

Example:

    SCIMDRILL_TOKEN=secret scimdrill simulate --target http://127.0.0.1:8080 \
        --profile goto --generate users=500,groups=25 --cycles 4

Plan the next cycle without writing (without --target: without any request):

    scimdrill simulate --plan --target http://127.0.0.1:8080 --state job \
        --tenant tenant.jsonl`
}

// Bounds returns the limits of the run.
func (c *simulateCommand) Bounds() bound.Limits { return c.Limits(c.Clock == "wall") }

// showOption prints one documented choice.
func showOption(a *console.Console, o play.Option) {
	if !a.OutTerminal {
		a.Print("%-26s %-8s %-6s %-15s %s", o.Name, o.Default, o.Rule, o.Evidence, o.Meaning)
		return
	}
	a.Item("", fmt.Sprintf("%s=%s (%s, %s)", o.Name, o.Default, o.Rule, o.Evidence))
	a.Item("    ", o.Meaning)
}

// listOptions prints the choices of the client.
func (c *simulateCommand) listOptions(a *console.Console) {
	if c.Client != play.Entra {
		clientOptions(a, c.Client)
		return
	}
	for _, o := range choices.All() {
		showOption(a, play.Option{Name: o.Name, Default: o.Default, Rule: o.Rule, Evidence: o.Evidence, Meaning: o.Meaning})
	}
}

// Run checks everything, then runs the job.
func (c *simulateCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListOptions {
		c.listOptions(a)
		return nil
	}
	debug.SetMemoryLimit(math.MaxInt64) // a tenant of a million users needs what it needs
	if c.Client != play.Entra && !c.ListScenarios {
		return c.client(ctx, a)
	}
	if c.ClientMode != "" {
		return exit.Usage("omit it, or use --client okta", "--client-mode means nothing for the client entra")
	}
	if c.Plan {
		return c.plan(ctx, a)
	}
	if c.Against != "" {
		return exit.Usage("`scimdrill schema diff` compares two schemas without a run", "--against needs --plan")
	}
	if c.ListScenarios {
		return listScenarios(a)
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	if c.Scenario != "" {
		return c.playScenario(ctx, a)
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	deliver, err := postbox.Open(c.SMTP, c.AllowHost)
	if err != nil {
		return err
	}
	expected, err := c.expected()
	if err != nil {
		return err
	}
	r, id, err := c.run(a, e)
	if err != nil {
		return err
	}
	r.Deps.Deliver = deliver
	leave, err := r.Enter()
	if err != nil {
		return err
	}
	defer leave()
	if r.File, err = runs.Start(a, c.Out, id, c.Target); err != nil {
		return err
	}
	r.Expected = expected
	return r.File.During(ctx, a, c.Out, func() error { return c.simulate(ctx, a, r) })
}

// run is everything about the run that does not touch a disk or a network; e is nil for a
// plan without a target.
func (c *simulateCommand) run(a *console.Console, e *endpoint.Endpoint) (*play.Run, runs.Identity, error) {
	rules, err := c.Made(a, c.Generate)
	if err != nil {
		return nil, runs.Identity{}, err
	}
	r := &play.Run{
		Console: a, Endpoint: e, Clock: clock.NewVirtual(engine.Start()),
		Source: play.Source{Tenant: c.Tenant, Merge: c.TenantMerge, Generate: c.Generate, Changes: c.Changes, People: rules},
	}
	if c.Clock == "wall" {
		r.Clock = clock.Wall{}
	}
	if err := r.Configure(c.settings()); err != nil {
		return nil, runs.Identity{}, err
	}
	id := runs.Identify(a, c.Seed)
	return r, id, r.Begin(id, c.Restart)
}

// settings are what the flags say of the job.
func (c *simulateCommand) settings() play.Settings {
	return play.Settings{
		Target: c.Target, Profile: c.Profile, Schema: c.Schema, Dialect: c.Dialect, Scope: c.Scope, Cycles: c.Cycles, For: c.For,
		Interval: c.Interval, Parallel: c.Parallel, Rate: c.Rate, AllowRate: c.AllowRate, AdoptExisting: c.AdoptExisting, Rebind: c.Rebind,
		State: c.State, Out: c.Out, Transcript: c.Transcript, Set: c.Set, Verify: c.Verify,
	}
}

// simulate runs the engine, writes report.json and turns the outcome into an error.
func (c *simulateCommand) simulate(ctx context.Context, a *console.Console, r *play.Run) error {
	began := a.Now()
	p, err := r.Play(ctx)
	if err != nil {
		return err
	}
	r.File.Connections = runs.NewConnections(p.Requests(), r.Endpoint.Dialled.Load())
	rep := r.File.Report(reports.TargetExternal)
	if warning := r.Config.App.Warning; warning != "" {
		a.Say("warning: %s", warning)
		rep.Target.Notes = append(rep.Target.Notes, warning)
	}
	rep.Target.Notes = append(rep.Target.Notes, p.Notes...)
	if r.Endpoint.Issuer != nil && p.Refused() {
		rep.Target.Notes = append(rep.Target.Notes, endpoint.RefusedToken())
		a.Say("hint: %s", endpoint.RefusedToken())
	}
	rep.Run.Interrupted = exit.Interrupted(ctx)
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: a.Now().UTC(), SimulationSeconds: a.Now().Sub(began).Seconds()}
	if rep.Timing.Requests = p.Timing(); rep.Timing.Requests != nil {
		a.Say("timing: %s", rep.Timing.Requests.Sentence())
	}
	if rep.Simulation, err = p.Section(ctx); err != nil {
		return err
	}
	met, err := p.Compare()
	if err != nil {
		return err
	}
	if met != nil {
		rep.Simulation.Expectations = append(rep.Simulation.Expectations, *met)
	}
	return runs.Finish(a, rep, c.Out, c.Format)
}
