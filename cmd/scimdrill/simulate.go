package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/fixtures/generate"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/job"
	choices "github.com/scimdrill/scimdrill/simulator/options"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
)

type simulateCommand struct {
	endpoint.Flags
	AdoptExisting bool `help:"Also write to objects that were in the target before, as Entra does, on a host that is not loopback." group:"Target"`

	Profile  string        `help:"Built-in application; see scimdrill profiles." default:"customappsso" placeholder:"NAME"`
	Schema   string        `help:"Synchronization schema exported from Graph, instead of a profile's." placeholder:"FILE"`
	Scenario string        `help:"Play a scenario: a name of --list-scenarios, or a YAML file; without --target on a target of its own." placeholder:"NAME|FILE"`
	Tenant   string        `help:"Source directory as JSON lines." placeholder:"FILE"`
	Generate string        `help:"Source directory to generate, such as users=1000,groups=50." placeholder:"COUNTS"`
	Changes  string        `help:"Change stream of the source." placeholder:"FILE"`
	Cycles   int           `help:"End after so many cycles (default: 3, unless --for is given)." placeholder:"N"`
	For      time.Duration `type:"above-zero" help:"End before the cycle that would start later than this after the first: 7d, 1d12h, 36h, PT1H30M, P1W." placeholder:"TIME"`
	Clock    string        `help:"virtual: a month takes seconds; wall: cycles start when they would." enum:"virtual,wall" default:"virtual"`
	Interval time.Duration `type:"above-zero" help:"Time between the starts of two cycles (default: that of the application)." placeholder:"TIME"`
	Dialect  string        `help:"How changes become requests: legacy, optscim or customappsso (default: what a flag in the tenant URL asks for, else that of the application)." placeholder:"NAME"`
	Scope    string        `help:"assigned or all." enum:"assigned,all" default:"assigned"`
	Parallel int           `help:"Requests in flight at once." default:"1" placeholder:"N"`
	Rate     float64       `help:"Requests a second; 0 is no limit on loopback and 25 elsewhere." placeholder:"N"`
	State    string        `help:"Folder that keeps the job between runs." placeholder:"DIR"`
	Restart  *string       `help:"Restart the job of --state before its next cycle, as Graph does: Watermark, Escrows, QuarantineState, ConnectorDataStore, ForceDeletes (allow deletes), Full, joined by commas; an empty SCOPE is the portal's restart, None only starts a paused job." placeholder:"SCOPE"`
	Seed     *uint64       `help:"Makes the run repeatable." placeholder:"N"`

	Plan       bool   `help:"Write nothing: show who would be created, updated, disabled, deleted or skipped in the next cycle, and why. Without --target no request is made." group:"Plan"`
	Against    string `help:"With --plan: also show what changed since this schema." placeholder:"FILE|PROFILE" group:"Plan"`
	ExpectPlan string `help:"Run, and end with 1 if the first cycle is not what this plan.json said. Takes its seed." placeholder:"FILE" group:"Plan"`

	Transcript    string   `help:"Exchanges kept in exchanges.har: off, failures or all." enum:"off,failures,all" default:"failures"`
	Set           []string `help:"Documented choice; see --list-options. Repeatable." placeholder:"OPTION=VALUE" sep:"none"`
	ListScenarios bool     `help:"List the built-in scenarios."`
	ListOptions   bool     `help:"List the documented choices with default, rule and evidence."`
	Format        []string `help:"Reports to write: text, json, junit, html, markdown." default:"json,html" placeholder:"FORMAT"`
	Out           string   `help:"Folder for log, job, audit log and reports." default:"scimdrill-out" placeholder:"DIR"`
}

// Help is the example of --help.
func (simulateCommand) Help() string {
	return `Plays the cycles of a job on a virtual clock, writes what Graph would show of
it (provisioning log, job, audit log) and a report.

Example:

    SCIMDRILL_TOKEN=secret scimdrill simulate --target http://127.0.0.1:8080 \
        --profile goto --generate users=500,groups=25 --cycles 4

What the next cycle would do, without a write (without --target: without a request):

    scimdrill simulate --plan --target http://127.0.0.1:8080 --state job \
        --tenant tenant.jsonl`
}

// showOption prints one documented choice.
func showOption(a *console.Console, o choices.Choice) {
	if !a.OutTerminal {
		a.Print("%-26s %-8s %-6s %-15s %s", o.Name, o.Default, o.Rule, o.Evidence, o.Meaning)
		return
	}
	a.Item("", fmt.Sprintf("%s=%s (%s, %s)", o.Name, o.Default, o.Rule, o.Evidence))
	a.Item("    ", o.Meaning)
}

// Run checks everything, then runs the job.
func (c *simulateCommand) Run(ctx context.Context, a *console.Console) error {
	if c.ListOptions {
		for _, o := range choices.All() {
			showOption(a, o)
		}
		return nil
	}
	if c.Plan {
		return c.plan(ctx, a)
	}
	if c.Against != "" {
		return exit.Usage("`scimdrill schema diff` compares two schemas without a run", "--against belongs to --plan")
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
	expected, err := c.expected()
	if err != nil {
		return err
	}
	cfg, id, err := c.prepared(a, e)
	if err != nil {
		return err
	}
	leave, err := c.enter(&cfg)
	if err != nil {
		return err
	}
	defer leave()
	r, err := runs.Start(a, c.Out, id, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error { return c.simulate(ctx, a, r, e, cfg, expected) })
}

// enter makes the folder of the state and opens the tenant; leave closes the tenant and
// removes a folder that was only for this run.
func (c *simulateCommand) enter(cfg *simulator.Config) (leave func(), err error) {
	remove := func() {}
	if cfg.State == "" {
		dir, err := os.MkdirTemp("", "scimdrill-state-")
		if err != nil {
			return nil, exit.Broken("", "make a temporary folder: %w", err)
		}
		remove = func() { _ = os.RemoveAll(dir) } // what stays is in the system's temporary folder
		cfg.State = dir
	} else if err := os.MkdirAll(cfg.State, 0o755); err != nil {
		return nil, exit.Usage("", "--state: %w", err)
	}
	tenant, closeTenant, err := c.tenant(*cfg)
	if err != nil {
		remove()
		return nil, err
	}
	cfg.Tenant, cfg.TenantName = tenant, cmp.Or(c.Tenant, "the generated tenant")
	return func() {
		closeTenant()
		remove()
	}, nil
}

// prepared is everything about the run that does not touch a disk or a network; e is nil
// for a plan without a target.
func (c *simulateCommand) prepared(a *console.Console, e *endpoint.Endpoint) (simulator.Config, runs.Identity, error) {
	cfg, err := c.config(e)
	if err != nil {
		return cfg, runs.Identity{}, err
	}
	id := runs.Identify(a, c.Seed)
	cfg.Seed, cfg.RunID = id.Seed, id.RunID
	if cfg.Restart, err = c.restart(); err != nil {
		return cfg, id, err
	}
	cfg.Changes, err = c.changes()
	return cfg, id, err
}

// simulate runs the engine, writes report.json and turns the outcome into an error.
func (c *simulateCommand) simulate(ctx context.Context, a *console.Console, r *runs.File, e *endpoint.Endpoint, cfg simulator.Config, expected *plan.Plan) error {
	s := &simulation{Console: a, cfg: cfg, run: r, bar: a.Progress()}
	deps := simulator.Deps{HTTP: e.Client, Clock: clock.NewVirtual(simulator.Start()), Now: a.Now, Progress: s.progress, Ended: s.ended, Logged: s.logged}
	if c.Clock == "wall" {
		deps.Clock = clock.Wall{}
	}
	s.bar.Virtual = deps.Clock.Now
	cfg.Tenant = s.reading(cfg.Tenant)
	began := a.Now()
	res, err := simulator.Run(ctx, cfg, deps)
	s.bar.End()
	if res == nil {
		return configuration(a, err)
	}
	if exit.UnwrittenBelow(err, c.Out) {
		return exit.Unwritten(err)
	}
	var requests int64
	for _, c := range res.Cycles {
		requests += c.Counts.Requests
	}
	r.Connections = runs.NewConnections(requests, e.Dialled.Load())
	rep := r.Report(reports.TargetExternal)
	rep.Target.Notes = append(rep.Target.Notes, res.Notes...)
	if e.Issuer != nil && slices.ContainsFunc(res.Cycles, refused) {
		rep.Target.Notes = append(rep.Target.Notes, endpoint.RefusedToken())
		a.Say("hint: %s", endpoint.RefusedToken())
	}
	rep.Run.Interrupted = ctx.Err() != nil
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: a.Now().UTC(), SimulationSeconds: a.Now().Sub(began).Seconds()}
	if rep.Simulation, err = s.section(ctx, res, err); err != nil {
		return err
	}
	met, err := s.compare(ctx, res, expected)
	if err != nil {
		return err
	}
	if met != nil {
		rep.Simulation.Expectations = append(rep.Simulation.Expectations, *met)
	}
	return runs.Finish(a, rep, c.Out, c.Format)
}

// configuration is the error of a run that never began: mostly a wrong file or option.
func configuration(a *console.Console, err error) error {
	var path *os.PathError
	if errors.As(err, &path) || errors.Is(err, context.Canceled) {
		return err
	}
	return exit.Usage("", "%w", err)
}

func (c *simulateCommand) config(e *endpoint.Endpoint) (simulator.Config, error) {
	cfg := simulator.Config{
		Cycles: c.Cycles, For: c.For, Interval: c.Interval,
		Dialect: c.Dialect, ScopeAll: c.Scope == "all", Parallel: c.Parallel, State: c.State, Out: c.Out,
		Transcript: c.Transcript, AdoptExisting: c.AdoptExisting, Set: map[string]string{}, Version: version,
	}
	var err error
	if e != nil {
		cfg.Endpoint, cfg.External, cfg.Limits, cfg.Secrets = e.Scim(c.Target), e.External(), e.Limits, e.Secrets
		cfg.OAuth, cfg.Issuer, cfg.Redact = e.OAuth, e.Issuer, e.Hidden
		if cfg.Rate, err = endpoint.MayHurry(e.URL, c.Rate, c.AllowRate); err != nil {
			return cfg, err
		}
	}
	switch {
	case c.Cycles < 0 || c.Parallel < 1:
		return cfg, exit.Usage("", "--cycles and --parallel are counts from 1 on")
	case c.Cycles == 0 && c.For == 0:
		cfg.Cycles = 3
	}
	var options map[string]string
	if cfg.App, options, err = loadApp(c.Profile); err != nil {
		return cfg, err
	}
	maps.Copy(cfg.Set, options)
	if err := c.options(cfg.Set); err != nil {
		return cfg, err
	}
	if c.Schema != "" {
		cfg.App.Schema, err = readSchema(c.Schema)
	}
	return cfg, err
}

// restart reads --restart; nil is none.
func (c *simulateCommand) restart() (*job.Scope, error) {
	if c.Restart == nil {
		return nil, nil
	}
	if c.State == "" || !runs.FileExists(filepath.Join(c.State, "job.db")) {
		return nil, exit.Usage("give the --state DIR of an earlier run", "--restart: there is no job yet that could be restarted")
	}
	s, err := job.ParseScope(*c.Restart)
	if err != nil {
		return nil, exit.Usage("", "--restart: %w", err)
	}
	return &s, nil
}

// options adds what --set says.
func (c *simulateCommand) options(set map[string]string) error {
	for _, text := range c.Set {
		name, value, ok := strings.Cut(text, "=")
		if !ok {
			return exit.Usage("`scimdrill simulate --list-options` shows them", "--set %q is not OPTION=VALUE", text)
		}
		set[name] = value
	}
	return nil
}

// tenant opens the file of the source directory, or generates one.
func (c *simulateCommand) tenant(cfg simulator.Config) (r io.Reader, done func(), err error) {
	done = func() {}
	switch {
	case c.Tenant != "" && c.Generate != "":
		return nil, done, exit.Usage("leave one of them out", "--tenant and --generate exclude each other")
	case c.Tenant != "":
		if info, err := os.Stat(c.Tenant); err == nil && info.IsDir() {
			return nil, done, exit.Usage("give a file of JSON lines", "read tenant: %s is a directory", c.Tenant)
		}
		f, err := os.Open(c.Tenant)
		if err != nil {
			return nil, done, exit.Usage("", "read tenant: %w", err)
		}
		return f, func() { _ = f.Close() }, nil
	case c.Generate != "":
		o, err := parseCounts(c.Generate)
		if err != nil {
			return nil, done, err
		}
		o.Seed, o.RunID = cfg.Seed, cfg.RunID
		r, w := io.Pipe()
		go func() { _ = w.CloseWithError(generate.Tenant(w, o)) }()
		return r, func() { _ = r.Close() }, nil
	case c.State != "" && runs.FileExists(filepath.Join(c.State, "tenant.db")):
		return nil, done, nil // goes on with what is there
	}
	return nil, done, exit.Usage("for example --generate users=100,groups=5", "no source directory: give --tenant FILE or --generate COUNTS")
}

// parseCounts reads users=1000,groups=50.
func parseCounts(text string) (generate.TenantOptions, error) {
	var o generate.TenantOptions
	for part := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(part, "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil || n < 0:
			return o, exit.Usage("for example --generate users=1000,groups=50", "--generate %q: %q is no count", text, part)
		case name == "users":
			o.Users = n
		case name == "groups":
			o.Groups = n
		default:
			return o, exit.Usage("for example --generate users=1000,groups=50", "--generate %q: there is no %q", text, name)
		}
	}
	if o.Users+o.Groups == 0 {
		return o, exit.Usage("for example --generate users=1000,groups=50", "--generate %q: nothing would be generated", text)
	}
	return o, nil
}

func (c *simulateCommand) changes() ([]directory.Change, error) {
	if c.Changes == "" {
		return nil, nil
	}
	f, err := os.Open(c.Changes)
	if err != nil {
		return nil, exit.Usage("", "read changes: %w", err)
	}
	defer f.Close()
	list, err := directory.ReadChanges(f, c.Changes)
	if err != nil {
		return nil, exit.Usage("", "read changes: %w", err)
	}
	return list, nil
}

// refused reports whether a cycle ended because the target did not let us in.
func refused(c cycle.Result) bool {
	return c.Cause != nil && (c.Cause.Error.Code == provlog.CodeUnauthorized || c.Cause.Error.Code == provlog.CodeInvalidCredentials)
}
