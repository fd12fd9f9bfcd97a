package main

import (
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/play"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// plan shows what the next cycle would do. It writes plan files into --out and nothing
// else: no run.json and no journal, which belong to runs that changed something.
func (c *simulateCommand) plan(ctx context.Context, a *console.Console) error {
	if c.ExpectPlan != "" {
		return exit.Usage("omit one of them", "--plan and --expect-plan exclude each other")
	}
	if c.Scenario != "" {
		return exit.Usage("omit one of them", "--plan and --scenario exclude each other")
	}
	if a.Line.Given("format") {
		a.Say("note: --plan ignores --format; it writes %s and %s", forecast.File, forecast.LogFile)
	}
	var e *endpoint.Endpoint
	var err error
	if c.Target != "" {
		if e, err = c.Open(a); err != nil { // reads only, so no --allow-host
			return err
		}
	}
	var against *syncschema.Schema
	if c.Against != "" {
		if against, err = apps.SchemaOf(a, c.Against); err != nil {
			return err
		}
	}
	r, _, err := c.run(a, e)
	if err != nil {
		return err
	}
	if c.Cycles == 0 && c.For == 0 {
		r.Config.Cycles = 1 // nobody asked for more
	}
	if c.Clock == "wall" {
		r.Clock = clock.NewVirtual(a.Now()) // the next cycle, without waiting for it
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
	f, err := r.Plan(ctx, against)
	if err != nil {
		return err
	}
	if err := exit.Unwritten(play.ShowPlan(a, f, c.Out)); err != nil {
		return err
	}
	if f.Failed {
		return exit.Broken("`scimdrill connect --target "+layout.Quote(e.Shown())+"` diagnoses the target", "no cycle can run against this target, so there is nothing to plan")
	}
	return nil
}

// expected reads the plan that the run is held against, and takes its seed.
func (c *simulateCommand) expected() (*plan.Plan, error) {
	if c.ExpectPlan == "" {
		return nil, nil //nolint:nilnil // no plan is no mistake
	}
	p, err := plan.ReadFile(c.ExpectPlan)
	if err != nil {
		return nil, exit.Usage("", "--expect-plan: %w", err)
	}
	if p.Offline {
		return nil, exit.Usage("plan again with --target", "--expect-plan %s: this plan was created without a target and contains only lookups", c.ExpectPlan)
	}
	if c.Seed == nil {
		c.Seed = &p.Seed
	}
	return p, nil
}
