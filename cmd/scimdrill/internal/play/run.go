package play

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/wholefile"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/endstate"
	"github.com/scimdrill/scimdrill/simulator/engine"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// Run is one run of the engine: who is provisioned, where, and on whose clock.
type Run struct {
	Console  *console.Console
	Source   Source
	Endpoint *endpoint.Endpoint // nil for a plan without a target
	Clock    clock.Clock
	File     *runs.File // run.json; nil shows nothing and keeps no figures
	// Shared leaves the line of progress open, for a caller that plays several runs at once.
	Shared bool

	// Expected is the plan that the first cycle is compared with; nil compares nothing.
	Expected *plan.Plan

	// Stored is what a target in this process has stored; the comparison of the end state reads
	// it instead of sending requests. It may be nil.
	Stored func(endpoint string) []map[string]any

	// Config is made by Configure, Begin, and Enter or Provision.
	Config engine.Config
	// Deps add to the run: a timeline, a slow target, listeners.
	Deps engine.Deps

	reading     bool // shows how far the source directory is read
	differences *differences
}

// Begin gives the run its seed, reads the changes of its source, and checks what is to be
// restarted; nil restarts nothing.
func (r *Run) Begin(id runs.Identity, restart *string) (err error) {
	r.Config.Seed, r.Config.RunID = id.Seed, id.RunID
	if r.Config.Restart, err = restarted(restart, r.Config.State); err != nil {
		return err
	}
	r.Config.Changes, err = r.Source.changes(r.Config.Seed, r.Config.RunID)
	return err
}

// Enter makes the folder of the state and opens the source; leave closes the source and
// removes a folder that was only for this run.
func (r *Run) Enter() (leave func(), err error) {
	remove := func() {}
	if r.Config.State == "" {
		dir, err := os.MkdirTemp("", "scimdrill-state-")
		if err != nil {
			return nil, exit.Broken("", "create a temporary folder: %w", err)
		}
		remove = func() { _ = os.RemoveAll(dir) } // what stays is in the system's temporary folder
		r.Config.State = dir
	} else if err := wholefile.PrivateDir(r.Config.State); err != nil {
		return nil, exit.Usage("", "--state: %w", err)
	}
	done, err := r.Open()
	if err != nil {
		remove()
		return nil, err
	}
	return func() {
		done()
		remove()
	}, nil
}

// Open opens the source, which done closes.
func (r *Run) Open() (done func(), err error) {
	r.Config.Tenant, done, err = r.Source.open(r.Console, r.Config)
	r.Config.TenantName, r.reading = cmp.Or(r.Source.Tenant, "the generated tenant"), true
	r.Config.WholeTenant = r.Source.Tenant != "" && !r.Source.Merge
	r.Config.Generated = r.Source.Generate != ""
	return done, err
}

// Provision takes the source from memory.
func (r *Run) Provision(tenant io.Reader, name string, changes []directory.Change) {
	r.Config.Tenant, r.Config.TenantName, r.Config.Changes = tenant, name, changes
}

// Played is a run that is over, or broke off.
type Played struct {
	*engine.Result

	Cause error // why it broke off, or nil
	s     *simulation
	watch *stopwatch
}

// Play runs the cycles. An error means that no cycle was run, or that an output could not
// be written.
func (r *Run) Play(ctx context.Context) (*Played, error) {
	if err := r.entras(); err != nil {
		return nil, err
	}
	if v := r.Config.Verify; v != nil && r.Stored != nil {
		v.Reader = endstate.Snapshot(r.Stored)
	}
	s := &simulation{Console: r.Console, cfg: r.Config, run: r.File, expected: r.Expected, differences: r.differences}
	if r.Expected != nil {
		s.watch = forecast.NewWatch(ctx)
	}
	deps := r.live()
	deps.Logged = func(l cycle.Logged) {
		if r.Deps.Logged != nil {
			r.Deps.Logged(l)
		}
		s.logged(l)
	}
	if r.File != nil {
		s.bar = r.Console.Progress()
		s.bar.Virtual = r.Clock.Now
		deps.Progress = s.progress
		deps.Ended = func(c cycle.Result) {
			if r.Deps.Ended != nil {
				r.Deps.Ended(c)
			}
			s.ended(c)
		}
		if v := s.cfg.Verify; v != nil {
			v.Progress = s.verifying
		}
		if r.reading {
			s.cfg.Tenant = s.reading(s.cfg.Tenant)
		}
	}
	var watch *stopwatch
	if deps.HTTP != nil && r.File != nil {
		deps.HTTP, watch = timed(deps.HTTP, r.Endpoint.URL, r.Console.Now)
	}
	res, err := engine.Run(ctx, s.cfg, deps)
	p := &Played{Result: res, Cause: err, s: s, watch: watch}
	unwritten := exit.UnwrittenBelow(err, r.Config.Out)
	if !r.Shared || res == nil || unwritten {
		p.End()
	}
	switch {
	case res == nil:
		return nil, Misconfigured(err)
	case unwritten:
		return nil, exit.Unwritten(err)
	}
	return p, nil
}

// live are the objects that the engine works with.
func (r *Run) live() engine.Deps {
	deps := r.Deps
	deps.Clock, deps.Now = r.Clock, r.Console.Now
	deps.Note = func(text string) { r.Console.Say("note: %s", text) }
	if r.Endpoint != nil {
		deps.HTTP = r.Endpoint.Client
	}
	return deps
}

// Plan works out what the next cycle would do, and since which schema if one is given.
func (r *Run) Plan(ctx context.Context, against *syncschema.Schema) (*forecast.Result, error) {
	if err := r.entras(); err != nil {
		return nil, err
	}
	bar := r.Console.Progress()
	deps := r.live()
	deps.Progress = (&simulation{Console: r.Console, cfg: r.Config, bar: bar}).progress
	f, err := forecast.Run(ctx, r.Config, deps, against)
	bar.End()
	switch {
	case err == nil:
		return f, nil
	case exit.UnwrittenBelow(err, r.Config.Out):
		return nil, exit.Unwritten(err)
	case f == nil:
		return nil, Misconfigured(err)
	}
	return nil, exit.Broken("", "plan: %w", err)
}

// Demand provisions one user or group now.
func (r *Run) Demand(ctx context.Context, d engine.Demand) (*engine.Demanded, error) {
	if err := r.entras(); err != nil {
		return nil, err
	}
	res, err := engine.OnDemand(ctx, r.Config, r.live(), d)
	if refusal, ok := errors.AsType[*job.Refusal](err); ok {
		return nil, exit.Usage("", "provision on demand: %w", refusal)
	}
	if res == nil {
		return nil, Misconfigured(err)
	}
	return res, err
}

// End closes the line of progress.
func (p *Played) End() {
	if p.s.bar != nil {
		p.s.bar.End()
	}
}

// Timing is how the target responded; nil if that was not measured.
func (p *Played) Timing() *reports.RequestTiming {
	if p.watch == nil {
		return nil
	}
	return p.watch.figures()
}

// Requests is how many requests the cycles needed.
func (p *Played) Requests() int64 {
	var n int64
	for _, c := range p.Cycles {
		n += c.Counts.Requests
	}
	return n
}

// Refused reports whether the target did not let us in.
func (p *Played) Refused() bool {
	return slices.ContainsFunc(p.Cycles, func(c cycle.Result) bool {
		return c.Cause != nil && (c.Cause.Error.Code == provlog.CodeUnauthorized || c.Cause.Error.Code == provlog.CodeInvalidCredentials)
	})
}

// Section is what the report says about the run, with its one job.
func (p *Played) Section(ctx context.Context) (*reports.Simulation, error) {
	return p.s.section(ctx, p.Result, p.Cause)
}

// Misconfigured is the error of a run that never began: mostly a wrong file or option.
func Misconfigured(err error) error {
	var path *os.PathError
	if errors.As(err, &path) || errors.Is(err, context.Canceled) {
		return err
	}
	return exit.Usage("", "%w", err)
}
