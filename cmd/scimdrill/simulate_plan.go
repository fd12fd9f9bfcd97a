package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"

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
func (c *simulateCommand) plan(ctx context.Context, a *console) error {
	if c.ExpectPlan != "" {
		return usage("leave one of them out", "--plan makes a plan and --expect-plan holds a run against one; they exclude each other")
	}
	if c.Scenario != "" {
		return usage("leave one of them out", "--plan makes a plan of a job and --scenario plays one of its own; they exclude each other")
	}
	if a.line.given("format") {
		a.say("note: --format is left out of a plan; its files are %s and %s", forecast.File, forecast.LogFile)
	}
	var e *endpoint
	var err error
	if c.Target != "" {
		if e, err = c.open(a); err != nil { // reads only, so no --allow-host
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
	bar := a.progress()
	deps := simulator.Deps{Now: a.now, Progress: (&simulation{console: a, cfg: cfg, bar: bar}).progress}
	if e != nil {
		deps.HTTP = e.client
	}
	if c.Clock == "wall" {
		deps.Clock = clock.NewVirtual(a.now()) // the next cycle, without waiting for it
	}
	f, err := forecast.Run(ctx, cfg, deps, against)
	bar.end()
	if err != nil {
		switch {
		case unwrittenBelow(err, c.Out):
			return unwritten(err)
		case f == nil:
			return configuration(a, err)
		}
		return broken("", "plan: %w", err)
	}
	if err := unwritten(c.showPlan(a, f)); err != nil {
		return err
	}
	if f.Failed {
		return broken("`scimdrill connect --target "+c.Target+"` finds out what is wrong", "the target did not answer as a cycle needs it, so there is nothing to plan")
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
		return nil, usage("", "--expect-plan: %w", err)
	}
	if p.Offline {
		return nil, usage("plan again with --target", "--expect-plan %s: it was made without a target and says only what would be looked up", c.ExpectPlan)
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
	if err := removeIfThere(path); err != nil {
		return nil, unwritten(err)
	}
	if p == nil {
		return nil, nil //nolint:nilnil // nothing was expected
	}
	list, err := forecast.Unplanned(context.WithoutCancel(ctx), s.cfg, res, p)
	if err != nil {
		return nil, broken("", "compare with the plan: %w", err)
	}
	e := &reports.Expectation{
		Title: fmt.Sprintf("Cycle %d did what the plan said", p.Cycle.Number), Expected: entriesText(len(p.Entries)) + " of the plan",
		Actual: "exactly that", Outcome: reports.Passed,
	}
	if len(list) == 0 {
		s.say("as planned: cycle %d did what the plan said, %s", p.Cycle.Number, entriesText(len(p.Entries)))
		return e, nil
	}
	e.Outcome, e.Actual = reports.Failed, counted(len(list), "difference")+", in "+planDifferences
	for _, d := range list[:min(len(list), maxDifferences)] {
		s.say("%s", layout.Printable(d.String()))
	}
	if more := len(list) - maxDifferences; more > 0 {
		s.say("… and %d more, in %s", more, path)
	}
	return e, writeJSON(path, list)
}

func entriesText(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return grouped(int64(n)) + " entries"
}
