package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

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

// line is one thing that connect found out.
type line struct {
	outcome reports.Outcome
	about   string
	text    string
	fix     string
}

// Run asks, prints what it saw and what to type next.
func (c *connectCommand) Run(ctx context.Context, a *app) error {
	e, err := c.open(a)
	if err != nil {
		return err
	}
	p := &probe{endpoint: e, guid: randomGUID(a.random)}
	p.sender = a.authorized(e, exchange.NewSender(e.client, e.limits, a.now), func(x *exchange.Exchange) {
		if p.record != nil {
			p.record(x)
		}
	})
	if c.Out == "" {
		return c.ask(ctx, a, p)
	}
	r, err := a.startRun(c.Out, runIdentity{}, c.Target)
	if err != nil {
		return err
	}
	return r.during(ctx, a, c.Out, func() error {
		t, err := openTranscript(filepath.Join(c.Out, harName), e.redact)
		if err != nil {
			return err
		}
		p.record = maskOthers(t.add)
		return errors.Join(c.ask(ctx, a, p), t.close())
	})
}

// ask asks and prints the answers.
func (c *connectCommand) ask(ctx context.Context, a *app, p *probe) error {
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

// symbol is how an outcome is drawn, in ASCII where nothing else can be.
func (a *app) symbol(o reports.Outcome) string {
	if !a.dumb() {
		return o.Symbol()
	}
	return strings.NewReplacer("✓", "+", "✗", "x", "▲", "!", "–", "-").Replace(o.Symbol())
}

// next says what to type next, and turns the worst line into an exit code.
func (c *connectCommand) next(a *app, e *endpoint, lines []line) error {
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

// randomGUID is a user name that nobody has, as Test Connection asks for (W-1).
func randomGUID(random func() uint64) string {
	a, b := random(), random()
	return fmt.Sprintf("%08x-%04x-4%03x-a%03x-%012x", a&0xffffffff, a>>32&0xffff, a>>48&0xfff, b>>48&0xfff, b&0xffffffffffff)
}
