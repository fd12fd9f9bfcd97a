package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/apps"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
	"github.com/scimdrill/scimdrill/simulator/syncschema"
)

type connectCommand struct {
	endpoint.Flags
	bound.Whole
	Out       string `help:"Folder for exchanges.har and run.json. Without it, no file is written." placeholder:"DIR"`
	Profile   string `help:"Also query by the matching attributes of a built-in profile; see scimdrill profiles." placeholder:"NAME" group:"Target"`
	Schema    string `help:"Also query by the matching attributes of an exported schema." placeholder:"FILE" group:"Target"`
	UsersOnly bool   `help:"Let Test Connection query for a user only. A target without /Groups then gets a warning." group:"Target"`

	schema *syncschema.Schema // of Profile or Schema, or nil
}

// Help is the example of --help.
func (connectCommand) Help() string {
	return `Checks an endpoint the way Entra does when an admin presses Test Connection. It also reads the
discovery endpoints. Only GET requests are sent. Test Connection queries for a user and for a group
that do not exist, and fails when either query fails.

Example:

    SCIMDRILL_TOKEN=… scimdrill connect --target https://scim.example.com/v2`
}

// Run asks, prints what it saw and what to type next.
func (c *connectCommand) Run(ctx context.Context, a *console.Console) error {
	if err := c.mapped(a); err != nil {
		return err
	}
	e, err := c.Open(a)
	if err != nil {
		return err
	}
	p := &endpoint.Probe{Endpoint: e, GUID: endpoint.RandomGUID(a.Random), UsersOnly: c.UsersOnly}
	p.Sender = e.Authorized(a, exchange.NewSender(e.Client, e.Limits, a.Now), func(x *exchange.Exchange) {
		if p.Record != nil {
			p.Record(x)
		}
	})
	if c.Out == "" {
		return c.ask(ctx, a, p)
	}
	r, err := runs.Start(a, c.Out, runs.Identity{}, c.Target)
	if err != nil {
		return err
	}
	return r.During(ctx, a, c.Out, func() error {
		t, err := runs.OpenTranscript(filepath.Join(c.Out, runs.HARName), a.Tool.Version, e.Redact)
		if err != nil {
			return err
		}
		p.Record = t.AddMasked
		return errors.Join(c.ask(ctx, a, p), t.Close())
	})
}

// ask asks and prints the answers.
func (c *connectCommand) ask(ctx context.Context, a *console.Console, p *endpoint.Probe) error {
	e := p.Endpoint
	lines, err := p.Look(ctx)
	if c.schema != nil && err == nil && lines[0].Outcome == reports.Passed {
		var more []endpoint.Finding
		more, err = matched(ctx, p, c.schema)
		lines = append(lines, more...)
	}
	for _, l := range lines {
		showFinding(a, e, l)
	}
	if err := cmp.Or(err, context.Cause(ctx)); err != nil { // later lines would only say that the command ended
		return err
	}
	return c.next(a, e, lines)
}

// showFinding prints a finding and its fix.
func showFinding(a *console.Console, e *endpoint.Endpoint, l endpoint.Finding) {
	a.Row(fmt.Sprintf("%s %-16s ", a.Symbol(l.Outcome), l.About), e.Redact.Text(l.Text))
	if l.Fix != "" {
		a.Row(fmt.Sprintf("  %-16s fix: ", ""), e.Redact.Text(l.Fix))
	}
}

// mapped reads the schema whose matching attributes are asked for, if one is named.
func (c *connectCommand) mapped(a *console.Console) (err error) {
	switch {
	case c.Profile != "" && c.Schema != "":
		return exit.Usage("omit one of them", "--profile and --schema exclude each other")
	case c.Schema != "":
		c.schema, err = apps.ReadSchema(a, c.Schema, "")
	case c.Profile != "":
		c.schema, err = apps.SchemaOf(a, c.Profile)
	}
	return err
}

// next says what to type next, and turns the worst line into an exit code.
func (c *connectCommand) next(a *console.Console, e *endpoint.Endpoint, lines []endpoint.Finding) error {
	failed, warned := 0, 0
	for _, l := range lines {
		switch l.Outcome {
		case reports.Failed, reports.Errored:
			failed++
		case reports.Warned:
			warned++
		case reports.Passed, reports.Skipped, reports.Blocked:
		}
	}
	if failed > 0 {
		a.Print("\nTest Connection would fail. Fix the target, then run the same command again.")
		return exit.Unmet()
	}
	next := "scimdrill conform --target " + layout.Quote(e.Shown())
	next += c.CredentialFlags()
	if e.External() {
		next += " --allow-host " + e.URL.Hostname()
	}
	verdict := "Test Connection would succeed."
	if warned > 0 {
		verdict = fmt.Sprintf("Test Connection would succeed, but %d of the findings above will cause problems later.", warned)
	}
	a.Print("\n%s\nnext: %s", verdict, e.Redact.Text(next))
	return nil
}
