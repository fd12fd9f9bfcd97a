package main

import (
	"cmp"
	"context"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/bound"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/reports"
	"github.com/scimdrill/scimdrill/reports/exchange"
	"github.com/scimdrill/scimdrill/simulator/engine"
)

type jobCredentials struct {
	jobState
	endpoint.Flags
	bound.Whole
}

// Help is the example of --help.
func (jobCredentials) Help() string {
	return `Sends the query of Test Connection. If it succeeds, the job notes that the credentials were saved, with an
event in the audit log. The secret itself is not kept: each run reads it from its file or variable.
Saving neither restarts the job nor lifts a quarantine.

Example:

    scimdrill job credentials --state job --target "$TARGET" --token-file token`
}

// Run tests, then saves.
func (c *jobCredentials) Run(ctx context.Context, a *console.Console) error {
	e, err := c.Open(a)
	if err != nil {
		return err
	}
	return c.open(ctx, a, func(o *engine.Office) error {
		if here := e.Redact.Text(engine.Address(c.Target)); o.Setup.Target != here {
			return exit.Usage("pass the target of the job, or use another state; simulate --rebind gives a state to another target",
				"this job belongs to %s, not to %s", o.Setup.Target, here)
		}
		p := &endpoint.Probe{Endpoint: e, GUID: endpoint.RandomGUID(a.Random)}
		p.Sender = e.Authorized(a, exchange.NewSender(e.Client, e.Limits, a.Now), func(*exchange.Exchange) {})
		l, x := p.TestConnection(ctx)
		if x.Failure != "" && x.Status == 0 {
			return cmp.Or(context.Cause(ctx), endpoint.Unreachable(e, x))
		}
		l.Fix = endpoint.RefusalFix(e, x, l.Fix)
		if l.Outcome != reports.Failed {
			l.Fix = ""
		}
		showFinding(a, e, l)
		if l.Outcome == reports.Failed {
			a.Say("the credentials were not saved")
			return exit.Unmet()
		}
		if err := o.SaveCredentials(ctx, c.kind()); err != nil {
			return err
		}
		return shortly(ctx, a, o)
	})
}

// kind names the credentials without a secret.
func (c *jobCredentials) kind() string {
	switch {
	case c.OAuthTokenURL != "" || c.OAuthClientID != "" || c.OAuthFederation != "":
		return "OAuth client " + c.OAuthClientID
	case c.BasicUser != "":
		return "user name " + c.BasicUser + " and password"
	case c.Anonymous:
		return "none"
	case c.TokenFile != "":
		return "bearer token in the file " + c.TokenFile
	}
	return "bearer token of a variable, or of the issuer of scimdrill"
}
