package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator"
	"github.com/scimdrill/scimdrill/simulator/clock"
	"github.com/scimdrill/scimdrill/simulator/forecast"
	"github.com/scimdrill/scimdrill/simulator/plan"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

// plan shows what the next cycle would do. It writes plan files into --out and nothing
// else: no run.json and no journal, which belong to runs that changed something.
func (c *simulateCommand) plan(ctx context.Context, a *console.Console) error {
	if c.ExpectPlan != "" {
		return exit.Usage("leave one of them out", "--plan makes a plan and --expect-plan holds a run against one; they exclude each other")
	}
	if c.Scenario != "" {
		return exit.Usage("leave one of them out", "--plan makes a plan of a job and --scenario plays one of its own; they exclude each other")
	}
	if a.Line.Given("format") {
		a.Say("note: --format is left out of a plan; its files are %s and %s", forecast.File, forecast.LogFile)
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
		if against, err = schemaOf(c.Against); err != nil {
			return err
		}
	}
	cfg, _, err := c.prepared(a, e)
	if err != nil {
		return err
	}
	if c.Cycles == 0 && c.For == 0 {
		cfg.Cycles = 1 // nobody asked for more
	}
	tenant, closeTenant, err := c.tenant(cfg)
	if err != nil {
		return err
	}
	defer closeTenant()
	cfg.Tenant, cfg.TenantName = tenant, cmp.Or(c.Tenant, "the generated tenant")
	bar := a.Progress()
	deps := simulator.Deps{Now: a.Now, Progress: (&simulation{Console: a, cfg: cfg, bar: bar}).progress}
	if e != nil {
		deps.HTTP = e.Client
	}
	if c.Clock == "wall" {
		deps.Clock = clock.NewVirtual(a.Now()) // the next cycle, without waiting for it
	}
	f, err := forecast.Run(ctx, cfg, deps, against)
	bar.End()
	if err != nil {
		switch {
		case exit.UnwrittenBelow(err, c.Out):
			return exit.Unwritten(err)
		case f == nil:
			return configuration(a, err)
		}
		return exit.Broken("", "plan: %w", err)
	}
	if err := exit.Unwritten(c.showPlan(a, f)); err != nil {
		return err
	}
	if f.Failed {
		return exit.Broken("`scimdrill connect --target "+c.Target+"` finds out what is wrong", "the target did not answer as a cycle needs it, so there is nothing to plan")
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
		return nil, exit.Usage("plan again with --target", "--expect-plan %s: it was made without a target and says only what would be looked up", c.ExpectPlan)
	}
	if c.Seed == nil {
		c.Seed = &p.Seed
	}
	return p, nil
}

// maxDifferences is how many differences are printed; the file has all of them.
const maxDifferences = 20

// compare holds the run against its plan: an expectation of the report.
func (s *simulation) compare(ctx context.Context, res *simulator.Result, p *plan.Plan) (*reports.Expectation, error) {
	path := filepath.Join(s.cfg.Out, planDifferences)
	if err := runs.RemoveIfThere(path); err != nil {
		return nil, exit.Unwritten(err)
	}
	if p == nil {
		return nil, nil //nolint:nilnil // nothing was expected
	}
	list, err := forecast.Unplanned(context.WithoutCancel(ctx), s.cfg, res, p)
	if err != nil {
		return nil, exit.Broken("", "compare with the plan: %w", err)
	}
	e := &reports.Expectation{
		Title: fmt.Sprintf("Cycle %d did what the plan said", p.Cycle.Number), Expected: entriesText(len(p.Entries)) + " of the plan",
		Actual: "exactly that", Outcome: reports.Passed,
	}
	if len(list) == 0 {
		s.Say("as planned: cycle %d did what the plan said, %s", p.Cycle.Number, entriesText(len(p.Entries)))
		return e, nil
	}
	e.Outcome, e.Actual = reports.Failed, console.Counted(len(list), "difference")+", in "+planDifferences
	for _, d := range list[:min(len(list), maxDifferences)] {
		s.Say("%s", layout.Printable(d.String()))
	}
	if more := len(list) - maxDifferences; more > 0 {
		s.Say("… and %d more, in %s", more, path)
	}
	return e, runs.WriteJSON(path, list)
}

func entriesText(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return console.Grouped(int64(n)) + " entries"
}
