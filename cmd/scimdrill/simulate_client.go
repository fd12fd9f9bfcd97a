package main

import (
	"context"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/simulator/clock"
)

// entrasFlags are the flags of simulate that mean nothing for another client, and why.
func entrasFlags() map[string]string {
	const noCycles = "it pushes on events and has no cycles"
	return map[string]string{
		"interval": noCycles, "cycles": noCycles, "restart": noCycles + " to restart", "expect-plan": noCycles,
		"dialect": "its requests have one form for each mode", "schema": "its mappings are not a synchronization schema of Graph",
		"against": "its mappings are not a synchronization schema of Graph", "profile": "profiles are applications of Entra's gallery",
		"smtp": "it makes tasks, not notifications", "scenario": "a scenario file names its own client",
	}
}

// client plays a client other than Entra.
func (c *simulateCommand) client(ctx context.Context, a *console.Console) error {
	provider, err := play.Provider(c.Client, c.ClientMode, nil, c.Set)
	if err != nil {
		return err
	}
	why := entrasFlags()
	var given []string
	for name := range why {
		if a.Line.Given(name) {
			given = append(given, name)
		}
	}
	if slices.Sort(given); len(given) > 0 {
		return exit.Usage("omit it, or use --client entra", "--%s means nothing for the client %s: %s", given[0], c.Client, why[given[0]])
	}
	if c.Parallel > 1 {
		a.Say("note: the client %s sends one request after another, so --parallel changes nothing", c.Client)
	}
	c.Set = nil // the options of the provider
	if c.Plan {
		return c.planClient(ctx, a, provider)
	}
	if err := checkFormats(c.Format); err != nil {
		return err
	}
	e, err := c.OpenForWriting(a)
	if err != nil {
		return err
	}
	r, id, err := c.run(a, e)
	if err != nil {
		return err
	}
	leave, err := r.Enter()
	if err != nil {
		return err
	}
	defer leave()
	if r.File, err = runs.Start(a, c.Out, id, c.Target); err != nil {
		return err
	}
	return r.File.During(ctx, a, c.Out, func() error { return c.playClient(ctx, a, r, provider) })
}

// playClient runs the client, writes the report and turns the outcome into an error.
func (c *simulateCommand) playClient(ctx context.Context, a *console.Console, r *play.Run, provider play.Client) error {
	began := a.Now()
	p, err := r.PlayClient(ctx, provider)
	if err != nil {
		return err
	}
	r.File.Connections = runs.NewConnections(p.Requests(), r.Endpoint.Dialled.Load())
	rep := r.File.Report(reports.TargetExternal)
	rep.Target.Notes = append(rep.Target.Notes, p.Notes...)
	rep.Run.Interrupted = exit.Interrupted(ctx)
	rep.Timing = reports.Timing{Started: began.UTC(), Ended: a.Now().UTC(), SimulationSeconds: a.Now().Sub(began).Seconds()}
	rep.Timing.Requests = p.Timing()
	if rep.Simulation, err = p.Section(ctx); err != nil {
		return err
	}
	return runs.Finish(a, rep, c.Out, c.Format)
}

// planClient shows what the client would send next. It writes the plan into --out and nothing else.
func (c *simulateCommand) planClient(ctx context.Context, a *console.Console, provider play.Client) error {
	var e *endpoint.Endpoint
	var err error
	if c.Target != "" {
		if e, err = c.Open(a); err != nil { // reads only, so no --allow-host
			return err
		}
	}
	r, _, err := c.run(a, e)
	if err != nil {
		return err
	}
	if c.Clock == "wall" {
		r.Clock = clock.NewVirtual(a.Now())
	}
	done, err := r.Open()
	if err != nil {
		return err
	}
	defer done()
	lock, err := runs.Lock(a, c.Out)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Release() }() // a lock file that stays is nobody's
	return r.PlanClient(ctx, provider)
}

// clientOptions prints the choices of a client.
func clientOptions(a *console.Console, client string) {
	for _, o := range play.ClientOptions(client) {
		showOption(a, o)
	}
}
