package main

import (
	"context"
	"net/http"

	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/console"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/endpoint"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/exit"
	"github.com/scimdrill/scimdrill/cmd/scimdrill/internal/runs"
	"github.com/scimdrill/scimdrill/reports/exchange"
)

// otherTenant is the Authorization of another tenant of the service, or "".
func (c *conformCommand) otherTenant(a *console.Console, e *endpoint.Endpoint) (string, error) {
	token, err := a.Secret(c.SecondToken, "--second-token-file", "SCIMDRILL_SECOND_TOKEN")
	if err != nil || token == "" {
		return "", err
	}
	e.Secrets = append(e.Secrets, token)
	e.Redact.Add(token)
	if e.Authorization == "Bearer "+token {
		return "", exit.Usage("give the token of another tenant of the same service, or leave it out",
			"the token of another tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is that of the target itself, who sees what is its own")
	}
	return "Bearer " + token, nil
}

// otherKnown looks whether the other tenant is let in: one that is not sees nothing, which
// would prove nothing.
func (g *grading) otherKnown(ctx context.Context, sender *exchange.Sender, t *runs.Transcript) error {
	if g.other == "" {
		return nil
	}
	e := *g.endpoint
	e.Authorization = g.other
	p := &endpoint.Probe{Endpoint: &e, Sender: sender, GUID: endpoint.RandomGUID(g.Random), Record: t.AddMasked}
	_, x := p.TestConnection(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case x.Status == http.StatusUnauthorized, x.Status == http.StatusForbidden:
		return exit.Broken("give a valid token of another tenant of the same service, or leave it out",
			"the token of another tenant (--second-token-file or SCIMDRILL_SECOND_TOKEN) is refused: GET /Users: status %d", x.Status)
	}
	return nil
}
