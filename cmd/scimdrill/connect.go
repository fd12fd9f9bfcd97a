package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/reports/layout"
)

type connectCommand struct {
	targetFlags
	Out string `help:"Folder for exchanges.har and run.json; nothing is written without it." placeholder:"DIR"`
}

// Help is the example of --help.
func (connectCommand) Help() string {
	return `Looks at an endpoint as Entra does when an admin presses Test Connection, and at what it
says about itself. Only GET requests are sent.

Example:

    SCIMDRILL_TOKEN=… scimdrill connect --target https://scim.example.com/v2`
}

// Run asks, prints what it saw and what to type next.
func (c *connectCommand) Run(ctx context.Context, a *console) error {
	e, err := c.open(a)
	if err != nil {
		return err
	}
	p := &probe{endpoint: e, guid: randomGUID(a.random)}
	p.sender = e.authorized(a, exchange.NewSender(e.client, e.limits, a.now), func(x *exchange.Exchange) {
		if p.record != nil {
			p.record(x)
		}
	})
	if c.Out == "" {
		return c.ask(ctx, a, p)
	}
	r, err := startRun(a, c.Out, runIdentity{}, c.Target)
	if err != nil {
		return err
	}
	return r.during(ctx, a, c.Out, func() error {
		t, err := openTranscript(filepath.Join(c.Out, harName), a.tool.Version, e.redact)
		if err != nil {
			return err
		}
		p.record = t.addMasked
		return errors.Join(c.ask(ctx, a, p), t.close())
	})
}

// ask asks and prints the answers.
func (c *connectCommand) ask(ctx context.Context, a *console, p *probe) error {
	e := p.endpoint
	lines, err := p.look(ctx)
	for _, l := range lines {
		a.row(fmt.Sprintf("%s %-16s ", a.symbol(l.outcome), l.about), e.redact.Text(l.text))
		if l.fix != "" {
			a.row(fmt.Sprintf("  %-16s fix: ", ""), e.redact.Text(l.fix))
		}
	}
	if err != nil {
		return err
	}
	return c.next(a, e, lines)
}

// next says what to type next, and turns the worst line into an exit code.
func (c *connectCommand) next(a *console, e *endpoint, lines []line) error {
	failed, warned := 0, 0
	for _, l := range lines {
		switch l.outcome {
		case reports.Failed, reports.Errored:
			failed++
		case reports.Warned:
			warned++
		case reports.Passed, reports.Skipped:
		}
	}
	if failed > 0 {
		a.print("\nEntra would not get past this. Put it right, then run the same command again.")
		return unmet()
	}
	next := "scimdrill conform --target " + layout.Quote(c.Target)
	next += c.credentialFlags()
	if e.external() {
		next += " --allow-host " + e.url.Hostname()
	}
	verdict := "Test Connection would succeed."
	if warned > 0 {
		verdict = fmt.Sprintf("Test Connection would succeed; %d of the above will hurt later.", warned)
	}
	a.print("\n%s\nnext: %s", verdict, e.redact.Text(next))
	return nil
}
