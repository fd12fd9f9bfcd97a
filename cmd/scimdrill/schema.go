package main

import (
	"context"
	"fmt"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type schemaCommand struct {
	Validate schemaValidate `cmd:"" help:"Check a schema exported from Graph or the portal."`
	Show     schemaShow     `cmd:"" help:"Print the mappings of a schema, or its JSON."`
	Preview  schemaPreview  `cmd:"" help:"Show what the mapping makes of one user or group, and whether it is in scope."`
	Diff     schemaDiff     `cmd:"" help:"Compare two schemas: mappings, matching, actions, filters, and the consequences."`

	SetMatching schemaSetMatching `cmd:"" help:"Change the attribute that objects are matched by."`
}

type schemaValidate struct {
	endpoint.Flags
	bound.Whole

	File string `arg:"" help:"The exported JSON, or the name of a built-in profile."`
}

// Help is the example of --help.
func (schemaValidate) Help() string {
	return `The exit code is 1 if no cycle can run with the schema. Warnings give 0. With --target, the target is
asked whether it can filter by the matching attributes. Only GET requests are sent.

Example:

    scimdrill schema validate exported.json --target "$TARGET" \
        --token-file token`
}

// Run prints the issues.
func (c *schemaValidate) Run(ctx context.Context, a *console.Console) error {
	s, err := apps.SchemaOf(a, c.File)
	if err != nil {
		return err
	}
	errs, warnings := 0, 0
	for _, issue := range s.Validate() {
		a.Print("%s", issue)
		if issue.Severity == syncschema.SeverityError {
			errs++
		} else {
			warnings++
		}
	}
	if errs > 0 {
		return &exit.Error{
			Code: reports.ExitFailed, Err: fmt.Errorf("%s: %d errors, %d warnings; no cycle can run with this schema", c.File, errs, warnings),
			Hint: "correct the file, or correct the mapping in the portal and export it again",
		}
	}
	a.Say("%s: no errors, %d warnings", c.File, warnings)
	if c.Target == "" {
		return nil
	}
	e, err := c.Open(a)
	if err != nil {
		return err
	}
	return c.ask(ctx, a, s, &endpoint.Probe{
		Endpoint: e, GUID: endpoint.RandomGUID(a.Random), Sender: e.Authorized(a, exchange.NewSender(e.Client, e.Limits, a.Now), func(*exchange.Exchange) {}),
	})
}

// ask asks the target for each matching attribute.
func (c *schemaValidate) ask(ctx context.Context, a *console.Console, s *syncschema.Schema, p *endpoint.Probe) error {
	lines, err := matched(ctx, p, s)
	if err != nil {
		return err
	}
	failed := false
	for _, l := range lines {
		showFinding(a, p.Endpoint, l)
		failed = failed || l.Outcome == reports.Failed
	}
	if failed {
		return exit.Unmet()
	}
	return nil
}

// matched asks an endpoint to filter by each matching attribute of a schema.
func matched(ctx context.Context, p *endpoint.Probe, s *syncschema.Schema) ([]endpoint.Finding, error) {
	_, matching, err := apps.Mapped(s)
	if err != nil {
		return nil, err
	}
	lines := make([]endpoint.Finding, 0, len(matching))
	for _, attribute := range matching {
		l, err := p.Matching(ctx, attribute)
		if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

type schemaShow struct {
	File    string `arg:"" optional:"" help:"The exported JSON."`
	Profile string `help:"A built-in profile instead of a file; see scimdrill profiles." placeholder:"NAME"`
	JSON    bool   `name:"json" help:"Print the JSON."`
}

// Help is the example of --help.
func (schemaShow) Help() string { return "Example:\n\n    scimdrill schema show --profile goto" }

// Run prints the mappings of the rule that a job runs.
func (c *schemaShow) Run(a *console.Console) error {
	s, err := c.schema(a)
	if err != nil {
		return err
	}
	if c.JSON {
		return a.PrintIndented(s)
	}
	rule, ignored, err := s.Outbound()
	if err != nil {
		return exit.Usage("", "%w", err)
	}
	for _, sentence := range ignored {
		a.Say("note: %s", sentence)
	}
	a.Row("", fmt.Sprintf("rule %s: %s to %s", rule.Name, rule.SourceDirectoryName, rule.TargetDirectoryName))
	for i := range rule.ObjectMappings {
		apps.ShowMapping(a, &rule.ObjectMappings[i])
	}
	return nil
}

func (c *schemaShow) schema(a *console.Console) (*syncschema.Schema, error) {
	switch {
	case c.File != "" && c.Profile != "":
		return nil, exit.Usage("omit one of them", "a file and --profile exclude each other")
	case c.File != "":
		return apps.ReadSchema(a, c.File, "")
	case c.Profile != "":
		return apps.ProfileSchema(c.Profile)
	}
	return nil, exit.Usage("for example --profile goto", "pass the file of a schema, or --profile NAME")
}
