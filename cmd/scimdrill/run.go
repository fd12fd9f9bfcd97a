package main

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
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/cycle"
	"github.com/scimdrill/scimdrill/simulator/directory"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/job"
	"github.com/scimdrill/scimdrill/simulator/provlog"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// playRun is one run of the engine: who is provisioned, where, and on whose clock.
type playRun struct {
	console  *console.Console
	source   source
	endpoint *endpoint.Endpoint // nil for a plan without a target
	clock    clock.Clock
	file     *runs.File // run.json; nil shows nothing and keeps no figures

	// cfg is what configure, begin and enter make of the settings.
	cfg simulator.Config
	// deps are what else takes part: a timeline, a slow target, somebody who listens.
	deps simulator.Deps
	// reading shows how far the source directory is read.
	reading bool
	// shared leaves the line of progress to whoever plays two runs at once.
	shared bool
}

// begin gives the run its seed, reads the changes of its source, and checks what is to be
// restarted; nil restarts nothing.
func (r *playRun) begin(id runs.Identity, restart *string) (err error) {
	r.cfg.Seed, r.cfg.RunID = id.Seed, id.RunID
	if r.cfg.Restart, err = restarted(restart, r.cfg.State); err != nil {
		return err
	}
	r.cfg.Changes, err = r.source.changes()
	return err
}

// enter makes the folder of the state and opens the source; leave closes the source and
// removes a folder that was only for this run.
func (r *playRun) enter() (leave func(), err error) {
	remove := func() {}
	if r.cfg.State == "" {
		dir, err := os.MkdirTemp("", "scimdrill-state-")
		if err != nil {
			return nil, exit.Broken("", "make a temporary folder: %w", err)
		}
		remove = func() { _ = os.RemoveAll(dir) } // what stays is in the system's temporary folder
		r.cfg.State = dir
	} else if err := os.MkdirAll(r.cfg.State, 0o755); err != nil {
		return nil, exit.Usage("", "--state: %w", err)
	}
	done, err := r.open()
	if err != nil {
		remove()
		return nil, err
	}
	return func() {
		done()
		remove()
	}, nil
}

// open opens the source, which done closes.
func (r *playRun) open() (done func(), err error) {
	r.cfg.Tenant, done, err = r.source.open(r.cfg)
	r.cfg.TenantName, r.reading = cmp.Or(r.source.Tenant, "the generated tenant"), true
	return done, err
}

// provision takes the source from memory.
func (r *playRun) provision(tenant io.Reader, name string, changes []directory.Change) {
	r.cfg.Tenant, r.cfg.TenantName, r.cfg.Changes = tenant, name, changes
}

// played is a run that is over, or broke off.
type played struct {
	*simulator.Result

	cause error // why it broke off, or nil
	s     *simulation
}

// play runs the cycles. An error means that no cycle was run, or that an output could not
// be written.
func (r *playRun) play(ctx context.Context) (*played, error) {
	s := &simulation{Console: r.console, cfg: r.cfg, run: r.file}
	deps := r.live()
	deps.Logged = s.logged
	if r.file != nil {
		s.bar = r.console.Progress()
		s.bar.Virtual = r.clock.Now
		deps.Progress = s.progress
		deps.Ended = func(c cycle.Result) {
			if r.deps.Ended != nil {
				r.deps.Ended(c)
			}
			s.ended(c)
		}
		if r.reading {
			s.cfg.Tenant = s.reading(s.cfg.Tenant)
		}
	}
	res, err := simulator.Run(ctx, s.cfg, deps)
	p := &played{Result: res, cause: err, s: s}
	unwritten := exit.UnwrittenBelow(err, r.cfg.Out)
	if !r.shared || res == nil || unwritten {
		p.end()
	}
	switch {
	case res == nil:
		return nil, misconfigured(err)
	case unwritten:
		return nil, exit.Unwritten(err)
	}
	return p, nil
}

// live are the objects that the engine works with.
func (r *playRun) live() simulator.Deps {
	deps := r.deps
	deps.Clock, deps.Now = r.clock, r.console.Now
	if r.endpoint != nil {
		deps.HTTP = r.endpoint.Client
	}
	return deps
}

// plan works out what the next cycle would do, and since which schema if one is given.
func (r *playRun) plan(ctx context.Context, against *syncschema.Schema) (*forecast.Result, error) {
	bar := r.console.Progress()
	deps := r.live()
	deps.Progress = (&simulation{Console: r.console, cfg: r.cfg, bar: bar}).progress
	f, err := forecast.Run(ctx, r.cfg, deps, against)
	bar.End()
	switch {
	case err == nil:
		return f, nil
	case exit.UnwrittenBelow(err, r.cfg.Out):
		return nil, exit.Unwritten(err)
	case f == nil:
		return nil, misconfigured(err)
	}
	return nil, exit.Broken("", "plan: %w", err)
}

// demand provisions one user or group now.
func (r *playRun) demand(ctx context.Context, d simulator.Demand) (*cycle.Demanded, error) {
	res, err := simulator.OnDemand(ctx, r.cfg, r.live(), d)
	if refusal, ok := errors.AsType[*job.Refusal](err); ok {
		return nil, exit.Usage("", "provision on demand: %w", refusal)
	}
	if res == nil {
		return nil, misconfigured(err)
	}
	return res, err
}

// end closes the line of progress.
func (p *played) end() {
	if p.s.bar != nil {
		p.s.bar.End()
	}
}

// requests is how many requests the cycles needed.
func (p *played) requests() int64 {
	var n int64
	for _, c := range p.Cycles {
		n += c.Counts.Requests
	}
	return n
}

// refused reports whether the target did not let us in.
func (p *played) refused() bool {
	return slices.ContainsFunc(p.Cycles, func(c cycle.Result) bool {
		return c.Cause != nil && (c.Cause.Error.Code == provlog.CodeUnauthorized || c.Cause.Error.Code == provlog.CodeInvalidCredentials)
	})
}

// section is what the report says about the run.
func (p *played) section(ctx context.Context) (*reports.Simulation, error) {
	return p.s.section(ctx, p.Result, p.cause)
}

// misconfigured is the error of a run that never began: mostly a wrong file or option.
func misconfigured(err error) error {
	var path *os.PathError
	if errors.As(err, &path) || errors.Is(err, context.Canceled) {
		return err
	}
	return exit.Usage("", "%w", err)
}
