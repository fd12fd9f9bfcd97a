package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/scenarios"
	"github.com/scimdrill/scimdrill/fixtures"
)

type scenarioCommand struct {
	Show scenarioShow `cmd:"" help:"Print a built-in scenario as a file, or list all of them."`
}

type scenarioShow struct {
	Name string `arg:"" optional:"" help:"Name of the scenario. Without it, list all."`
}

// Help is the example of --help.
func (scenarioShow) Help() string {
	return `Example:

    scimdrill scenario show
    scimdrill scenario show rehire > rehire.yaml
    scimdrill simulate --scenario rehire.yaml`
}

// Run prints the file as it is.
func (c *scenarioShow) Run(a *console.Console) error {
	if c.Name == "" {
		return listScenarios(a)
	}
	data, _, err := fixtures.ReadScenario(c.Name)
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	a.PrintLines(string(data))
	return nil
}

// listScenarios prints the built-in scenarios.
func listScenarios(a *console.Console) error {
	names, err := fixtures.Scenarios()
	if err != nil {
		return exit.Broken("", "%w", err)
	}
	for _, name := range names {
		s, err := scenarios.Load(name)
		if err != nil {
			return err
		}
		a.Row(fmt.Sprintf("%-32s  ", name), s.Title)
	}
	return nil
}

// conflicting are the flags of simulate that a scenario brings itself.
func conflicting() []string {
	return []string{"profile", "schema", "tenant", "generate", "changes", "cycles", "for", "clock", "scope", "state", "restart", "plan", "expect-plan"}
}

// playScenario runs the engine through a scenario and reports its expectations.
func (c *simulateCommand) playScenario(ctx context.Context, a *console.Console) error {
	for _, p := range a.Line.Ctx.Path {
		if p.Flag != nil && slices.Contains(conflicting(), p.Flag.Name) {
			return exit.Usage("omit it, or write it into a copy of the scenario", "--%s is set by the scenario itself", p.Flag.Name)
		}
	}
	s, err := scenarios.Load(c.Scenario)
	if err != nil {
		return err
	}
	p := &scenarios.Performance{Console: a, Scenario: s, Settings: c.settings(), Formats: c.Format, Timeout: c.Timeout, Hidden: c.Redact}
	if c.Target != "" {
		if p.Endpoint, err = c.OpenForWriting(a); err != nil {
			return err
		}
		var left []string
		p.Scenario, left = s.Foreign()
		for _, what := range left {
			a.Say("left out, because the target is not embedded: %s", what)
		}
		if len(left) > 0 {
			a.Say("the end state judges, and not the expectations of the scenario")
		}
	}
	return p.Perform(ctx, c.Seed)
}
